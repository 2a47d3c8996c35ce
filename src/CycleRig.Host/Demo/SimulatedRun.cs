using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Grains.Running;
using CycleRig.Host.Running;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Demo;

/// <summary>
/// A rig file and a protocol, run through the real controller against simulated cells, faster than real time and the same on any
/// machine.
/// </summary>
/// <param name="rig">The rig.</param>
/// <param name="protocol">What every channel runs.</param>
/// <param name="seed">Seed of cells, instruments and latencies.</param>
/// <param name="scripts">What a scenario says of the cells, by channel; null for nothing.</param>
/// <param name="goesOn">State in which an earlier run of the same rig, seed and scripts left its cells; null for a new rig.</param>
/// <param name="person">Who starts the runs, as their events say.</param>
internal sealed class SimulatedRun(
    RigDescription rig, Protocol protocol, int seed, IReadOnlyDictionary<string, CellScript>? scripts = null, RigSnapshot? goesOn = null, string person = "demo")
{
    private static readonly DateTimeOffset Anchor = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What settling, sweeps and pauses may add to the planned time of the steps.</summary>
    private static readonly TimeSpan BesideThePlan = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterTheLast = TimeSpan.FromSeconds(10);

    private readonly List<Exception> _faults = [];

    /// <summary>Told of state changes, alarms and what a file lets happen: channel, chamber or press, text, rig time.</summary>
    public event Action<string, string, TimeSpan>? Noted;

    /// <summary>Runs every channel to its end.</summary>
    /// <param name="journal">Takes what happens.</param>
    /// <param name="watch">Shown the rig once per simulated minute, or null.</param>
    /// <param name="cancellation">Turns every cell off and ends.</param>
    public async Task<SimulatedOutcome> RunAsync(Journal journal, Action<RigView, TimeSpan>? watch, CancellationToken cancellation)
    {
        using var time = new DiscreteRigTime(Anchor);
        var simulated = new SimulatedRig(rig, seed, time, scripts);
        if (goesOn is not null)
            simulated.Restore(goesOn);
        var draw = new Random(seed);
        var bootId = RunIds.From(Anchor, draw);
        var devices = new DeviceHost(bootId, time, simulated.Wirings, simulated.Devices);
        var protocols = rig.Channels.ToDictionary(channel => channel.Name, _ => protocol);
        var link = new LocalLink(devices, time, Latency.Drawn(seed));
        var runtime = new RigRuntime(rig, protocols, time, link, journal, Latency.Drawn(seed + 1));
        var ended = new HashSet<string>();
        runtime.Faulted += fault =>
        {
            lock (_faults)
                _faults.Add(fault);
        };
        runtime.Noted += (channel, text) =>
        {
            if (text is "completed" or "halted")
                ended.Add(channel);
            Noted?.Invoke(channel, text, time.Now);
        };
        await using var host = await RigHost.StartAsync(runtime, cancellation);
        var runs = Start(runtime, host.Grains, time, draw);
        if (goesOn is null)
            Announce(time);
        if (watch is not null)
            time.Every(TimeSpan.FromMinutes(1), () => runtime.Track(Task.Run(async () => watch(await View(host, runtime), time.Now), cancellation)));
        var limit = BesideThePlan + rig.Channels.Max(Planned);
        var all = time.RunUntil(() => ended.Count == rig.Channels.Length || _faults.Count > 0, limit, cancellation);
        var until = time.Now + AfterTheLast;
        time.RunUntil(() => false, until, cancellation);
        Rethrow();
        if (!all)
            throw new InvalidOperationException($"not every channel had ended after {limit.TotalDays:F1} d of rig time");
        var view = await View(host, runtime);
        journal.Flush();
        return new(view, simulated, runs, time.Now);
    }

    private void Announce(RigTime time)
    {
        foreach (var happening in Happening.Of(rig, scripts))
            time.After(happening.At, () => Noted?.Invoke(happening.Where, $"{happening.Text} begins", time.Now));
    }

    private TimeSpan Planned(ChannelDescription channel)
    {
        var plan = PlanCheck.For(channel, protocol);
        return TimeSpan.FromSeconds(plan.Steps.Sum(step => StepExposure.LastsSeconds(step, plan)));
    }

    private static Task<RigView> View(RigHost host, RigRuntime runtime) => host.Grains.GetGrain<IRigGrain>(runtime.Rig.Name).View();

    private Dictionary<string, Guid> Start(RigRuntime runtime, IGrainFactory grains, RigTime time, Random draw)
    {
        var runs = new Dictionary<string, Guid>();
        foreach (var channel in runtime.Channels)
        {
            var run = runs[channel] = RunIds.From(time.Anchor, draw);
            // Two seconds after the start every session has turned its cell off and answered.
            time.After(TimeSpan.FromSeconds(2), () => runtime.Track(Order(grains.GetGrain<IChannelGrain>(runtime.Key(channel)), run, time)));
        }

        return runs;
    }

    private async Task Order(IChannelGrain channel, Guid run, RigTime time)
    {
        var view = await channel.View();
        var answer = await channel.Order(new StartOrdered(person, run, null, view.StopNumber, view.Version), time.Now);
        if (!answer.Accepted)
            throw new InvalidOperationException($"{view.Channel} was not started: {answer.Why}");
    }

    private void Rethrow()
    {
        lock (_faults)
        {
            if (_faults.Count > 0)
                throw new InvalidOperationException("the controller failed under simulation", _faults[0]);
        }
    }
}

/// <summary>How a simulated run ended.</summary>
/// <param name="View">The rig at the end.</param>
/// <param name="Simulated">What really happened.</param>
/// <param name="Runs">Run of each channel.</param>
/// <param name="Lasted">Rig time.</param>
internal sealed record SimulatedOutcome(RigView View, SimulatedRig Simulated, IReadOnlyDictionary<string, Guid> Runs, TimeSpan Lasted);
