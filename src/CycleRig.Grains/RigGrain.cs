using System.Collections.Immutable;
using CycleRig.Contracts;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Grains.Placement;
using CycleRig.Grains.Running;

namespace CycleRig.Grains;

/// <summary>A rig: gathers what its channels, chambers and presses show, and passes orders for all of them on.</summary>
[RigPlacement]
internal sealed class RigGrain(RigRuntime runtime, IGrainFactory grains) : Grain, IRigGrain
{
    public async Task<RigView> View()
    {
        var channels = await Task.WhenAll(runtime.Channels.Select(channel => Channel(channel).View()));
        var devices = runtime.Rig.Chambers.Concat(runtime.Rig.Presses).Select(device => Device(device.Name)!.View());
        return new(runtime.Rig.Name, [.. channels], [.. await Task.WhenAll(devices)]) { Alarms = [.. runtime.Alarms.Open] };
    }

    /// <summary>Refuses what the rig cannot do beside the runs that are open on it.</summary>
    public async Task<string?> Assign(Protocol protocol, ImmutableArray<string> channels)
    {
        if (channels.FirstOrDefault(name => !runtime.Channels.Contains(name)) is { } unknown)
            return $"rig {runtime.Rig.Name} has no channel `{unknown}`; it has {string.Join(", ", runtime.Channels)}";
        var open = (await Task.WhenAll(runtime.Channels.Select(channel => Channel(channel).View()))).Where(view => view.State is not ("idle" or "completed")).ToList();
        if (open.FirstOrDefault(view => channels.Contains(view.Channel)) is { } busy)
            return $"channel {busy.Channel} is {busy.State}; a run starts on an idle channel";
        var runs = open.ToDictionary(view => view.Channel, view => runtime.ProtocolOf(view.Channel));
        foreach (var channel in channels)
            runs[channel] = protocol;
        if (RigCheck.Problems(runtime.Rig, runs).ToList() is { Count: > 0 } problems)
            return string.Join("; ", problems);
        foreach (var channel in channels)
            runtime.Assign(channel, protocol);
        return null;
    }

    public Task<string?> Acknowledge(string device, string operatorName) => Device(device) is { } grain
        ? grain.Acknowledge(operatorName)
        : Task.FromResult<string?>($"rig {runtime.Rig.Name} has no chamber or press `{device}`");

    private IChannelGrain Channel(string name) => grains.GetGrain<IChannelGrain>(runtime.Key(name));

    private IConditionGrain? Device(string name) => runtime.DeviceGrain(grains, name);
}
