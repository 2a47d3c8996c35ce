using CycleRig.Core.Channels;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>Who may arm a channel: its owner, the stop number that was granted, and the lease.</summary>
/// <param name="bootId">Drawn when the device host started; voids every older token.</param>
internal sealed class Tenure(Guid bootId)
{
    private long _owners;

    public OwnerToken? Owner { get; private set; }

    public long? Granted { get; private set; }

    public TimeSpan LeaseUntil { get; private set; }

    /// <summary>Gives the channel to a new owner; nothing is granted to it yet.</summary>
    public OwnerToken Take()
    {
        Granted = null;
        Owner = new(bootId, ++_owners);
        return Owner.Value;
    }

    /// <summary>A stop voids what was granted.</summary>
    public void Void() => Granted = null;

    public void Grant(long stopNumber) => Granted = stopNumber;

    /// <summary>The lease runs from when the event that was decided was sent; it never gets shorter.</summary>
    public void Renew(TimeSpan sent) => LeaseUntil = sent + SessionSettings.Lease > LeaseUntil ? sent + SessionSettings.Lease : LeaseUntil;

    /// <summary>Why an arm is not the owner's to give now, or null.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="stopNumber">The channel's stop number.</param>
    /// <param name="seen">When the event that the arm cites was sent, or null.</param>
    /// <param name="now">Rig time.</param>
    public string? Refusal(ArmSegment arm, long stopNumber, TimeSpan? seen, TimeSpan now)
    {
        if (arm.Token != Owner)
            return "the token is not the owner's";
        if (arm.StopNumber != stopNumber || Granted != stopNumber)
            return $"stop number {arm.StopNumber} was not granted (now {stopNumber})";
        if (seen is not { } sent || now - sent > SessionSettings.Freshness)
            return "what the decision saw is older than 3 s";
        return now > LeaseUntil ? "the lease is not live" : null;
    }
}
