using System.CommandLine;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Files;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig device-host`: sessions, guard and supervisor in a small process of their own, without Orleans, fits or database.</summary>
internal static class DeviceHostCommand
{
    public static Command Build()
    {
        var rig = new Option<string>("--rig") { Description = "Rig file.", DefaultValueFactory = _ => "rig.yaml" };
        var socket = new Option<string>("--socket") { Description = "Socket file to listen on.", Required = true };
        var truth = new Option<string?>("--truth") { Description = "File that takes, at the end, the true charge of simulated cells." };
        var command = new Command("device-host", "Owns the instruments: keeps the cells safe when the host is gone. Ends every cell off.") { rig, socket, truth };
        command.SetAction((parsed, cancellation) => Failing.Guard(() =>
            RunAsync(parsed.GetValue(rig)!, parsed.GetValue(socket)!, parsed.GetValue(truth), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string rigFile, string socket, string? truthFile, CancellationToken cancellation)
    {
        var rig = RigFile.Read(rigFile);
        using var time = new RealRigTime(TimeProvider.System, fault => Console.Error.WriteLine($"fault on the rig's loop: {fault.Message}"));
        var simulated = new SimulatedRig(rig, rig.Seed, time);
        var host = new DeviceHost(Guid.CreateVersion7(), time, simulated.Wirings, simulated.Devices);
        using var server = new DeviceHostServer(host, time, socket, Console.WriteLine);
        Console.WriteLine($"device host of rig {rig.Name} listens at {socket}");
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        PosixSignalRegistration[] signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
            PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stopped.TrySetResult();
            }))];
        await using (cancellation.Register(() => stopped.TrySetResult()))
            await stopped.Task;
        var off = new TaskCompletionSource<ImmutableArray<CellIsOff>>(TaskCreationOptions.RunContinuationsAsynchronously);
        time.Post(() => host.ShutDown("the device host was shut down", off.SetResult));
        var open = (await off.Task).Where(cell => !cell.IsOff).Select(cell => cell.Channel).ToList();
        foreach (var channel in open)
            await Console.Error.WriteLineAsync($"{channel}: NOT CONFIRMED OFF: press e-stop");
        if (truthFile is not null)
            await File.WriteAllTextAsync(truthFile, Truth(rig.Channels.Select(channel => channel.Name), simulated), CancellationToken.None);
        foreach (var signal in signals)
            signal.Dispose();
        return open.Count == 0 ? ExitCodes.Ok : ExitCodes.Device;
    }

    private static string Truth(IEnumerable<string> channels, SimulatedRig simulated) => new JsonObject(channels.Select(channel =>
        KeyValuePair.Create(channel, (JsonNode?)simulated[channel].Truth.Coulombs.ToString("R", CultureInfo.InvariantCulture)))).ToJsonString() + "\n";
}
