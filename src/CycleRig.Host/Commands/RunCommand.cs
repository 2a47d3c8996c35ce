using System.CommandLine;
using CycleRig.Contracts;
using CycleRig.Core.Experiments;
using CycleRig.Core.Telemetry;
using CycleRig.Files;
using CycleRig.Host.Running;
using CycleRig.Web;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig run`: a protocol on the rig that is served, or on one that this command hosts until the run's end.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(30);

    /// <summary>After this the start itself says what is missing.</summary>
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StartsEvery = TimeSpan.FromMilliseconds(50);

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "Protocol file." };
        var rig = new Option<string?>("--rig") { Description = "Rig file; needed where no host serves the data folder." };
        var data = Shared.Data();
        var channels = new Option<string[]>("--channel") { Description = "Channels; all of the rig unless given.", AllowMultipleArgumentsPerToken = true };
        var person = Shared.Operator();
        var telemetry = Shared.Telemetry();
        var command = new Command("run", "Runs a protocol. Submits it to the host of the data folder, else hosts the rig until the run ends.") { file, rig, data, channels, person, telemetry };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(rig), parsed.GetValue(data)!, parsed.GetValue(channels) ?? [], parsed.GetValue(person)!, parsed.GetValue(telemetry), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? rig, string data, string[] channels, string person, string? telemetry, CancellationToken cancellation)
    {
        var source = ProtocolFile.ReadSource(file);
        var request = new RunRequest(person, await File.ReadAllTextAsync(file, cancellation), channels);
        if (new DataFolder(data).Host() is not null)
        {
            using var client = ApiClient.For(data);
            foreach (var view in await client.Run(request, cancellation))
                Console.WriteLine($"{view.Channel}: run {view.Run} of {source.Protocol.Name} started");
            return ExitCodes.Ok;
        }

        if (rig is null)
        {
            await Console.Error.WriteLineAsync($"no host serves {data}; give --rig FILE to host the rig until the run's end");
            return ExitCodes.Usage;
        }

        var description = RigFile.Read(rig);
        var named = channels.Length > 0 ? channels : [.. description.Channels.Select(channel => channel.Name)];
        if (named.FirstOrDefault(name => description.Channels.All(known => known.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"rig {description.Name} has no channel `{unknown}`; it has {string.Join(", ", description.Channels.Select(known => known.Name))}");
            return ExitCodes.Usage;
        }

        var problems = RigCheck.Problems(description, named.Distinct().ToDictionary(name => name, _ => source.Protocol)).ToList();
        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(source.At(problem).ToString());
        return problems.Count > 0 ? ExitCodes.BadData : await Hosted(description, data, request, telemetry is null ? TelemetrySettings.Default : TelemetryFile.Read(telemetry), cancellation);
    }

    private static async Task<int> Hosted(RigDescription rig, string data, RunRequest request, TelemetrySettings telemetry, CancellationToken cancellation)
    {
        await using var served = await ServedRig.StartAsync(rig, new(data), null, 0, telemetry, line => Console.WriteLine(line));
        using var client = ApiClient.For(data);
        // Every session has turned its cell off and sampled before anything is started.
        var began = TimeProvider.System.GetTimestamp();
        while (!(await client.Rig(cancellation)).Channels.All(view => view.SampleSeconds is not null && view.CellIsOff)
            && TimeProvider.System.GetElapsedTime(began) < ReadyWithin)
            await Task.Delay(StartsEvery, TimeProvider.System, cancellation);
        var started = await client.Run(request, cancellation);
        var stopped = served.UntilStoppedAsync(cancellation);
        var told = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await Task.WhenAny(stopped, Task.Delay(LookEvery, TimeProvider.System, CancellationToken.None)) == stopped)
                return ExitCodes.Interrupted;
            var views = (await client.Rig(CancellationToken.None)).Channels.Where(view => started.Any(run => run.Channel == view.Channel)).ToList();
            if (SinceTold(ref told) && views.Where(view => view.State == "settling").ToList() is { Count: > 0 } settling)
                settling.ForEach(view => Console.WriteLine(FormattableString.Invariant($"{view.Channel}  settling: {view.Celsius:F1} °C, {view.Megapascals:F2} MPa")));
            if (views.All(view => view.State is not ("settling" or "running" or "paused")))
                return Told(views);
        }
    }

    /// <summary>Whether it is time to tell of a wait again.</summary>
    private static bool SinceTold(ref long told)
    {
        if (TimeProvider.System.GetElapsedTime(told) < TellEvery)
            return false;
        told = TimeProvider.System.GetTimestamp();
        return true;
    }

    private static int Told(IReadOnlyList<ChannelView> views)
    {
        foreach (var view in views)
            Console.WriteLine($"{view.Channel}: {view.State} {string.Join("; ", view.Causes)}");
        return views.Any(view => view.State == "halted") ? ExitCodes.CellHalted : ExitCodes.Ok;
    }
}
