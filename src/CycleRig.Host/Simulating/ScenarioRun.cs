using CycleRig.Core.Scenarios;
using CycleRig.Host.Demo;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Simulating;

/// <summary>A scenario through the real controller: recordings, truth, plots, summary.json.</summary>
internal static class ScenarioRun
{
    /// <summary>Runs it and judges each cell against what the file expects.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="directory">Takes the files.</param>
    /// <param name="note">Told of state changes in a line each, or null.</param>
    /// <param name="cancellation">Turns every cell off and ends.</param>
    /// <param name="plots">Whether to draw.</param>
    public static async Task<IReadOnlyList<CellOutcome>> RunAsync(
        Scenario scenario, int seed, string directory, Action<string>? note, CancellationToken cancellation, bool plots = true)
    {
        var data = Directory.CreateTempSubdirectory("cyclerig-simulate-");
        try
        {
            using var journal = Journal.Open(data.FullName);
            note?.Invoke($"{scenario.Name}, seed {seed}: {scenario.About}");
            var run = new SimulatedRun(scenario.Rig, scenario.Protocol, seed, scenario.Scripts, person: "simulate");
            if (note is not null)
                run.Noted += (channel, text, at) => note($"{at:d\\.hh\\:mm\\:ss}  {channel}  {text}");
            var outcome = await run.RunAsync(journal, null, cancellation);
            foreach (var never in Happening.Of(scenario.Rig, scenario.Scripts).Where(happening => happening.At > outcome.Lasted))
                note?.Invoke($"{never.Where}: {never.Text} at {Hours(never.At)} never came: the run ended at {Hours(outcome.Lasted)}");
            return OutcomeFiles.Write(outcome, scenario.Rig, data.FullName, directory, plots, scenario.Scripts);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static string Hours(TimeSpan time) => FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:D2} h");
}
