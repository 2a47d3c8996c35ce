using System.Collections.Immutable;
using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Grains.Running;

namespace CycleRig.Grains;

/// <summary>A rig: gathers what its channels, chambers and presses show, and passes orders for all of them on.</summary>
internal sealed class RigGrain(RigRuntime runtime, IGrainFactory grains) : Grain, IRigGrain
{
    public async Task<RigView> View()
    {
        var channels = await Task.WhenAll(runtime.Channels.Select(channel => grains.GetGrain<IChannelGrain>(runtime.Key(channel)).View()));
        var chambers = runtime.Rig.Chambers.Select(chamber => grains.GetGrain<IChamberGrain>(runtime.Key(chamber.Name)).View());
        var presses = runtime.Rig.Presses.Select(press => grains.GetGrain<IPressGrain>(runtime.Key(press.Name)).View());
        return new(runtime.Rig.Name, [.. channels], [.. await Task.WhenAll(chambers.Concat(presses))]);
    }

    public Task<string?> Assign(Protocol protocol, ImmutableArray<string> channels)
    {
        if (channels.FirstOrDefault(name => !runtime.Channels.Contains(name)) is { } unknown)
            return Task.FromResult<string?>($"rig {runtime.Rig.Name} has no channel `{unknown}`; it has {string.Join(", ", runtime.Channels)}");
        var errors = RigCheck.Errors(runtime.Rig, channels.ToDictionary(name => name, _ => protocol)).ToList();
        if (errors.Count > 0)
            return Task.FromResult<string?>(string.Join("; ", errors));
        foreach (var channel in channels)
            runtime.Assign(channel, protocol);
        return Task.FromResult<string?>(null);
    }

    public Task HaltAll(string operatorName, string why, TimeSpan at) => Task.WhenAll(runtime.Channels.Select(channel =>
        grains.GetGrain<IChannelGrain>(runtime.Key(channel)).Order(new HaltOrdered(operatorName, why), at)));
}
