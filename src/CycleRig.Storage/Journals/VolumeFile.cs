using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>One file of the journal. It holds the rows from its first sequence number up to the next volume's.</summary>
internal sealed record VolumeFile(string Path, int Epoch, long FirstSeq)
{
    public const int Format = 1;
    private const string Prefix = "journal-";
    private const string Suffix = ".sqlite";
    private const string Unborn = ".new";
    private const string Aside = ".damaged-";

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
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Aside}{newEpoch}");
        foreach (var part in (string[])["-wal", "-shm", ""])
        {
            if (File.Exists(Path + part))
                File.Move(Path + part, Path + aside + part, overwrite: true);
        }

        SyncFolder();
    }

    /// <summary>Epoch that was to begin when a file was set aside last, or 0: where it has no volume yet, that start did not come to its end.</summary>
    public static int EpochAfterQuarantine(string directory) => Directory.EnumerateFiles(directory, $"*{Suffix}{Aside}*")
        .Select(path => path[(path.LastIndexOf(Aside, StringComparison.Ordinal) + Aside.Length)..].Split('-')[0])
        .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0)
        .DefaultIfEmpty().Max();

    /// <summary>Deletes the volume. Its log goes when the volume is gone for certain: a volume that comes back without its log would lack rows.</summary>
    public void Delete()
    {
        File.Delete(Path);
        SyncFolder();
        foreach (var part in (string[])["-wal", "-shm", "-journal"])
            File.Delete(Path + part);
    }

    /// <summary>What a start or a roll-over that was cut off left of a volume that it was making.</summary>
    public static void DeleteUnborn(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}{Unborn}*"))
            File.Delete(path);
    }

    /// <summary>Where the volume is made before it appears.</summary>
    public VolumeFile BeforeBirth => this with { Path = Path + Unborn };

    /// <summary>Makes the names of its folder durable.</summary>
    public void SyncFolder() => FolderSync.Flush(System.IO.Path.GetDirectoryName(Path)!);
}
