using System.Text.Json.Nodes;
using CycleRig.Core.Scenarios;
using CycleRig.Files.Scenarios;
using CycleRig.Host.Demo;
using CycleRig.Host.Simulating;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Scenarios;

/// <summary>Every file of examples/scenarios through the real controller: each cell ends as its file demands, and an off is an off.</summary>
public sealed class ScenarioTests
{
    /// <summary>The dead-man relay holds for 2 s after its last feed; a tick of the session and a sample come on top of it.</summary>
    private const double OffWithinSeconds = 2.6;

    private static readonly int Drawn = 2 + (Environment.TickCount & 0xffff);

    private static readonly UpsetKind[] InstrumentFaults =
    [
        UpsetKind.CablePulled, UpsetKind.HalfOpen, UpsetKind.Reboot, UpsetKind.StuckRange, UpsetKind.SampleGap, UpsetKind.ClockJump,
        UpsetKind.ClockDrift, UpsetKind.SlowAnswers, UpsetKind.LateAnswers, UpsetKind.WrongChannel, UpsetKind.OutputStuckOn,
    ];

    private static string Folder => Path.Combine(SharedData.ProjectRoot(), "examples", "scenarios");

    private static string[] Files => [.. Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>Two files at a time: one for each core.</summary>
    public static TheoryData<string, string> Pairs =>
        [.. Files.Select(file => Path.GetFileNameWithoutExtension(file)).Chunk(2).Select(pair => (pair[0], pair[^1]))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public Task Every_cell_ends_as_its_scenario_demands(string name, string other) =>
        Task.WhenAll(new[] { name, other }.Distinct().Select(each => Task.Run(() => EndsAsDemanded(each, 1), TestContext.Current.CancellationToken)));

    [Fact]
    public async Task Faults_of_the_instrument_end_as_demanded_with_a_drawn_seed_too()
    {
        TestContext.Current.SendDiagnosticMessage($"drawn seed {Drawn}");
        var faulty = Files.Where(file => Kinds(ScenarioFile.Read(file)).Intersect(InstrumentFaults).Any()).Select(Path.GetFileNameWithoutExtension).ToList();
        Assert.NotEmpty(faulty);
        await Parallel.ForEachAsync(
            faulty, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken },
            async (name, _) => await EndsAsDemanded(name!, Drawn));
    }

    [Fact]
    public void Every_upset_and_every_event_has_a_scenario()
    {
        var scenarios = Files.Select(ScenarioFile.Read).ToList();
        var upsets = scenarios.SelectMany(Kinds).ToHashSet();
        Assert.Empty(UpsetFacts.All.Where(facts => !upsets.Contains(facts.Kind)).Select(facts => facts.Name));
        var events = scenarios.SelectMany(scenario => scenario.Rig.Chambers.Concat(scenario.Rig.Presses)).SelectMany(condition => condition.Events)
            .Select(happening => happening.GetType()).ToHashSet();
        Assert.Empty(ConditionEventFacts.All.Where(facts => !events.Contains(facts.Make(TimeSpan.Zero, TimeSpan.Zero, 0, 0).GetType())).Select(facts => facts.Name));
        Assert.Contains(scenarios.SelectMany(scenario => scenario.Scripts.Values), script => !script.Rates.IsEmpty);
    }

    private static IEnumerable<UpsetKind> Kinds(Scenario scenario) =>
        scenario.Scripts.Values.SelectMany(script => script.Upsets.Select(upset => upset.Kind).Concat(script.Rates.Select(rate => rate.Kind)));

    private static async Task EndsAsDemanded(string name, int seed)
    {
        using var folder = new TemporaryFolder();
        var scenario = ScenarioFile.Read(Path.Combine(Folder, name + ".yaml"));
        var cells = await ScenarioRun.RunAsync(scenario, seed, folder.Path, null, TestContext.Current.CancellationToken, plots: false);
        Assert.Equal(scenario.Rig.Channels.Length, cells.Count);
        foreach (var cell in cells)
        {
            var what = $"{name}, seed {seed}: {cell.Cell} is {cell.Outcome} for {cell.Cause ?? "no cause"}, expected {cell.Expected} for {cell.Because ?? "any"}: {cell.Reason}";
            Assert.True(cell.IsExpected, what);
            IsOffAfterwards(cell, folder.Path, what);
        }

        foreach (var (channel, script) in scenario.Scripts.Where(pair => pair.Value.Upsets.Any(upset => upset.Kind == UpsetKind.OutputStuckOn)))
        {
            // The first cause says why it should go off; that it did not, and that the relay acted, must be told beside it.
            var events = await File.ReadAllTextAsync(
                Path.Combine(folder.Path, "recordings", cells.First(cell => cell.Channel == channel).Cell, "events.jsonl"), TestContext.Current.CancellationToken);
            Assert.Contains("off_not_confirmed", events, StringComparison.Ordinal);
            Assert.False(script.Because is null);
        }
    }

    /// <summary>What really flowed through the simulated cell, whatever its instrument told.</summary>
    private static void IsOffAfterwards(CellOutcome cell, string folder, string what)
    {
        var truth = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "truth", cell.Cell, "truth.json")))!;
        if (cell.ActTimeS is { } acted && truth["plating_end_s"]?.GetValue<double>() is { } ended)
            Assert.True(ended <= acted + OffWithinSeconds, $"{what}; it was plated until {ended - acted:F1} s after the halt");
    }
}
