using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>Rig time of simulated devices: that of the loop, until a rig goes on from a snapshot with the time it had.</summary>
/// <param name="loop">The rig's loop.</param>
internal sealed class ResumedRigTime(RigTime loop) : RigTime
{
    private TimeSpan _origin;

    public override TimeSpan Now => _origin + loop.Now;

    public override DateTimeOffset Anchor => loop.Anchor - _origin;

    /// <summary>It is another time now.</summary>
    public void Resume(TimeSpan now) => _origin = now - loop.Now;

    public override void After(TimeSpan delay, Action action) => loop.After(delay, action);

    public override IDisposable Busy() => loop.Busy();
}
