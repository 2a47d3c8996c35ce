using Microsoft.Data.Sqlite;

namespace CycleRig.Storage.Journals;

/// <summary>
/// The numbers of a volume run on: what is not there, or not whole, is a gap record. A row that fails its checksum says nothing, not even its
/// number, and a broken page may leave rows out without an error.
/// </summary>
internal static class NumberHoles
{
    /// <summary>Rows after a number, with gap records for those that are missing: each stands at the last number that it covers, so that a reader goes on behind it.</summary>
    /// <param name="connection">The volume.</param>
    /// <param name="after">Number before the first one asked for.</param>
    /// <param name="before">First number of the next volume.</param>
    /// <param name="isFilled">Whether numbers run on up to the next volume: it is there and of the same epoch.</param>
    /// <param name="max">Most rows read.</param>
    public static List<JournalRow> Filled(SqliteConnection connection, long after, long before, bool isFilled, int max)
    {
        var read = VolumeReader.Range(connection, after, before, max);
        var rows = new List<JournalRow>(read.Count);
        var next = read is [{ Epoch: not 0 } first, ..] && first.Seq == after + 1 ? after + 1 : Math.Max(after, CoveredUpTo(connection, after)) + 1;
        var unreadable = 0; // Since the last whole row.
        foreach (var row in read)
        {
            if (row.Epoch == 0)
            {
                unreadable++;
                continue;
            }

            if (row.Seq < next || row.Seq >= before)
                return Broken(rows, next, before); // The order itself is broken: nothing behind can be trusted to be found.
            if (row.Seq > next && !Covers(row, next))
                rows.Add(Gap(unreadable, next, row.Seq - 1));
            rows.Add(row);
            (next, unreadable) = (CoveredUpTo(row) + 1, 0);
        }

        if (read.Count < max && isFilled && next < before)
            rows.Add(Gap(unreadable, next, before - 1));
        else if (unreadable > 0 && next < before)
            rows.Add(Gap(unreadable, next, Math.Min(next + unreadable, before) - 1));
        // A page that counts a row too many gives one that is none. Fewer rows than asked for mean that the volume has no more.
        if (read.Count == max && rows.Count is > 0 and var found && found < max)
            rows.AddRange(Filled(connection, rows[^1].Seq, before, isFilled, max - found));
        return rows;
    }

    private static List<JournalRow> Broken(List<JournalRow> rows, long next, long before)
    {
        if (before == long.MaxValue && rows.Count == 0)
            throw new SqliteException("its numbers are out of order", SqliteCalls.Corrupt);
        return before == long.MaxValue ? rows : [.. rows, VolumeReader.Gap(before - 1, 0, "volume_damaged", next, before - 1, DateTimeOffset.UnixEpoch)];
    }

    private static JournalRow Gap(int unreadable, long from, long to) =>
        VolumeReader.Gap(to, 0, unreadable > 0 ? "checksum" : "missing", from, to, DateTimeOffset.UnixEpoch);

    /// <summary>Last number for which a row stands.</summary>
    public static long CoveredUpTo(JournalRow row) =>
        row.Record.Kind is RecordKind.Gap && row.Record.DecodeJson()["to"]?.GetValue<long>() is { } to ? Math.Max(row.Seq, to) : row.Seq;

    private static bool Covers(JournalRow row, long number) =>
        row.Record.Kind is RecordKind.Gap && row.Record.DecodeJson()["from"]?.GetValue<long>() <= number;

    /// <summary>The same for a row that the caller has already.</summary>
    private static long CoveredUpTo(SqliteConnection connection, long seq) =>
        VolumeReader.Range(connection, seq - 1, seq + 1, 1) is [{ Epoch: not 0 } known] ? CoveredUpTo(known) : seq;
}
