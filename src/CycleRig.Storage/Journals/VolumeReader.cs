using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>Short reads of one volume. A row that fails its checksum comes back as a gap record with the cause `checksum`.</summary>
internal static class VolumeReader
{
    private const string Columns = "seq, epoch, channel, run, kind, version, utc_ns, time_s, payload, crc32c";

    /// <summary>Rows by sequence number, exclusive bounds.</summary>
    public static List<JournalRow> Range(SqliteConnection connection, long after, long before, int max)
    {
        using var command = connection.Prepare(
            $"SELECT {Columns} FROM records WHERE seq > $after AND seq < $before ORDER BY seq LIMIT $max",
            ("$after", after), ("$before", before), ("$max", max));
        return Read(command);
    }

    /// <summary>Rows of a run; fewer than asked for mean that the volume has no more.</summary>
    public static List<JournalRow> OfRun(SqliteConnection connection, Guid run, RecordKind kind, double timeMin, long after, long before, int max)
    {
        var rows = new List<JournalRow>();
        while (true)
        {
            using var command = connection.Prepare(
                $"""
                SELECT {Columns} FROM records
                WHERE run = $run AND kind = $kind AND seq > $after AND seq < $before AND time_s >= $time ORDER BY seq LIMIT $max
                """,
                ("$run", run.ToByteArray(bigEndian: true)), ("$kind", kind.Name()), ("$time", timeMin),
                ("$after", after), ("$before", before), ("$max", max - rows.Count));
            var (asked, read) = (max - rows.Count, Read(command));
            rows.AddRange(read.Where(row => row.Epoch == 0 || row.Record.Run == run)); // A broken index may name rows of others.
            if (read.Count < asked || rows.Count == max || read[^1].Seq <= after)
                return rows;
            after = read[^1].Seq;
        }
    }

    public static JournalRow? LatestCheckpoint(SqliteConnection connection, string channel, long before)
    {
        using var command = connection.Prepare(
            $"""
            SELECT {Columns} FROM records
            WHERE kind = 'checkpoint' AND channel = $channel AND seq < $before ORDER BY seq DESC
            """,
            ("$channel", channel), ("$before", before));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (Row(reader) is { Record.Kind: RecordKind.Checkpoint } checkpoint)
                return checkpoint; // One that fails its checksum is passed over for the one before it.
        }

        return null;
    }

    public static List<JournalRow> RunMarks(SqliteConnection connection, long before)
    {
        using var command = connection.Prepare(
            $"SELECT {Columns} FROM records WHERE kind IN ('run_started', 'run_ended') AND seq < $before ORDER BY seq",
            ("$before", before));
        return Read(command);
    }

    public static ImmutableArray<Guid> Runs(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT DISTINCT run FROM records WHERE run IS NOT NULL");
        using var reader = command.ExecuteReader();
        var runs = ImmutableArray.CreateBuilder<Guid>();
        while (reader.Read())
        {
            if (reader[0] is byte[] { Length: 16 } run) // A flipped bit can break its type or length.
                runs.Add(new Guid(run, bigEndian: true));
        }

        return runs.ToImmutable();
    }

    /// <summary>Newest rows, newest first.</summary>
    public static IEnumerable<JournalRow> Newest(SqliteConnection connection, int max)
    {
        using var command = connection.Prepare($"SELECT {Columns} FROM records ORDER BY seq DESC LIMIT $max", ("$max", max));
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return Row(reader);
    }

    /// <summary>Stands for rows that are lost.</summary>
    public static JournalRow Gap(long seq, int epoch, string cause, long from, long to, DateTimeOffset utc) => new(
        seq,
        epoch,
        JournalRecord.Json(RecordKind.Gap, "rig", null, 0, utc, new JsonObject { ["cause"] = cause, ["from"] = from, ["to"] = to }));

    private static List<JournalRow> Read(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<JournalRow>();
        while (reader.Read())
            rows.Add(Row(reader));
        return rows;
    }

    private static JournalRow Row(SqliteDataReader reader)
    {
        var seq = reader.GetInt64(0);
        try
        {
            if (RecordKinds.TryParse(reader.GetString(4), out var kind))
            {
                Guid? run = reader.IsDBNull(3) ? null : new Guid((byte[])reader[3], bigEndian: true);
                var record = new JournalRecord(
                    reader.GetString(2), run, kind, reader.GetInt32(5), reader.GetDouble(7),
                    JournalRow.FromNanoseconds(reader.GetInt64(6)), (byte[])reader[8]);
                var row = new JournalRow(seq, reader.GetInt32(1), record);
                if (row.Checksum() == (uint)reader.GetInt64(9))
                    return row;
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidCastException or ArgumentException or OverflowException or InvalidOperationException)
        {
            // A flipped bit can also break a value's type or length: the same loss.
        }

        return Gap(seq, 0, "checksum", seq, seq, DateTimeOffset.UnixEpoch);
    }
}
