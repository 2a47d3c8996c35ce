using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>The demo through the real controller: every cell ends as its rig file expects, and the same seed gives the same bytes.</summary>
public sealed class DemoTests
{
    /// <summary>Seeds 1 to 12, two at a time: one for each core.</summary>
    public static TheoryData<int, int> Seeds => [.. Enumerable.Range(0, 6).Select(pair => ((2 * pair) + 1, (2 * pair) + 2))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Damaged_cells_are_halted_before_the_short_and_healthy_ones_finish(int seed, int other) =>
        Task.WhenAll(new[] { seed, other }.Select(each => Task.Run(() => EndsAsExpected(each), TestContext.Current.CancellationToken)));

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
        await RunAsync(1, folder.Path);
        using var reader = JournalReader.Open(Path.Combine(folder.Path, "journal"));
        var inMidSweep = 0;
        foreach (var run in reader.Runs())
        {
            var fit = reader.OfRun(run.Run, RecordKind.Fit).Last().Record.DecodeJson();
            if ((string?)fit["level"] != "halt" || !(bool)fit["bulk_only"]!)
                continue;
            inMidSweep++;
            Assert.NotNull(fit["evidence"]);
            Assert.DoesNotContain(reader.Spectra(run.Run), spectrum => spectrum.Index == (int)fit["spectrum"]!);
        }

        Assert.True(inMidSweep > 0, "every halt waited for the end of its sweep");
    }

    private static async Task EndsAsExpected(int seed)
    {
        using var folder = new TemporaryFolder();
        var cells = await RunAsync(seed, folder.Path);
        Assert.Equal(8, cells.Count);
        foreach (var cell in cells)
        {
            Assert.True(cell.IsExpected, $"seed {seed}: {cell.Cell} is {cell.Outcome}, expected {cell.Expected}: {cell.Reason}");
            Assert.True(cell.ShortAvoided);
            // A rule that waits for R_bulk to be 5 % under its first value acts about 0.9 mAh/cm² after the onset; a halt must come well before that.
            Assert.InRange(cell.ChargeOnsetToActMAhCm2 ?? 0, 0, 0.4);
        }
    }

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
