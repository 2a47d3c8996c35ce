using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>What a backup holds.</summary>
/// <param name="Volumes">Number of volumes.</param>
/// <param name="LastSeq">Newest row's number.</param>
/// <param name="Bytes">Size of all files, bytes.</param>
/// <param name="Damages">What was found wrong in the copy, as in the original; empty where all is whole.</param>
public sealed record JournalBackupReport(int Volumes, long LastSeq, long Bytes, IReadOnlyList<string> Damages);

/// <summary>
/// Copies a journal while a host writes it: each volume in one read transaction, so that what was durable when its copy began is there.
/// The copy has no mark of origin: who opens it begins a new epoch.
/// </summary>
public static class JournalBackup
{
    /// <summary>Copies a journal and checks every row of the copy.</summary>
    /// <param name="directory">The data folder; it needs no lock.</param>
    /// <param name="target">An empty folder.</param>
    /// <param name="cancellation">Ends it between volumes; what is there then is no backup.</param>
    /// <exception cref="JournalException">The folder holds no journal, or a file cannot be copied.</exception>
    public static JournalBackupReport Write(string directory, string target, CancellationToken cancellation)
    {
        using (JournalReader.Open(directory))
        {
            // There is one.
        }

        var cursors = CursorFile.In(directory);
        if (File.Exists(cursors))
            Copy(cursors, CursorFile.In(target)); // First: no cursor of the copy is beyond its rows.
        Copy(directory, target, cancellation);
        FolderSync.Flush(target);
        var copies = VolumeFile.List(target);
        var checks = copies.ConvertAll(copy => VolumeCheck.Of(copy, int.MaxValue));
        return new(
            copies.Count,
            checks.Count > 0 ? checks[^1].LastSeq : 0,
            Directory.GetFiles(target).Sum(path => new FileInfo(path).Length),
            [.. checks.Select(check => check.Damage).OfType<string>()]);
    }

    /// <summary>Volumes from the oldest on. One that was the newest is copied again when another has followed meanwhile.</summary>
    private static void Copy(string directory, string target, CancellationToken cancellation)
    {
        var closed = new HashSet<string>();
        for (var newest = ""; VolumeFile.List(directory) is [.., var last] volumes && last.Path != newest; newest = last.Path)
        {
            foreach (var volume in volumes.Where(volume => !closed.Contains(volume.Path)))
            {
                cancellation.ThrowIfCancellationRequested();
                var copy = volume with { Path = Path.Combine(target, Path.GetFileName(volume.Path)) };
                if (Copy(volume.Path, copy.Path))
                    closed.UnionWith(volume == last ? [] : [volume.Path]);
                else
                    VolumeFile.List(target).ForEach(older => older.Delete()); // It was retired, and with it all before.
            }
        }
    }

    /// <returns>False where the file has gone.</returns>
    private static bool Copy(string from, string to)
    {
        try
        {
            using var source = new VolumeFile(from, 0, 0).Open(SqliteOpenMode.ReadOnly);
            using var copy = new VolumeFile(to, 0, 0).Open(SqliteOpenMode.ReadWriteCreate);
            source.BackupDatabase(copy);
            return true;
        }
        catch (SqliteException) when (!File.Exists(from))
        {
            return false;
        }
        catch (SqliteException failure)
        {
            throw new JournalException(
                $"{from} could not be copied to {to}: {(failure.IsFull() ? "the disk is full" : failure.Message)}. The backup is not whole. "
                + $"{(failure.IsFull() ? "Give a folder on a larger disk" : "Stop the rig and copy the files as they are")}.", failure);
        }
    }
}
