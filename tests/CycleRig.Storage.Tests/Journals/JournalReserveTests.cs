using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

/// <summary>A full disk takes telemetry, never the record of a stop.</summary>
public sealed class JournalReserveTests : IDisposable
{
    private const long Reserve = 16 << 20; // The write-ahead log alone takes 4 MiB before it is folded.
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");
    private static readonly JournalOptions Options = new() { ReserveBytes = Reserve };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_reserve_is_really_allocated_and_as_large_by_default_as_is_said()
    {
        var path = Path.Combine(_folder.Path, "reserve");
        using (Journal.Open(_folder.Path))
            Assert.Equal(64L << 20, new FileInfo(path).Length);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "`stat` tells blocks on Linux");
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%b %B", path]) { RedirectStandardOutput = true })!;
        var blocks = stat.StandardOutput.ReadToEnd().Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(blocks[0] * blocks[1], 64L << 20, 65L << 20);
        using (Journal.Open(_folder.Path, Options))
            Assert.Equal(Reserve, new FileInfo(path).Length);
        using (Journal.Open(_folder.Path, new() { ReserveBytes = 0 }))
            Assert.False(File.Exists(path));
    }

    [Fact]
    public void On_a_full_disk_safety_records_are_written_and_telemetry_leaves_gaps_until_room_returns()
    {
        using var disk = Mounted();
        using (var journal = Journal.Open(disk.Path, Options))
        {
            journal.Append(Decision(1));
            journal.Flush();
            disk.Fill();
            for (var n = 2; n <= 300; n++)
                journal.Append(n % 50 == 0 ? Decision(n) : Samples());
            var full = Assert.Throws<JournalFullException>(() => journal.Flush());
            Assert.Contains("is full", full.Message, StringComparison.Ordinal);
            Assert.Equal((300, 300, true), (full.DurableSeq, journal.DurableSeq, journal.IsOnReserve));
            for (var n = 301; n <= 1000; n++)
            {
                journal.Append(n % 2 == 0 ? Decision(n) : Samples());
                Assert.Throws<JournalFullException>(() => journal.Flush());
            }

            Assert.Equal(1000, journal.DurableSeq);
            Assert.Throws<JournalFullException>(journal.Dispose);
        }

        using (var again = Journal.Open(disk.Path, Options))
        {
            Assert.Equal((null, 1000, true), (again.OpenReport.Damage, again.OpenReport.LastSeq, again.IsOnReserve));
            Assert.Throws<JournalFullException>(() => again.Flush());
            AssertKept(again);
            File.Delete(Path.Combine(disk.Path, "filled"));
            again.Append(Samples());
            Assert.Equal(1001, again.Flush());
            Assert.False(again.IsOnReserve);
            Assert.Equal(RecordKind.Sample, again.ReadFrom(1000, 10)[^1].Record.Kind);
        }

        Assert.Equal(Reserve, new FileInfo(Path.Combine(disk.Path, "reserve")).Length);
        using var whole = Journal.Open(disk.Path, Options);
        Assert.Null(whole.OpenReport.Damage);
    }

    [Fact]
    public void A_start_on_a_full_disk_gives_up_the_reserve_and_sets_no_volume_aside()
    {
        using var disk = Mounted();
        using (var journal = Journal.Open(disk.Path, Options))
        {
            journal.Append(Decision(1));
            journal.Flush();
        }

        disk.Fill();
        using (var full = Journal.Open(disk.Path, Options))
        {
            Assert.Equal((null, 1, 1), (full.OpenReport.Damage, full.OpenReport.LastSeq, full.Epoch));
            full.Append(Decision(2));
            Assert.Throws<JournalFullException>(() => full.Flush());
            Assert.Equal(2, full.DurableSeq);
            Assert.Throws<JournalFullException>(full.Dispose);
        }

        disk.Fill();
        try
        {
            Journal.Open(disk.Path, Options).Dispose();
        }
        catch (JournalException)
        {
            // No room for anything: it may open or not.
        }

        File.Delete(Path.Combine(disk.Path, "filled"));
        using var again = Journal.Open(disk.Path, Options);
        Assert.Equal((null, 2, 1), (again.OpenReport.Damage, again.OpenReport.LastSeq, again.Epoch));
        Assert.Empty(Directory.GetFiles(disk.Path, "*.damaged*"));
    }

    [Fact]
    public void Where_there_is_no_room_for_a_reserve_a_full_disk_keeps_the_buffer_as_ever()
    {
        using var disk = Mounted(kibibytes: 600);
        using (var journal = Journal.Open(disk.Path, Options))
        {
            journal.Append(Decision(1));
            journal.Flush();
            disk.Fill();
            for (var n = 0; n < 500; n++)
                journal.Append(Samples());
            Assert.Throws<JournalWriteException>(() => journal.Flush());
            Assert.Equal((1, false), (journal.DurableSeq, journal.IsOnReserve));
            Assert.Throws<JournalWriteException>(journal.Dispose);
        }
    }

    private static void AssertKept(Journal journal)
    {
        var next = 1L;
        var decisions = 0;
        foreach (var row in journal.ReadFrom(0, int.MaxValue))
        {
            Assert.Equal(next, row.Seq);
            next = NumberHoles.CoveredUpTo(row) + 1;
            if (row.Record.Kind is RecordKind.Gap)
                Assert.Equal("disk_full", row.Record.DecodeJson()["cause"]!.GetValue<string>());
            else
                Assert.Equal((RecordKind.Decision, (int)row.Seq, ++decisions), (row.Record.Kind, row.Record.DecodeJson()["n"]!.GetValue<int>(), decisions));
        }

        Assert.Equal((1001, 1 + 6 + 350), (next, decisions));
    }

    private SmallDisk Mounted(int kibibytes = 49_152)
    {
        var disk = SmallDisk.Mount(Path.Combine(_folder.Path, "disk"), kibibytes);
        Assert.SkipWhen(disk is null, "only root on Linux may mount a small disk");
        return disk!;
    }

    private static JournalRecord Decision(int n) =>
        JournalRecord.Json(RecordKind.Decision, "ch-1", Run, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n });

    private static JournalRecord Samples() =>
        JournalRecord.Samples("ch-1", Run, Utc, [.. Enumerable.Range(0, 20).Select(n => new Sample(n, 0, 0, 30, 5, 0))]);
}
