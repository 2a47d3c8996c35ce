using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Journals;

/// <summary>One bit of one page is wrong. The journal opens, no wrong row is read, and what is lost is little and said.</summary>
public sealed class PageFlipTests(ITestOutputHelper output) : IDisposable
{
    private const int PageBytes = 4096;
    private static readonly bool Long = Environment.GetEnvironmentVariable("CYCLERIG_LONG") is not null;
    private static readonly DateTimeOffset Utc = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("01930000-0000-7000-8000-000000000001");
    private static readonly JournalOptions Options = new() { VolumeBytesMax = 90_000, KeepAtLeast = TimeSpan.FromDays(1), ReserveBytes = 0 };

    private readonly TemporaryFolder _folder = new();
    private readonly List<JournalRecord> _appended = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flipped_bit_in_any_page_costs_little_and_is_reported()
    {
        var seed = Long ? 1 : Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"seed {seed}");
        var whole = Written();
        var pages = whole.SelectMany(file => Enumerable.Range(0, file.Value.Length / PageBytes).Select(page => (Path: file.Key, Page: page))).ToArray();
        Assert.True(whole.Count >= 3 && pages.Length > 60, $"{whole.Count} volumes, {pages.Length} pages");
        var random = new Random(seed);
        if (!Long)
            random.Shuffle(pages);
        var (noticed, slowest) = (0, TimeSpan.Zero);
        var chosen = Long ? [.. pages, .. pages, .. pages, .. pages] : pages[..50];
        foreach (var (path, page) in chosen)
        {
            Restore(whole);
            var bytes = (byte[])whole[path].Clone();
            // Half of the flips in the page's head, where structure stands.
            var at = page * PageBytes + random.Next(random.Next(2) == 0 ? 128 : PageBytes);
            bytes[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            var begun = TimeProvider.System.GetTimestamp();
            var lost = Lost(path, $"seed {seed}, {Path.GetFileName(path)}, byte {at}");
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, TimeProvider.System.GetElapsedTime(begun).Ticks));
            noticed += lost > 0 ? 1 : 0;
        }

        output.WriteLine($"{chosen.Length} pages, {noticed} flips cost rows; slowest start and full read {slowest.TotalMilliseconds:F0} ms");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(noticed, 1, chosen.Length);
    }

    /// <summary>Seed 11108624 of the flips: a leaf that counts a row too many gave a row that is none, and the reader went on with the next volume.</summary>
    [Fact]
    public void A_page_that_counts_another_number_of_rows_hides_none_without_a_gap()
    {
        const byte tableLeaf = 0x0D;
        const int cellCount = 4;
        var whole = Written();
        var leaves = whole.SelectMany(file => Enumerable.Range(0, file.Value.Length / PageBytes)
            .Where(page => file.Value[page * PageBytes] == tableLeaf).Select(page => (Path: file.Key, At: (page * PageBytes) + cellCount))).ToList();
        Assert.True(leaves.Count > 10, $"{leaves.Count} leaves");
        foreach (var ((path, at), bit) in leaves.SelectMany(leaf => Enumerable.Range(0, 3).Select(bit => (leaf, bit))))
        {
            Restore(whole);
            var bytes = (byte[])whole[path].Clone();
            bytes[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(path, bytes);
            Lost(path, $"{Path.GetFileName(path)}, byte {at}, bit {bit}");
        }
    }

    [Fact]
    public void Readers_pass_a_closed_volume_that_is_gone_to_pieces_and_it_leaves_in_the_end()
    {
        var whole = Written();
        Restore(whole);
        var volumes = VolumeFile.List(_folder.Path);
        File.WriteAllBytes(volumes[1].Path, [.. Enumerable.Repeat((byte)7, 9000)]);
        using var journal = Journal.Open(_folder.Path, Options);
        Assert.Null(journal.OpenReport.Damage);
        var rows = journal.ReadFrom(0, int.MaxValue);
        var gap = Assert.Single(rows, row => row.Record.Kind is RecordKind.Gap).Record.DecodeJson();
        Assert.Equal(("volume_damaged", volumes[1].FirstSeq, volumes[2].FirstSeq - 1),
            (gap["cause"]!.GetValue<string>(), gap["from"]!.GetValue<long>(), gap["to"]!.GetValue<long>()));
        Assert.Equal(_appended.Count, rows[^1].Seq);
        Assert.Single(journal.Reader.Runs());
        Assert.Equal(1, journal.LatestCheckpoint("ch-1")!.Seq % 7);
        var late = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(400);
        Assert.Equal(volumes.Count - 1, journal.Retire(late));
    }

    /// <summary>Numbers that a reader had are not given to other records, whatever is left of the newest volume.</summary>
    [Fact]
    public void The_numbers_of_an_unreadable_newest_volume_are_not_used_again()
    {
        var whole = Written();
        Restore(whole);
        var newest = VolumeFile.List(_folder.Path)[^1];
        File.WriteAllBytes(newest.Path, new byte[whole[newest.Path].Length]);
        using var journal = Journal.Open(_folder.Path, Options);
        var rows = journal.ReadFrom(newest.FirstSeq - 1, 10);
        var gap = Assert.Single(rows);
        Assert.True(gap.Seq > _appended.Count, $"number {gap.Seq} is used twice");
        Assert.Equal(newest.FirstSeq, gap.Record.DecodeJson()["from"]!.GetValue<long>());
    }

    /// <returns>Rows lost.</returns>
    private int Lost(string path, string where)
    {
        using var journal = Journal.Open(_folder.Path, Options);
        var volumes = VolumeFile.List(_folder.Path);
        var covered = new bool[_appended.Count + 1];
        var lost = 0;
        var last = 0L;
        foreach (var row in Pages(journal))
        {
            Assert.True(row.Seq > last, $"{where}: row {row.Seq} after {last}");
            last = row.Seq;
            if (row.Record.Kind is not RecordKind.Gap)
            {
                Assert.True(Same(row.Record, _appended[(int)row.Seq - 1]), $"{where}: row {row.Seq} is another one");
                covered[row.Seq] = true;
                continue;
            }

            var gap = row.Record.DecodeJson();
            last = Math.Max(last, gap["to"]!.GetValue<long>());
            for (var seq = gap["from"]!.GetValue<long>(); seq <= Math.Min(gap["to"]!.GetValue<long>(), _appended.Count); seq++)
            {
                Assert.False(covered[seq], $"{where}: a gap covers row {seq}, which is there");
                Assert.True(seq >= FirstOf(path), $"{where}: row {seq} of another volume is lost");
                covered[seq] = true;
                lost++;
            }
        }

        Assert.True(Array.IndexOf(covered, false, 1) < 0, $"{where}: row {Array.IndexOf(covered, false, 1)} is missing and no gap says so");
        return lost;
    }

    private static IEnumerable<JournalRow> Pages(Journal journal)
    {
        for (var rows = journal.ReadFrom(0, 13); rows.Count > 0; rows = journal.ReadFrom(rows[^1].Seq, 13))
        {
            foreach (var row in rows)
                yield return row;
        }
    }

    private static long FirstOf(string path) => long.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[2], System.Globalization.CultureInfo.InvariantCulture);

    private Dictionary<string, byte[]> Written()
    {
        using (var journal = Journal.Open(_folder.Path, Options))
        {
            Append(journal, JournalRecord.RunStarted("ch-1", Run, 0, Utc, "cell-1"));
            for (var n = 2; n <= 240; n++)
            {
                Append(journal, n % 7 == 1
                    ? JournalRecord.Json(RecordKind.Checkpoint, "ch-1", Run, n, Utc, new JsonObject { ["type"] = "test", ["n"] = n })
                    : JournalRecord.Samples("ch-1", Run, Utc, [.. Enumerable.Range(0, 20).Select(k => new Sample(n, k, n * 0.1, 30, 5, 0))]));
                if (n % 10 == 0)
                    journal.Flush();
            }

            Append(journal, JournalRecord.RunEnded("ch-1", Run, 241, Utc, "completed"));
        }

        return Directory.GetFiles(_folder.Path, "journal-*.sqlite").ToDictionary(path => path, File.ReadAllBytes);
    }

    private void Append(Journal journal, JournalRecord record)
    {
        journal.Append(record);
        _appended.Add(record);
    }

    private void Restore(Dictionary<string, byte[]> whole)
    {
        foreach (var path in Directory.GetFiles(_folder.Path, "*.sqlite*"))
            File.Delete(path);
        foreach (var (path, bytes) in whole)
            File.WriteAllBytes(path, bytes);
    }

    private static bool Same(JournalRecord read, JournalRecord appended) =>
        read with { Payload = default } == appended with { Payload = default } && read.Payload.Span.SequenceEqual(appended.Payload.Span);
}
