using System.Security.Cryptography;
using System.Text;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>What holds for every format: metadata, whole files or none.</summary>
public sealed class RunExportTests
{
    public static TheoryData<ExportFormat> Formats { get; } = [.. Enum.GetValues<ExportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Metadata_says_who_what_when_and_hashes_every_file(ExportFormat format)
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        journal.Sampled(new Sample(1, 0, 0.5, 30, 5, 0));
        journal.Swept(2, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25));
        journal.Append(JournalRecord.RunEnded("ch-1", JournalOfRun.Run, JournalOfRun.Origin + 60, JournalOfRun.Utc.AddSeconds(60), "completed"));
        var (result, metadata) = await journal.Export(format);
        Assert.Equal(("Ada", "ch-1", "cell-1"), (Text("operator"), Text("channel"), Text("cell")));
        Assert.Equal(("2026-11-24T23:59:30.5000000Z", "2026-11-25T00:00:30.5000000Z", "completed"), (Text("started_utc"), Text("ended_utc"), Text("end_reason")));
        Assert.Equal(("2026-12-01T10:00:00.0000000Z", "1.2.3", format.Name()), (Text("exported_utc"), metadata["versions"]!["program"]!.ToString(), Text("export")));
        Assert.Equal(0.0314, metadata["facts"]!["area_cm2"]!.GetValue<double>());
        Assert.Equal("peis", metadata["steps"]![4]!["label"]!.ToString());
        // The configuration in the metadata is what its hash is of: UTF-8, keys in order, no white space.
        var canonical = metadata["configuration"]!.ToJsonString(CanonicalJson.Options);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), Text("configuration_sha256"));
        var described = metadata["files"]!.AsArray();
        var folder = Path.GetDirectoryName(result.Metadata)!;
        Assert.Equal(
            Directory.GetFiles(folder).Where(path => path != result.Metadata).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            described.Select(file => file!["name"]!.ToString()));
        Assert.All(described, file => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file!["name"]!.ToString())))), file["sha256"]!.ToString()));
        Assert.Empty(Directory.GetDirectories(folder));

        string Text(string key) => metadata[key]!.ToString();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task An_interrupted_export_leaves_what_was_there_and_nothing_of_its_own(ExportFormat format)
    {
        using var journal = new JournalOfRun();
        journal.Sampled(new Sample(1, 0, 0.5, 30, 5, 0));
        journal.Swept(2, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25));
        await journal.Export(format);
        var before = Contents(journal.At("out"));
        foreach (var batch in Enumerable.Range(0, 30_000).Chunk(100))
            journal.Sampled([.. batch.Select(i => new Sample(10 + (i * 0.1), 0, 0, 30, 5, 0))]);
        for (var i = 0; i < 300; i++)
            journal.Swept(4000 + i, SegmentKind.Peis, 0, [.. Enumerable.Range(0, 72).Select(n => (1e6 / (n + 1), 3.0, -4.0))]);
        using var cut = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.Export(format, force: true, progress: new ProgressAtOnce(_ => cut.Cancel()), cut: cut));
        Assert.Equal(before, Contents(journal.At("out")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_comes_while_an_export_runs_is_not_in_it(ExportFormat format)
    {
        using var journal = new JournalOfRun();
        foreach (var batch in Enumerable.Range(0, 2000).Chunk(2)) // More records than a page holds.
            journal.Sampled([.. batch.Select(i => new Sample(10 + (i * 0.1), 0, 0, 30, 5, 0))]);
        for (var i = 0; i < 300; i++)
            journal.Swept(1000 + i, SegmentKind.Peis, 0, (7e6, 1, -1), (1e6, 2, -2), (1e5, 3, -3), (1e4, 4, -4));
        var (result, _) = await journal.Export(format, progress: new ProgressAtOnce(_ =>
        {
            journal.Sampled(new Sample(5000 + journal.Samples.Count, 0, 0, 30, 5, 0));
            journal.Swept(6000 + journal.Spectra.Count, SegmentKind.Peis, 0, (7e6, 1, -1));
            journal.Flush();
        }));
        Assert.Equal((format == ExportFormat.ZView ? 0 : 2000, 300, 1200), (result.Counts.Samples, result.Counts.Spectra, result.Counts.Points));
        Assert.True(journal.Spectra.Count > 300, "nothing came meanwhile");
    }

    [Fact]
    public async Task A_record_of_a_later_build_is_said_to_be_one_and_leaves_nothing()
    {
        using var journal = new JournalOfRun();
        journal.Append(JournalRecord.Samples("ch-1", JournalOfRun.Run, JournalOfRun.Utc, [new Sample(JournalOfRun.Origin + 1, 0, 0, 30, 5, 0)]) with { Version = 2 });
        var refused = await Assert.ThrowsAsync<FormatException>(() => journal.Export(ExportFormat.BdfParquet));
        Assert.Contains("layout 2; this build reads up to 1", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(journal.At("out")));
    }

    [Fact]
    public async Task An_export_with_force_takes_the_place_of_the_earlier_one_and_of_no_other_file()
    {
        using var journal = new JournalOfRun();
        journal.Swept(2, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25));
        await journal.Export(ExportFormat.ZView, "out");
        await File.WriteAllTextAsync(journal.At("out/notes.txt"), "mine", TestContext.Current.CancellationToken);
        File.Move(journal.At("out/CycleRig__cell-1__20261124_0000abcd.z.export.json"), journal.At("out/keep"));
        var text = (await File.ReadAllTextAsync(journal.At("out/keep"), TestContext.Current.CancellationToken)).Replace("00001_PEIS", "00009_GEIS", StringComparison.Ordinal);
        await File.WriteAllTextAsync(journal.At("out/CycleRig__cell-1__20261124_0000abcd.z.export.json"), text, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(journal.At("out/CycleRig__cell-1__20261124_0000abcd_00009_GEIS.z"), "of the earlier export", TestContext.Current.CancellationToken);
        await journal.Export(ExportFormat.ZView, "out", force: true);
        Assert.Equal(
            ["CycleRig__cell-1__20261124_0000abcd.z.export.json", "CycleRig__cell-1__20261124_0000abcd_00001_PEIS.z", "keep", "notes.txt"],
            Directory.GetFiles(journal.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static string Contents(string folder) => string.Join('\n', Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetFileName(path)} {(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "folder")}"));
}
