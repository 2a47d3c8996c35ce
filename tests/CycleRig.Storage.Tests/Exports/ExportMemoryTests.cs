using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

/// <summary>Alone in its process while it runs: the memory that is counted is that of all threads.</summary>
[CollectionDefinition(nameof(ExportMemoryTests), DisableParallelization = true)]
[Collection(nameof(ExportMemoryTests))]
public sealed class ExportMemoryTests
{
    /// <summary>
    /// What an export holds while it runs: a page of 256 records (here of 100 samples of 48 bytes: 1.2 MB, and again where spectra walk along), and for
    /// Parquet a row group of 32,768 rows: 23 columns of 8 bytes and three buffers, 7 MB, and what the library pools of encoded columns, 4 MiB in
    /// each of two pools. The short run fills a part of that, the long one all; nothing more may come. The samples of the long run alone are 14 MB, and its rows in
    /// the Battery Data Format 55 MB.
    /// </summary>
    [Theory]
    [MemberData(nameof(RunExportTests.Formats), MemberType = typeof(RunExportTests))]
    public async Task Memory_does_not_grow_with_the_run(ExportFormat format)
    {
        const int samplesOfShort = 3_000;
        var shortPeak = await Peak(format, samplesOfShort);
        var longPeak = await Peak(format, 100 * samplesOfShort);
        Assert.True(longPeak - shortPeak < (format == ExportFormat.BdfParquet ? 16 << 20 : 4 << 20), $"{format.Name()}: {shortPeak >> 10} KiB for the short run, {longPeak >> 10} KiB for the long one");
    }

    private static async Task<long> Peak(ExportFormat format, int count)
    {
        using var journal = new JournalOfRun();
        foreach (var batch in Enumerable.Range(0, count).Chunk(100))
        {
            journal.Sampled([.. batch.Select(i => new Sample(10 + (i * 0.1), 1e-5, 0.1, 30, 5, i))]);
            if (batch[0] % 600 == 0)
                journal.Swept(10 + (batch[0] * 0.1), SegmentKind.Peis, 0, [.. Enumerable.Range(0, 72).Select(n => (1e6 / (n + 1), 3.0, -4.0))]);
        }

        await journal.Export(ExportFormat.Recording, "warm"); // Flushes, too.
        journal.Samples.Clear();
        journal.Samples.TrimExcess();
        journal.Spectra.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (peak, told) = (before, 0);
        await journal.Export(format, progress: new ProgressAtOnce(_ => peak = told++ < 3 || told % 20 == 0 ? Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true)) : peak));
        return Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true)) - before;
    }
}
