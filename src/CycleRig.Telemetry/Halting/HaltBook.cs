namespace CycleRig.Telemetry.Halting;

/// <summary>
/// Ids of the halts that have acted, so that a retained or repeated message does not halt what a person has started since; the newest
/// thousand stand in a file. Safe for several threads.
/// </summary>
public sealed class HaltBook
{
    private const int IdsMax = 1000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly List<string> _ids;

    /// <summary>Reads the book of a data folder; one that cannot be read is empty: a halt acts rather twice than never.</summary>
    /// <param name="path">The file.</param>
    public HaltBook(string path)
    {
        _path = path;
        try
        {
            _ids = File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).TakeLast(IdsMax)] : [];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _ids = [];
        }
    }

    /// <summary>Whether an id has acted on a target.</summary>
    /// <param name="target">Channel, or rig.</param>
    /// <param name="id">Id of the order.</param>
    public bool HasActed(string target, string id)
    {
        lock (_gate)
            return _ids.Contains(Key(target, id));
    }

    /// <summary>Notes, durably, that an id has acted; called after the cells were told to go off, never before.</summary>
    /// <param name="target">Channel, or rig.</param>
    /// <param name="id">Id of the order.</param>
    /// <exception cref="IOException">It stands in memory only.</exception>
    public void Note(string target, string id)
    {
        lock (_gate)
        {
            _ids.Add(Key(target, id));
            if (_ids.Count > 2 * IdsMax)
                _ids.RemoveRange(0, IdsMax);
            File.WriteAllText(_path + ".new", string.Join('\n', _ids.TakeLast(IdsMax)) + "\n");
            File.Move(_path + ".new", _path, overwrite: true);
        }
    }

    private static string Key(string target, string id) => $"{target} {id}";
}
