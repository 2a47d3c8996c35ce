using System.Globalization;

namespace CycleRig.Storage.Journals;

/// <summary>One host per journal: an exclusive lock on a file of the data folder that holds the process id.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <exception cref="JournalLockedException">Another process holds it.</exception>
    public static JournalLock Take(string directory)
    {
        // FileShare.None is the one mode that is an exclusive lock on every system; the process id therefore stands beside it.
        var path = Path.Combine(directory, "lock");
        var holder = Path.Combine(directory, "lock.pid");
        var file = Open(path) ?? throw new JournalLockedException(directory, Holder(holder));

        try
        {
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The lock, or null while another holds it; one who only looks holds it for an instant, so this tries for half a second.</summary>
    private static FileStream? Open(string path)
    {
        using var pause = new ManualResetEventSlim();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                pause.Wait(TimeSpan.FromMilliseconds(50));
            }
        }

        return null;
    }

    public static bool IsHeld(string directory)
    {
        var path = Path.Combine(directory, "lock");
        if (!File.Exists(path))
            return false;
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static int? Holder(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
