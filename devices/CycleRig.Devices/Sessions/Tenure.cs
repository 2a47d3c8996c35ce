using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>Who may arm a channel: its owner, the stop number that was granted, and the lease.</summary>
/// <param name="bootId">Drawn when the device host started; voids every older token.</param>
/// <param name="probeMost">Largest current of a sweep after a halt that any start can grant.</param>
internal sealed class Tenure(Guid bootId, Current probeMost)
{
    private readonly ProbePermit _probe = new(probeMost);
    private long _owners;

    public OwnerToken? Owner { get; private set; }

    public long? Granted { get; private set; }

    public TimeSpan LeaseUntil { get; private set; }

    /// <summary>Gives the channel to a new owner; nothing is granted to it yet.</summary>
    public OwnerToken Take()
    {
        Granted = null;
        _probe.End();
        Owner = new(bootId, ++_owners);
        return Owner.Value;
    }

    /// <summary>A stop voids what was granted; sweeps around rest may be left (<see cref="ProbePermit"/>).</summary>
    /// <param name="number">Its number, raised already.</param>
    /// <param name="cause">Why.</param>
    /// <param name="ordered">Whether the owner ordered it.</param>
    public void Stopped(long number, Cause cause, bool ordered)
    {
        _probe.Stopped(number, cause, ordered, wasGranted: Granted is not null);
        Granted = null;
    }

    /// <param name="stopNumber">Stop number that was cited.</param>
    /// <param name="probeMax">Largest current of a sweep after a halt, or null.</param>
    public void Grant(long stopNumber, Current? probeMax)
    {
        Granted = stopNumber;
        _probe.Give(probeMax);
    }

    /// <summary>The lease runs from when the event that was decided was sent; it never gets shorter.</summary>
    public void Renew(TimeSpan sent) => LeaseUntil = sent + SessionSettings.Lease > LeaseUntil ? sent + SessionSettings.Lease : LeaseUntil;

    /// <summary>Why an arm is not the owner's to give now, or null.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="stopNumber">The channel's stop number.</param>
    /// <param name="seen">When the event that the arm cites was sent, or null.</param>
    /// <param name="now">Rig time.</param>
    public string? Refusal(ArmSegment arm, long stopNumber, TimeSpan? seen, TimeSpan now) =>
        NotOwner(arm.Token)
        ?? (arm.StopNumber != stopNumber || Granted != stopNumber ? $"stop number {arm.StopNumber} was not granted (now {stopNumber})" : null)
        ?? Stale(seen, now);

    /// <summary>Why a sweep after a halt is not the owner's to give now, or null.</summary>
    /// <param name="arm">The sweep.</param>
    /// <param name="stopNumber">The channel's stop number.</param>
    /// <param name="seen">When the event that it cites was sent, or null.</param>
    /// <param name="now">Rig time.</param>
    public string? Refusal(ArmProbe arm, long stopNumber, TimeSpan? seen, TimeSpan now) =>
        NotOwner(arm.Token) ?? _probe.Refusal(arm, stopNumber) ?? Stale(seen, now);

    /// <summary>Books a sweep after a halt that goes out.</summary>
    public void DrawProbe() => _probe.Draw();

    private string? NotOwner(OwnerToken token) => token == Owner ? null : "the token is not the owner's";

    private string? Stale(TimeSpan? seen, TimeSpan now) =>
        seen is not { } sent || now - sent > SessionSettings.Freshness ? "what the decision saw is older than 3 s"
        : now > LeaseUntil ? "the lease is not live"
        : null;
}
