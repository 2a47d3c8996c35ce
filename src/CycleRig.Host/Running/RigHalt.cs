using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Grains.Running;
using CycleRig.Telemetry.Halting;

namespace CycleRig.Host.Running;

/// <summary>What a halt over MQTT does to a rig: the same as one by the API.</summary>
internal static class RigHalt
{
    /// <summary>The channels of a rig as targets of halts.</summary>
    /// <param name="runtime">The rig.</param>
    /// <param name="grains">Its grains.</param>
    public static HaltTarget Target(RigRuntime runtime, IGrainFactory grains) => new(
        runtime.Rig.Name,
        runtime.Channels,
        (channel, person, why) =>
        {
            // The cell goes off by the link at once; the grain, which may be busy or hang, latches the halt when it comes to it.
            runtime.Link.Send(channel, new CellOff(Finish: false, new(Reason.OperatorHalt, runtime.Time.Now, $"{person}: {why}")));
            runtime.Track(Task.Run(() => grains.GetGrain<IChannelGrain>(runtime.Key(channel)).Order(new HaltOrdered(person, why), runtime.Time.Now)));
        },
        async channel => (await grains.GetGrain<IChannelGrain>(runtime.Key(channel)).View()).Run?.ToString(),
        async channel => await grains.GetGrain<IChannelGrain>(runtime.Key(channel)).View() is { CellIsOff: true, State: "halted" or "idle" or "completed" or "paused" });
}
