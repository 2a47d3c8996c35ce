using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CycleRig.Contracts;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig status`: what every channel does.</summary>
internal static class StatusCommand
{
    public static Command Build()
    {
        var data = Shared.Data();
        var json = Shared.Json();
        var command = new Command("status", "Shows every channel: state, level, voltage, resistances, causes.") { data, json };
        command.SetAction((parsed, cancellation) => Failing.Guard(async () =>
        {
            using var client = ApiClient.For(parsed.GetValue(data)!);
            var rig = await client.Rig(cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(rig, ApiClient.Json));
            else
                Tell(rig);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static void Tell(RigView rig)
    {
        foreach (var view in rig.Channels)
        {
            Console.WriteLine(
                $"{view.Channel}  {view.Cell}  {view.State}{(view.Step.Length > 0 ? $" ({view.Step})" : "")}  {view.Level}  {Number(view.Volts, "F3")} V  "
                + $"R_bulk {Number(view.BulkOhms, "F0")} Ω  R_int {Number(view.InterfaceOhms, "F0")} Ω  {Number(view.Celsius, "F2")} °C  {Number(view.Megapascals, "F2")} MPa  "
                + $"stop {view.StopNumber}, version {view.Version}");
            foreach (var cause in view.Causes)
                Console.WriteLine($"    {cause}");
            if (view.Probe.Length > 0)
                Console.WriteLine($"    {view.Probe}");
        }

        foreach (var alarm in rig.Alarms)
            Console.WriteLine($"ALARM {alarm}");
        foreach (var device in rig.Conditions)
            Console.WriteLine($"{device.Name}  {Number(device.Value, "F2")} (set {Number(device.SetPoint, "F2")})  {(device.Held ? "permit held" : device.Tripped ?? "no permit")}");
    }

    private static string Number(double? value, string format) => value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "-";
}
