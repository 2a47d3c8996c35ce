using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

public sealed class JournalTests
{
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");

    [Fact]
    public void What_a_flush_reported_is_read_back_in_order_from_another_connection()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        for (var n = 1; n <= 50; n++)
            Assert.Equal(n, journal.Append(Event(n)));
        Assert.Empty(journal.ReadFrom(0, 100));
        Assert.Equal(50, journal.Flush());
        using var reader = JournalReader.Open(folder.Path);
        Assert.Equal(Enumerable.Range(21, 10).Select(n => (long)n), reader.ReadFrom(20, 10).Select(row => row.Seq));
        Assert.Equal(33, reader.ReadFrom(32, 1)[0].Record.DecodeJson()["n"]!.GetValue<int>());
    }

    [Fact]
    public void A_second_opener_is_refused_and_told_who_holds_the_journal()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        var refused = Assert.Throws<JournalLockedException>(() => Journal.Open(folder.Path));
        Assert.Equal(Environment.ProcessId, refused.HolderProcessId);
    }

    [Fact]
    public void Reopening_a_whole_journal_goes_on_in_its_epoch_and_names_open_runs()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path))
        {
            journal.Append(JournalRecord.RunStarted("ch-1", Run, 0, Utc, "cell-1"));
            journal.Append(Checkpoint(7));
        }

        using var again = Journal.Open(folder.Path);
        Assert.Equal((1, false, null, 2), (again.OpenReport.Epoch, again.OpenReport.IsNewEpoch, again.OpenReport.Damage, again.OpenReport.LastSeq));
        Assert.Equal("cell-1", Assert.Single(again.OpenReport.OpenRuns).Cell);
        Assert.Equal(2, again.LatestCheckpoint("ch-1")!.Seq);
        Assert.Equal(3, again.Append(JournalRecord.RunEnded("ch-1", Run, 9, Utc, "completed")));
        again.Flush();
        Assert.Equal("completed", Assert.Single(again.Reader.Runs()).EndReason);
    }

    [Fact]
    public void A_flipped_bit_in_a_row_is_found_and_the_volume_set_aside()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path))
        {
            for (var n = 1; n <= 200; n++)
                journal.Append(Event(n));
        }

        var file = Assert.Single(Directory.GetFiles(folder.Path, "journal-*.sqlite"));
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf("\"n\":150"u8);
        bytes[at + 4] ^= 1;
        File.WriteAllBytes(file, bytes);
        using var again = Journal.Open(folder.Path);
        Assert.True(again.OpenReport.IsNewEpoch);
        Assert.Equal(2, again.OpenReport.Epoch);
        Assert.Contains("150", again.OpenReport.Damage, StringComparison.Ordinal);
        var gap = Assert.Single(again.ReadFrom(0, 10));
        Assert.Equal(RecordKind.Gap, gap.Record.Kind);
        Assert.True(gap.Seq > 200, "numbers are not used twice");
        Assert.True(File.Exists(file + ".damaged-2"));
    }

    [Fact]
    public void Every_page_of_a_volume_may_break_without_a_wrong_row_being_read()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path))
        {
            for (var n = 1; n <= 300; n++)
                journal.Append(Event(n));
        }

        var file = Assert.Single(Directory.GetFiles(folder.Path, "journal-*.sqlite"));
        var whole = File.ReadAllBytes(file);
        var noticed = 0;
        for (var page = 0; page < whole.Length / 4096; page++)
        {
            var broken = (byte[])whole.Clone();
            broken[page * 4096 + 2048] ^= 0x10;
            File.WriteAllBytes(file, broken);
            using var reader = JournalReader.Open(folder.Path);
            try
            {
                foreach (var row in reader.ReadFrom(0, 1000))
                {
                    if (row.Record.Kind is RecordKind.Gap)
                        noticed++;
                    else
                        Assert.Equal(row.Seq, row.Record.DecodeJson()["n"]!.GetValue<long>());
                }
            }
            catch (JournalException)
            {
                noticed++;
            }
        }

        Assert.True(noticed > 0);
    }

    [Fact]
    public void A_copy_taken_while_writing_opens_with_all_durable_rows_as_a_restored_copy()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        for (var n = 1; n <= 40; n++)
            journal.Append(Event(n));
        journal.Flush();
        foreach (var file in Directory.GetFiles(folder.Path).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            if (Path.GetFileName(file) is not ("lock" or "journal.origin"))
                File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        using var restored = Journal.Open(copy.Path);
        Assert.Contains("copied", restored.OpenReport.Damage, StringComparison.Ordinal);
        Assert.Equal(40, restored.ReadFrom(0, 100).Count(row => row.Record.Kind is RecordKind.Event));
    }

    [Fact]
    public void A_torn_tail_loses_rows_only_openly()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        for (var n = 1; n <= 40; n++)
        {
            journal.Append(Event(n));
            journal.Flush();
        }

        journal.SetCursor("mqtt", CursorKind.Publish, 40);
        foreach (var file in Directory.GetFiles(folder.Path).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            if (Path.GetFileName(file) is not "lock")
                File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        var log = Assert.Single(Directory.GetFiles(copy.Path, "journal-*-wal"));
        using (var torn = File.OpenWrite(log))
            torn.SetLength(torn.Length - 3000);
        using var again = Journal.Open(copy.Path);
        Assert.NotNull(again.OpenReport.Damage);
        var rows = again.ReadFrom(0, 100);
        Assert.Equal(Enumerable.Range(1, rows.Count - 1).Select(n => (long)n), rows.Take(rows.Count - 1).Select(row => row.Seq));
        Assert.InRange(rows.Count - 1, 35, 39);
        Assert.Equal(rows.Count, rows[^1].Record.DecodeJson()["from"]!.GetValue<long>());
    }

    [Fact]
    public void Cursors_last_and_the_durable_one_never_goes_down()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path))
        {
            for (var n = 1; n <= 9; n++)
                journal.Append(Event(n));
            foreach (var seq in (long[])[9, 4])
            {
                journal.SetCursor("mqtt", CursorKind.Publish, seq);
                journal.SetCursor("mqtt", CursorKind.Durable, seq);
            }
        }

        using var again = Journal.Open(folder.Path);
        Assert.Equal((4, 9, 0), (again.GetCursor("mqtt", CursorKind.Publish), again.GetCursor("mqtt", CursorKind.Durable), again.GetCursor("web", CursorKind.Publish)));
    }

    [Fact]
    public void Volumes_roll_over_and_leave_only_when_closed_passed_and_old()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path, new() { VolumeBytesMax = 1, Readers = ["mqtt"], KeepAtLeast = TimeSpan.FromDays(1) });
        journal.Append(JournalRecord.RunStarted("ch-1", Run, 0, Utc, "cell-1"));
        for (var n = 1; n <= 5; n++)
        {
            journal.Append(Event(n));
            journal.Flush();
        }

        Assert.Equal(5, Directory.GetFiles(folder.Path, "journal-*.sqlite").Length);
        Assert.Equal(6, journal.ReadFrom(0, 100).Count);
        var late = Utc + TimeSpan.FromDays(2);
        Assert.Equal(0, journal.Retire(late));
        journal.SetCursor("mqtt", CursorKind.Durable, 6);
        Assert.Equal(0, journal.Retire(late)); // The run is open.
        journal.Append(JournalRecord.RunEnded("ch-1", Run, 9, Utc, "completed"));
        journal.Flush();
        Assert.Equal(0, journal.Retire(Utc));
        Assert.Equal(5, journal.Retire(late));
        Assert.Equal(7, Assert.Single(journal.ReadFrom(0, 100)).Seq);
    }

    [Fact]
    public void A_full_disk_is_an_error_that_keeps_the_buffer()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path, new() { PagesMax = 20, ReserveBytes = 0 }))
        {
            journal.Append(Event(1));
            journal.Flush();
            journal.Append(Samples(4000));
            Assert.Contains("disk is full", Assert.Throws<JournalWriteException>(() => journal.Flush()).Message, StringComparison.Ordinal);
            Assert.Equal(1, journal.DurableSeq);
            Assert.Throws<JournalWriteException>(journal.Dispose);
        }

        using var again = Journal.Open(folder.Path);
        Assert.Equal((1, null), (again.OpenReport.LastSeq, again.OpenReport.Damage));
    }

    [Fact]
    public void A_full_buffer_sheds_the_oldest_telemetry_into_gaps_and_no_safety_record()
    {
        using var folder = new TemporaryFolder();
        using (var journal = Journal.Open(folder.Path, new() { BufferBytesMax = 10_000 }))
        {
            for (var n = 1; n <= 100; n++)
                journal.Append(n % 10 == 0 ? Event(n) : Samples(10));
            journal.Flush();
            var rows = journal.ReadFrom(0, 1000);
            Assert.Equal(10, rows.Count(row => row.Record.Kind is RecordKind.Event));
            var next = 1L;
            foreach (var row in rows)
            {
                Assert.Equal(next, row.Seq);
                next = row.Record.Kind is RecordKind.Gap ? row.Record.DecodeJson()["to"]!.GetValue<long>() + 1 : row.Seq + 1;
            }

            Assert.Equal(101, next);
            Assert.Contains(rows, row => row.Record.Kind is RecordKind.Gap);
        }

        using var again = Journal.Open(folder.Path);
        Assert.Null(again.OpenReport.Damage);
        Assert.Equal(100, again.OpenReport.LastSeq);
    }

    private static JournalRecord Event(int n) =>
        JournalRecord.Json(RecordKind.Event, "ch-1", Run, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n });

    private static JournalRecord Checkpoint(int n) =>
        JournalRecord.Json(RecordKind.Checkpoint, "ch-1", Run, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n });

    private static JournalRecord Samples(int count) =>
        JournalRecord.Samples("ch-1", Run, Utc, [.. Enumerable.Range(0, count).Select(n => new Sample(n, 0, 0, 30, 5, 0))]);
}
