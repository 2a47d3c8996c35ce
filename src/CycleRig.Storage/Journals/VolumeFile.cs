using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>One file of the journal. It holds the rows from its first sequence number up to the next volume's.</summary>
internal sealed record VolumeFile(string Path, int Epoch, long FirstSeq)
{
    public const int Format = 1;
    private const string Prefix = "journal-";
    private const string Suffix = ".sqlite";

    public static VolumeFile In(string directory, int epoch, long firstSeq) => new(
        System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{epoch:D6}-{firstSeq:D19}{Suffix}")),
        epoch,
        firstSeq);

    /// <summary>Volumes of a journal, oldest first.</summary>
    public static List<VolumeFile> List(string directory)
    {
        var volumes = new List<VolumeFile>();
        foreach (var path in Directory.EnumerateFiles(directory, Prefix + "*" + Suffix))
        {
            var parts = System.IO.Path.GetFileName(path)[Prefix.Length..^Suffix.Length].Split('-');
            if (parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var firstSeq))
                volumes.Add(new(path, epoch, firstSeq));
        }

        volumes.Sort((left, right) => (left.FirstSeq, left.Epoch).CompareTo((right.FirstSeq, right.Epoch)));
        return volumes;
    }

    public SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA busy_timeout=5000");
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return connection;
    }

    /// <summary>Moves the file with its write-ahead log out of the readers' sight.</summary>
    public void Quarantine(int newEpoch)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $".damaged-{newEpoch}");
        foreach (var part in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(Path + part))
                File.Move(Path + part, Path + aside + part, overwrite: true);
        }
    }

    public void Delete()
    {
        foreach (var part in (string[])["", "-wal", "-shm"])
            File.Delete(Path + part);
    }
}
