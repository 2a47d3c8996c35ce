using System.CommandLine;
using System.Runtime.InteropServices;
using CycleRig.Files;
using CycleRig.Telemetry;
using CycleRig.Telemetry.Databases;
using CycleRig.Telemetry.Historians;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig historian`: brings rows of all rigs from a broker to a database, until it is told to stop.</summary>
internal static class HistorianCommand
{
    public static Command Build()
    {
        var file = new Option<string>("--telemetry") { Description = "Telemetry file: broker and influxdb (docs/telemetry.md).", DefaultValueFactory = _ => "telemetry.yaml" };
        var group = new Option<string?>("--group") { Description = "Name that several historians share: each row goes to one of them. Needs a broker with shared subscriptions." };
        var dead = new Option<string>("--dead-letters") { Description = "File for what cannot be written.", DefaultValueFactory = _ => "dead-letters.jsonl" };
        var command = new Command("historian", "Writes the rows of all rigs of a broker to a database and acknowledges them. Ctrl-C ends it; nothing is lost.") { file, group, dead };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(parsed.GetValue(file)!, parsed.GetValue(group), parsed.GetValue(dead)!, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? group, string dead, CancellationToken cancellation)
    {
        var settings = TelemetryFile.Read(file);
        if (settings.Broker is not { } broker || settings.Database is not { } database)
        {
            await Console.Error.WriteLineAsync($"{file}: a historian needs {(settings.Broker is null ? "a broker; write broker: {url: mqtt://127.0.0.1:1883}" : "a database; write influxdb: {url: http://127.0.0.1:8086, database: cyclerig}")}");
            return ExitCodes.BadData;
        }

        var troubles = new TroubleBoard(trouble => Console.Error.WriteLine(trouble));
        using var writer = new InfluxWriter(database, troubles);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        await using var asked = cancellation.Register(() => stopped.TrySetResult());
        await using var historian = Historian.Start(broker, group, writer, new DeadLetters(Path.GetFullPath(dead), TimeProvider.System), troubles);
        Console.WriteLine($"rows from {broker} go to {database.Bucket} at {database.Address}; what cannot be written goes to {dead}");
        await stopped.Task;
        Console.WriteLine(FormattableString.Invariant($"{historian.PointsWritten} points written; what was not acknowledged is sent again"));
        return ExitCodes.Ok;
    }
}
