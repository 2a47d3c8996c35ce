using System.CommandLine;
using CycleRig.Core.Telemetry;
using CycleRig.Files;
using CycleRig.Host.Running;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig serve`: hosts a rig until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var rig = new Option<string>("--rig") { Description = "Rig file.", DefaultValueFactory = _ => "rig.yaml" };
        var data = Shared.Data();
        var device = new Option<string?>("--device-host") { Description = "Socket of a `cyclerig device-host`; without it the devices live in this process." };
        var port = new Option<int>("--port") { Description = "Port of the API on loopback; 0 takes a free one." };
        var telemetry = Shared.Telemetry();
        var command = new Command("serve", "Hosts a rig: its channels, journal and API. Ctrl-C turns every cell off before it ends.") { rig, data, device, port, telemetry };
        command.SetAction((parsed, cancellation) => Failing.Guard(async () =>
        {
            var description = RigFile.Read(parsed.GetValue(rig)!);
            var settings = parsed.GetValue(telemetry) is { } file ? TelemetryFile.Read(file) : TelemetrySettings.Default;
            await using var served = await ServedRig.StartAsync(
                description, new(parsed.GetValue(data)!), parsed.GetValue(device), parsed.GetValue(port), settings, line => Console.WriteLine(line));
            Console.WriteLine($"rig {description.Name} at {served.Address}, MQTT at {served.Mqtt}, data in {parsed.GetValue(data)}; `cyclerig run FILE` starts a protocol");
            await served.UntilStoppedAsync(cancellation);
            Console.WriteLine("turning every cell off");
            var open = await served.TurnOffAsync();
            foreach (var channel in open)
                await Console.Error.WriteLineAsync($"{channel}: NOT CONFIRMED OFF: press e-stop");
            return open.Count == 0 ? ExitCodes.Ok : ExitCodes.Device;
        }));
        return command;
    }
}
