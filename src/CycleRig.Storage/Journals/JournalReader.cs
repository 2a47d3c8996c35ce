using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>Reads a journal without its lock, also while another process writes it. Safe for several threads.</summary>
public sealed class JournalReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SqliteConnection> _open = [];
    private readonly string _directory;

    private JournalReader(string directory) => _directory = directory;

    /// <exception cref="JournalException">The folder holds no journal.</exception>
    public static JournalReader Open(string directory) => Directory.Exists(directory) && VolumeFile.List(directory).Count > 0
        ? new(directory)
        : throw new JournalException($"{directory} holds no journal; give the --data folder of a host");

    /// <summary>Up to <paramref name="max"/> rows after a sequence number, in order, in short read transactions.</summary>
    /// <exception cref="JournalException">The newest volume is damaged.</exception>
    public IReadOnlyList<JournalRow> ReadFrom(long seqExclusive, int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        return Collect(seqExclusive, max, NumberHoles.Filled);
    }

    /// <summary>Rows of one kind of a run after a sequence number, whose time is at least <paramref name="timeSecondsMin"/>.</summary>
    public IReadOnlyList<JournalRow> ReadRun(
        Guid run, RecordKind kind, long seqExclusive = 0, int max = 1000, double timeSecondsMin = double.NegativeInfinity) =>
        Collect(seqExclusive, max, (connection, after, before, _, left) =>
            VolumeReader.OfRun(connection, run, kind, timeSecondsMin, after, before, left));

    /// <summary>Newest checkpoint of a channel that is whole, or null.</summary>
    public JournalRow? LatestCheckpoint(string channel)
    {
        lock (_gate)
        {
            foreach (var (volume, before) in Volumes().AsEnumerable().Reverse())
            {
                if (TryWith(volume, before, connection => VolumeReader.LatestCheckpoint(connection, channel, before), out var checkpoint) && checkpoint is not null)
                    return checkpoint;
            }
        }

        return null;
    }

    /// <summary>Sequence number of the newest row, 0 in an empty journal.</summary>
    /// <exception cref="JournalException">The newest volume is damaged.</exception>
    public long NewestSeq()
    {
        lock (_gate)
        {
            foreach (var (volume, before) in Volumes().AsEnumerable().Reverse())
            {
                var newest = FromVolume(volume, volume.FirstSeq - 1, before, isFilled: false, 1, (connection, _, _, _, _) => [.. VolumeReader.Newest(connection, 1)]);
                if (newest is [{ } row])
                    return Math.Min(row.Seq, before - 1);
            }
        }

        return 0;
    }

    internal List<(VolumeFile Volume, long Before)> Volumes()
    {
        var files = VolumeFile.List(_directory);
        return [.. files.Select((file, index) => (file, index + 1 < files.Count ? files[index + 1].FirstSeq : long.MaxValue))];
    }

    internal TResult With<TResult>(VolumeFile volume, Func<SqliteConnection, TResult> read)
    {
        lock (_gate)
            return read(Connection(volume));
    }

    /// <summary>Reads a volume; false where it is a closed one that cannot be read. The newest one's damage is an exception.</summary>
    internal bool TryWith<TResult>(VolumeFile volume, long before, Func<SqliteConnection, TResult> read, out TResult? found)
    {
        try
        {
            found = With(volume, read);
            return true;
        }
        catch (SqliteException unreadable) when (unreadable.IsDamage() && before != long.MaxValue)
        {
            found = default;
            return false;
        }
    }

    internal void Forget(VolumeFile volume)
    {
        lock (_gate)
        {
            if (_open.Remove(volume.Path, out var connection))
                connection.Dispose();
        }
    }

    private List<JournalRow> Collect(long after, int max, Func<SqliteConnection, long, long, bool, int, List<JournalRow>> read)
    {
        var rows = new List<JournalRow>();
        lock (_gate)
        {
            var volumes = Volumes();
            for (var index = 0; index < volumes.Count && rows.Count < max; index++)
            {
                var (volume, before) = volumes[index];
                if (before <= after + 1)
                    continue;
                var isFilled = index + 1 < volumes.Count && volumes[index + 1].Volume.Epoch == volume.Epoch;
                rows.AddRange(FromVolume(volume, Math.Max(after, volume.FirstSeq - 1), before, isFilled, max - rows.Count, read));
            }
        }

        return rows;
    }

    /// <summary>A closed volume that cannot be read is one gap record, so that readers pass it; the newest one is an error.</summary>
    private List<JournalRow> FromVolume(
        VolumeFile volume, long after, long before, bool isFilled, int max, Func<SqliteConnection, long, long, bool, int, List<JournalRow>> read)
    {
        try
        {
            return read(Connection(volume), after, before, isFilled, max);
        }
        catch (SqliteException unreadable) when (unreadable.IsDamage() && before != long.MaxValue)
        {
            return [VolumeReader.Gap(before - 1, volume.Epoch, "volume_damaged", after + 1, before - 1, DateTimeOffset.UnixEpoch)];
        }
        catch (SqliteException unreadable)
        {
            throw new JournalException(
                $"{volume.Path} cannot be read: {unreadable.Message} Stop the rig and start it again: the volume is then checked and set aside.",
                unreadable);
        }
    }

    private SqliteConnection Connection(VolumeFile volume)
    {
        if (_open.TryGetValue(volume.Path, out var connection))
            return connection;
        foreach (var gone in _open.Keys.Where(path => !File.Exists(path)).ToList())
        {
            _open[gone].Dispose();
            _open.Remove(gone);
        }

        connection = volume.Open(SqliteOpenMode.ReadOnly);
        _open.Add(volume.Path, connection);
        return connection;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var connection in _open.Values)
                connection.Dispose();
            _open.Clear();
        }
    }
}
