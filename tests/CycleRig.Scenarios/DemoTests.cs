using System.Collections.Concurrent;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Host.Replaying;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>The demo through the real controller: every cell ends as its rig file expects, and the same seed gives the same bytes.</summary>
public sealed class DemoTests
{
    private const int Seeds = 8;

    /// <summary>
    /// Seeds 1 to 8, as many at a time as there are cores. The damaged cells together: at most 0.25 mAh/cm² in the median between onset and halt, and at
    /// most 1.5 times what an ideal detector needs that knows all but the noise and the wander of the temperature; a cell that is halted before that one is not counted.
    /// </summary>
    [Fact]
    public async Task Damaged_cells_are_halted_before_the_short_and_near_the_limit_and_healthy_ones_finish()
    {
        var (charges, ratios) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        await Parallel.ForEachAsync(Enumerable.Range(1, Seeds), TestContext.Current.CancellationToken, async (seed, _) =>
        {
            using var folder = new TemporaryFolder();
            foreach (var charge in await EndsAsExpected(seed, folder.Path))
                charges.Add(charge);
            foreach (var ratio in await DelaysOverBound(folder.Path))
                ratios.Add(ratio);
        });
        Assert.Equal(3 * Seeds, charges.Count);
        Assert.InRange(Median(charges), 0.1, 0.25);
        Assert.True(ratios.Count > Seeds, $"{ratios.Count} cells with a bound");
        Assert.InRange(Median(ratios), 1, 1.5);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        await RunAsync(3, first.Path, plots: true);
        await RunAsync(3, second.Path, plots: true);
        var files = Directory.GetFiles(first.Path, "*", SearchOption.AllDirectories).Where(path => !path.Contains("journal", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 60);
        foreach (var file in files)
        {
            var other = Path.Combine(second.Path, Path.GetRelativePath(first.Path, file));
            Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other)), Path.GetRelativePath(first.Path, file));
        }
    }

    /// <summary>R_bulk is known before the low frequencies have been measured: that halts in mid-sweep, with its evidence, and the sweep never ends.</summary>
    [Fact]
    public async Task A_halt_does_not_wait_for_the_end_of_its_sweep()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(Seeds + 1, folder.Path);
        using var reader = JournalReader.Open(Path.Combine(folder.Path, "journal"));
        var inMidSweep = 0;
        foreach (var run in reader.Runs())
        {
            var fit = reader.OfRun(run.Run, RecordKind.Fit).Last().Record.DecodeJson();
            if ((string?)fit["level"] != "halt" || !(bool)fit["bulk_only"]!)
                continue;
            Assert.NotNull(fit["evidence"]);
            // A sentinel sweep ends above 1 kHz, too, and is whole.
            inMidSweep += reader.Spectra(run.Run).Any(spectrum => spectrum.Index == (int)fit["spectrum"]!) ? 0 : 1;
        }

        Assert.True(inMidSweep > 0, "every halt waited for the end of its sweep");
    }

    /// <returns>What each damaged cell has plated between onset and halt, mAh/cm².</returns>
    private static async Task<IEnumerable<double>> EndsAsExpected(int seed, string folder)
    {
        var cells = await RunAsync(seed, folder);
        Assert.Equal(8, cells.Count);
        foreach (var cell in cells)
        {
            Assert.True(cell.IsExpected, $"seed {seed}: {cell.Cell} is {cell.Outcome}, expected {cell.Expected}: {cell.Reason}");
            Assert.True(cell.ShortAvoided);
            // A rule that waits for R_bulk to be 5 % under its first value acts about 0.9 mAh/cm² after the onset; a halt must come well before that.
            Assert.InRange(cell.ChargeOnsetToActMAhCm2 ?? 0, 0, 0.4);
        }

        return cells.Where(cell => cell.Outcome == "halted").Select(cell => cell.ChargeOnsetToActMAhCm2!.Value);
    }

    /// <summary>From onset to halt over onset to bound; the current is constant, so that charges have the same ratio.</summary>
    private static async Task<IEnumerable<double>> DelaysOverBound(string folder)
    {
        var run = new ReplayRun(Directory.GetDirectories(Path.Combine(folder, "recordings")), Path.Combine(folder, "truth"), DetectorSettings.Default);
        await run.RunAsync(new Progress<int>(), TestContext.Current.CancellationToken);
        return run.Rows.Select(row => row.Scores[0].DelayOverBound).OfType<double>();
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private static async Task<IReadOnlyList<CellOutcome>> RunAsync(int seed, string folder, bool plots = false)
    {
        var (rig, protocol) = Demo();
        var data = Path.Combine(folder, "journal");
        using var journal = Journal.Open(data);
        var outcome = await new SimulatedRun(rig, protocol, seed).RunAsync(journal, null, TestContext.Current.CancellationToken);
        return OutcomeFiles.Write(outcome, rig, data, folder, plots);
    }

    private static (RigDescription Rig, Protocol Protocol) Demo()
    {
        var examples = Path.Combine(SharedData.ProjectRoot(), "examples");
        return (RigFile.Read(Path.Combine(examples, "demo-rig.yaml")), ProtocolFile.Read(Path.Combine(examples, "plating.yaml")));
    }
}
