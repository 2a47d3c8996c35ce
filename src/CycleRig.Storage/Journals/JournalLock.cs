using System.Globalization;

namespace CycleRig.Storage.Journals;

/// <summary>Exclusive use of a journal's directory, ended by the process's end at the latest.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _held;

    private JournalLock(FileStream held) => _held = held;

    public static JournalLock Take(string directory)
    {
        var holderPath = Path.Combine(directory, "journal.pid");
        FileStream held;
        try
        {
            held = new(Path.Combine(directory, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new JournalLockedException(
                directory,
                File.Exists(holderPath) && int.TryParse(File.ReadAllText(holderPath), CultureInfo.InvariantCulture, out var id) ? id : null);
        }

        File.WriteAllText(holderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(held);
    }

    public void Dispose() => _held.Dispose();
}
