using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What a decision wants done; a closed family in three classes: stop, energise, other.</summary>
public abstract record ChannelCommand
{
    /// <summary>Whether current can flow because of it. Such a command waits until its decision is durable.</summary>
    public virtual bool Energises => false;

    /// <summary>Whether it goes out at once, waits for nothing and is never cancelled.</summary>
    public virtual bool Stops => false;
}

/// <summary>Turn the cell off.</summary>
/// <param name="Finish">True for a planned end, which raises no stop number; false for a stop.</param>
/// <param name="Cause">Why.</param>
public sealed record CellOff(bool Finish, Cause Cause) : ChannelCommand
{
    public override bool Stops => true;
}

/// <summary>Open the cell relay.</summary>
public sealed record OpenRelay(string Why) : ChannelCommand
{
    public override bool Stops => true;
}

/// <summary>Run a segment.</summary>
/// <param name="Token">Ownership.</param>
/// <param name="StopNumber">The stop number that the decision saw.</param>
/// <param name="SeenSessionEvent">The newest session event that the decision saw.</param>
/// <param name="Segment">The order.</param>
/// <param name="Queued">Whether it follows the running segment without a gap.</param>
public sealed record ArmSegment(OwnerToken Token, long StopNumber, long SeenSessionEvent, Segment Segment, bool Queued) : ChannelCommand
{
    public override bool Energises => true;
}

/// <summary>Run a sweep around rest on a channel that the early warning halted: the one order that a halt lets through.</summary>
/// <param name="Token">Ownership.</param>
/// <param name="StopNumber">The stop number that the decision saw: that of the halt.</param>
/// <param name="SeenSessionEvent">The newest session event that the decision saw.</param>
/// <param name="Segment">The order, without direct current.</param>
public sealed record ArmProbe(OwnerToken Token, long StopNumber, long SeenSessionEvent, Segment Segment) : ChannelCommand
{
    public override bool Energises => true;
}

/// <summary>Hand out the present stop number with an allowance: only after an operator's start or resume, or by the restart rule.</summary>
/// <param name="Token">Ownership.</param>
/// <param name="StopNumber">The stop number that the start or resume cited.</param>
/// <param name="Allowance">What may pass.</param>
/// <param name="Operator">Who ordered it.</param>
/// <param name="NewRun">Whether the session counts charge from zero.</param>
public sealed record GrantAllowance(OwnerToken Token, long StopNumber, Allowance Allowance, string Operator, bool NewRun) : ChannelCommand
{
    public override bool Energises => true;
}

/// <summary>Keep the lease alive: cites the newest session event that was decided.</summary>
public sealed record RenewLease(OwnerToken Token, long DecidedSessionEvent) : ChannelCommand;

/// <summary>Set-points of the chamber and the press under this channel.</summary>
public sealed record SetConditions(Temperature? Temperature, Pressure? Pressure) : ChannelCommand;

/// <summary>Fit a spectrum and judge it, on a worker.</summary>
/// <param name="Spectrum">The spectrum, or the upper part of one.</param>
/// <param name="IsPart">Whether the sweep goes on: then it can only halt.</param>
/// <param name="Superimposed">What the present step asks for, where a schedule of sweeps may be planned on this spectrum; else null.</param>
public sealed record AssessSpectrum(Spectrum Spectrum, bool IsPart = false, SuperimposedSweep? Superimposed = null) : ChannelCommand;

/// <summary>Tell people.</summary>
public sealed record RaiseAlarm(Reason Reason, string Text) : ChannelCommand;

/// <summary>Close the run in the journal.</summary>
public sealed record CloseRun(Guid Run, Reason Reason) : ChannelCommand;
