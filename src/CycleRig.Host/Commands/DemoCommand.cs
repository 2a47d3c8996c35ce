using System.CommandLine;
using CycleRig.Core.Telemetry;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Host.Running;
using CycleRig.Storage.Journals;
using CycleRig.Telemetry;
using Spectre.Console;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig demo`: eight simulated cells, faster than real time.</summary>
internal static class DemoCommand
{
    private const string Folder = "cyclerig-demo";
    private static readonly TimeSpan RowsOutWithin = TimeSpan.FromSeconds(60);

    public static Command Build()
    {
        var seed = new Option<int>("--seed") { Description = "Seed of cells, instruments and latencies.", DefaultValueFactory = _ => 1 };
        var output = Shared.Out("recordings, truth, plots and summary.json", Folder);
        var force = Shared.Force();
        var json = Shared.Json();
        var telemetry = Shared.Telemetry();
        var command = new Command("demo", "Runs eight simulated Li/LLZTO/Li cells and shows which are halted, and why.") { seed, output, force, json, telemetry };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            parsed.GetValue(seed), parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(json),
            parsed.GetValue(telemetry) is { } file ? TelemetryFile.Read(file) : TelemetrySettings.Default, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(int seed, string? output, bool force, bool json, TelemetrySettings telemetry, CancellationToken cancellation)
    {
        var (directory, error) = OutputFolder.Prepare(output, Folder, force);
        if (error is not null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }

        var examples = Path.Combine(AppContext.BaseDirectory, "examples");
        var rig = RigFile.Read(Path.Combine(examples, "demo-rig.yaml"));
        var run = new SimulatedRun(rig, ProtocolFile.Read(Path.Combine(examples, "plating.yaml")), seed);
        var data = Directory.CreateTempSubdirectory("cyclerig-demo-");
        try
        {
            using var journal = Journal.Open(data.FullName);
            await using var service = await TelemetryService.StartAsync(
                rig.Name, journal, RigHost.WithPort(telemetry), data.FullName, null, trouble => Console.Error.WriteLine(trouble));
            var live = !json && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
            if (!json)
                await Console.Out.WriteLineAsync($"Eight simulated cells, seed {seed}, plating at 0.5 mA/cm² to 1 mAh/cm². Rig time runs faster than the wall clock.");
            var outcome = live ? await Watched(run, journal, cancellation) : await Plain(run, journal, json, cancellation);
            if (!await service.FinishAsync(RowsOutWithin))
                await Console.Error.WriteLineAsync($"the rows are not all out after {RowsOutWithin.TotalSeconds:F0} s: what is left is lost with this demo");
            var cells = OutcomeFiles.Write(outcome, rig, data.FullName, directory, plots: true);
            return await Outcomes.TellAsync(cells, directory, json);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Task<SimulatedOutcome> Watched(SimulatedRun run, Journal journal, CancellationToken cancellation) =>
        AnsiConsole.Live(new Table()).StartAsync(context => run.RunAsync(
            journal,
            (view, at) =>
            {
                context.UpdateTarget(LiveTable.Of(view, at));
                context.Refresh();
            },
            cancellation));

    private static Task<SimulatedOutcome> Plain(SimulatedRun run, Journal journal, bool silent, CancellationToken cancellation)
    {
        if (!silent)
            run.Noted += (channel, text, at) => Console.WriteLine($"{at:hh\\:mm\\:ss}  {channel}  {text}");
        return run.RunAsync(journal, null, cancellation);
    }
}
