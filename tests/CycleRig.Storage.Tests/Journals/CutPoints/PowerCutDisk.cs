using CycleRig.Storage.Journals;

namespace CycleRig.Storage.Tests.Journals.CutPoints;

/// <summary>What is counted.</summary>
internal enum DiskCall
{
    Create,
    Write,
    Truncate,
    Sync,
    Delete,
}

/// <summary>What happens at the chosen call.</summary>
internal enum DiskFault
{
    None,

    /// <summary>The machine stops.</summary>
    PowerCut,

    /// <summary>That call fails, the next ones work.</summary>
    OneError,

    /// <summary>Forty calls that need room fail.</summary>
    Full,

    /// <summary>That call and all later ones fail.</summary>
    Dead,
}

/// <summary>
/// A folder on a disk that forgets: after <see cref="LosePower"/> it holds what was synced, and of the rest (writes, names) a part by seed.
/// Names count as durable from a sync of the folder on, the journal's or SQLite's own. Files that SQLite does not open stay as they are.
/// </summary>
internal sealed class PowerCutDisk : IDisposable
{
    private const int CallsFull = 40;

    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Dictionary<FileIdentity, FileImage> _images = [];
    private Dictionary<string, FileIdentity> _namesDurable = [];
    private Dictionary<string, FileIdentity>? _namesAtStop;

    public PowerCutDisk(int seed)
    {
        _random = new(seed);
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Folder = Directory.CreateDirectory(Path.Combine(parent, $"cyclerig-cuts-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;
        CutVfs.Add(this);
        FolderSync.Syncing += OnFolderSync;
    }

    public string Folder { get; }

    /// <summary>Writes, truncations, syncs, creations and deletions so far.</summary>
    public int Calls { get; private set; }

    public DiskFault Fault { get; set; }

    /// <summary>Number of the call at which it happens, from 1.</summary>
    public int FaultAt { get; set; }

    /// <summary>Whether syncs say that they worked and do nothing: a drive that lies, or synchronous=OFF.</summary>
    public bool SwallowsSyncs { get; set; }

    /// <summary>Whether the machine stands still.</summary>
    public bool Stopped => _namesAtStop is not null;

    /// <summary>The call at which the fault came.</summary>
    public string Struck { get; private set; } = "";

    /// <summary>Result for a call that changes nothing.</summary>
    public int Look() => Stopped ? CutVfs.InputOutput : CutVfs.Ok;

    public int Count(DiskCall call)
    {
        lock (_gate)
        {
            if (Stopped)
                return CutVfs.InputOutput;
            var number = ++Calls;
            if (Fault is DiskFault.None || number < FaultAt)
                return CutVfs.Ok;
            if (number == FaultAt)
                Struck = $"{call} {number}";
            switch (Fault)
            {
                case DiskFault.PowerCut:
                    Stop();
                    return CutVfs.InputOutput;
                case DiskFault.OneError:
                    return number == FaultAt ? CutVfs.InputOutput : CutVfs.Ok;
                case DiskFault.Full:
                    return number < FaultAt + CallsFull && call is DiskCall.Create or DiskCall.Write ? CutVfs.Full : CutVfs.Ok;
                default:
                    return CutVfs.InputOutput;
            }
        }
    }

    public int Write(FileImage image, long offset, ReadOnlySpan<byte> bytes)
    {
        var running = !Stopped;
        var result = Count(DiskCall.Write);
        lock (_gate)
        {
            if (result == CutVfs.Ok || (running && Stopped && _random.Next(2) == 0)) // The write that the cut interrupts may be there in part.
                image.Write(offset, bytes);
        }

        return result;
    }

    public int Truncate(FileImage image, long size)
    {
        var result = Count(DiskCall.Truncate);
        lock (_gate)
        {
            if (result == CutVfs.Ok)
                image.Truncate(size);
        }

        return result;
    }

    public int Sync(FileImage image, bool andFolder)
    {
        var result = Count(DiskCall.Sync);
        lock (_gate)
        {
            if (SwallowsSyncs || Stopped)
                return result;
            if (result != CutVfs.Ok)
                image.SyncFailed();
            else
                image.Synced();
            if (result == CutVfs.Ok && andFolder)
                _namesDurable = Names();
        }

        return result;
    }

    public void FolderSynced()
    {
        lock (_gate)
        {
            if (!SwallowsSyncs && !Stopped)
                _namesDurable = Names();
        }
    }

    public FileImage ImageOf(string path, bool made)
    {
        lock (_gate)
        {
            var identity = FileIdentity.Of(path);
            if (!_images.TryGetValue(identity, out var image))
                _images.Add(identity, image = new(made ? [] : File.ReadAllBytes(path)));
            return image;
        }
    }

    /// <summary>Stops the machine, if it still runs, and writes into the folder what is found afterwards. Whoever held the files must have closed them.</summary>
    public void LosePower()
    {
        Stop();
        var names = NamesAfter(_namesAtStop!);
        var contents = names.ToDictionary(name => name.Key, name => _images[name.Value].AfterPowerCut(_random));
        foreach (var file in Directory.GetFiles(Folder).Where(IsSqlite))
            File.Delete(file);
        _images.Clear();
        foreach (var (name, bytes) in contents)
            Rewrite(Path.Combine(Folder, name), bytes);
        _namesDurable = Names();
        (Fault, _namesAtStop) = (DiskFault.None, null);
    }

    /// <summary>Changes what stands on the platter while nobody has the file open.</summary>
    public void Rewrite(string path, byte[] bytes)
    {
        lock (_gate)
        {
            File.WriteAllBytes(path, bytes);
            _images[FileIdentity.Of(path)] = new(bytes);
        }
    }

    public void Dispose()
    {
        FolderSync.Syncing -= OnFolderSync;
        CutVfs.Remove(this);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A name that was made, moved or removed since the last sync of the folder is as it was, or as it is: all, none or each by itself.</summary>
    private Dictionary<string, FileIdentity> NamesAfter(Dictionary<string, FileIdentity> now)
    {
        var fate = _random.Next(4);
        var after = new Dictionary<string, FileIdentity>();
        var files = now.Values.Concat(_namesDurable.Values).Distinct().ToDictionary(file => file, _ => fate is 0 or 1 ? fate : _random.Next(2));
        foreach (var (name, file) in _namesDurable.Where(entry => files[entry.Value] == 0))
            after[name] = file;
        foreach (var (name, file) in now.Where(entry => files[entry.Value] == 1))
            after[name] = file;
        return after;
    }

    private void OnFolderSync(string folder)
    {
        if (folder != Folder)
            return;
        if (Count(DiskCall.Sync) != CutVfs.Ok)
            throw new IOException("The disk fails as it was told to.");
        FolderSynced();
    }

    /// <summary>The machine stands still from now on.</summary>
    public void Stop()
    {
        lock (_gate)
            _namesAtStop ??= Names();
    }

    private Dictionary<string, FileIdentity> Names() => Directory.GetFiles(Folder).Where(IsSqlite)
        .Select(path => (Name: Path.GetFileName(path), File: FileIdentity.Of(path)))
        .Where(entry => _images.ContainsKey(entry.File))
        .ToDictionary(entry => entry.Name, entry => entry.File);

    private static bool IsSqlite(string path) => Path.GetFileName(path).Contains(".sqlite", StringComparison.Ordinal);
}
