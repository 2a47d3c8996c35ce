using System.CommandLine;
using CycleRig.Files;
using CycleRig.Host.Demo;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig demo`: eight simulated cells, faster than real time.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var seed = new Option<int>("--seed") { Description = "Seed of cells, instruments and latencies.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Runs eight simulated Li/LLZTO/Li cells and shows which are halted, and why.");
        command.Options.Add(seed);
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int seed, CancellationToken cancellation)
    {
        var examples = Path.Combine(AppContext.BaseDirectory, "examples");
        var rig = RigFile.Read(Path.Combine(examples, "demo-rig.yaml"));
        var protocol = ProtocolFile.Read(Path.Combine(examples, "plating.yaml"));
        var data = Directory.CreateTempSubdirectory("cyclerig-demo-");
        var run = new SimulatedRun(rig, protocol, seed);
        run.Noted += (channel, text, at) => Console.WriteLine($"{at:hh\\:mm\\:ss}  {channel}  {text}");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = await run.RunAsync(data.FullName, null, cancellation);
        foreach (var view in outcome.View.Channels)
        {
            var truth = outcome.Simulated[view.Channel].Truth;
            Console.WriteLine($"{view.Channel} {view.State} {string.Join("; ", view.Causes)} | onset {truth.OnsetSeconds:F0} short {truth.ShortSeconds:F0} loss {truth.Loss:P2} end {truth.PlatingEndedSeconds:F0} Rb {view.BulkOhms:F0} Rint {view.InterfaceOhms:F0} V {view.Volts:F3} Q {view.Coulombs / 3.6 / 0.0314159:F4} true {truth.Coulombs / 3.6 / 0.0314159:F4}");
        }

        Console.WriteLine($"{outcome.Lasted} in {watch.Elapsed.TotalSeconds:F1} s");
        return 0;
    }
}
