using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CycleRig.Files.Scenarios;
using CycleRig.Host.Demo;
using CycleRig.Host.Simulating;
using CycleRig.Host.Simulating.Paper;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig simulate`: a scenario through the real controller, a population of recordings, or a field.</summary>
internal static class SimulateCommand
{
    private const int CountMax = 100_000;
    private const int CountOtherwise = 20;
    private const string Folder = "cyclerig-simulation";

    public static Command Build()
    {
        var scenario = new Argument<string?>("SCENARIO") { Description = "Scenario file; examples/scenarios/ has them.", Arity = ArgumentArity.ZeroOrOne };
        var population = new Option<string?>("--population") { Description = "Population file: writes recordings of what happens with nobody watching." };
        var count = new Option<int?>("--count") { Description = $"For --population: how many recordings; {CountOtherwise} unless given." };
        var seed = new Option<int>("--seed") { Description = "Seed of cells, instruments and latencies.", DefaultValueFactory = _ => 1 };
        var output = Shared.Out("recordings, truth, plots and summary.json", Folder);
        var force = Shared.Force();
        var json = Shared.Json();
        var report = new Option<bool>("--report") { Description = "Of the reference paper's scenario: its numbers beside ours, over 50 cells each, and its figures." };
        var command = new Command("simulate", "Runs simulated cells through the real controller, or draws recordings of many.")
        {
            scenario, population, count, seed, report, output, force, json, Focusing(scenario),
        };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            new(parsed.GetValue(scenario), parsed.GetValue(population), parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(report)),
            parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(json), cancellation)));
        return command;
    }

    /// <summary>Its help does not show the scenario, which is an argument of `simulate` alone.</summary>
    private static Command Focusing(Argument<string?> scenario)
    {
        var command = SimulateFocusingCommand.Build();
        command.Options.Add(new HelpOption { Action = new HelpWithout(scenario) });
        return command;
    }

    private static async Task<int> RunAsync(Wanted wanted, string? output, bool force, bool json, CancellationToken cancellation)
    {
        if (wanted.Problem is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return ExitCodes.Usage;
        }

        // Files are read before any folder is made or emptied.
        var scenario = wanted.Scenario is { } file ? ScenarioFile.Read(file) : null;
        var population = wanted.Population is { } path ? PopulationFile.Read(path) : null;
        if (wanted.Report && !scenario!.HasReport)
        {
            await Console.Error.WriteLineAsync($"{wanted.Scenario}: this scenario has no report; give examples/scenarios/reference-paper.yaml, or leave --report out");
            return ExitCodes.Usage;
        }

        var (directory, error) = OutputFolder.Prepare(output, Folder, force);
        if (error is not null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }

        if (population is not null)
            return await PopulateAsync(population, wanted, directory, json, cancellation);
        if (wanted.Report)
            return await PaperText.TellAsync(PaperReport.Run(scenario!, wanted.Seed, directory, cancellation), wanted.Seed, directory, json);
        var cells = await ScenarioRun.RunAsync(scenario!, wanted.Seed, directory, json ? null : Console.WriteLine, cancellation);
        return await Outcomes.TellAsync(cells, directory, json);
    }

    private static async Task<int> PopulateAsync(Core.Scenarios.Population population, Wanted wanted, string directory, bool json, CancellationToken cancellation)
    {
        var written = 0;
        var kinds = PopulationRun.Write(population, wanted.Count ?? CountOtherwise, wanted.Seed, directory, more => Interlocked.Add(ref written, more), cancellation);
        var summary = PopulationRun.Summary(population.Name, wanted.Seed, kinds);
        await File.WriteAllTextAsync(Path.Combine(directory, "summary.json"), summary, cancellation);
        if (json)
            await Console.Out.WriteAsync(summary);
        else
            await Console.Out.WriteLineAsync($"{written} recordings of population {population.Name}, seed {wanted.Seed}, with their truth are in {directory}: {string.Join(", ", kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value} {kind.Key}"))}");
        return ExitCodes.Ok;
    }

    /// <summary>What was asked for.</summary>
    private sealed record Wanted(string? Scenario, string? Population, int? Count, int Seed, bool Report)
    {
        public string? Problem => (Scenario, Population, Count) switch
        {
            (null, null, _) => "nothing to simulate; give a scenario file, or --population FILE, or `simulate focusing`",
            (not null, null, not null) => "--count is for --population, and a scenario has its own cells; leave --count out",
            (not null, not null, _) => "a scenario and a population at once; give one of them",
            (null, _, _) when Report => "--report belongs to a scenario; give examples/scenarios/reference-paper.yaml",
            (_, not null, < 1 or > CountMax) => $"--count {Count} is not possible; give 1 to {CountMax}",
            _ => null,
        };
    }

    private sealed class HelpWithout(Argument argument) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            argument.Hidden = true;
            return new HelpAction().Invoke(parseResult);
        }
    }
}
