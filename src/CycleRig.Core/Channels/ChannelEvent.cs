using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What happened to a channel; a closed family. What it means is decided by <see cref="ChannelMachine"/>.</summary>
public abstract record ChannelEvent;

/// <summary>An event that the session numbered. Arms and lease renewals cite such numbers.</summary>
/// <param name="Ordinal">Number within the session's boot, rising.</param>
public abstract record SessionEvent(long Ordinal) : ChannelEvent;

/// <summary>The session accepted this host as owner.</summary>
/// <param name="Ordinal">Number of the event.</param>
/// <param name="Token">To be shown with every arm and renewal.</param>
/// <param name="StopNumber">The session's stop number now.</param>
/// <param name="Stops">The newest stops since the boot of the device host, oldest first, at most 64.</param>
/// <param name="Charge">What the session has counted in the run, also while no host listened.</param>
public sealed record Attached(
    long Ordinal, OwnerToken Token, long StopNumber, ImmutableArray<NumberedStop> Stops, ChargePair Charge) : SessionEvent(Ordinal);

/// <summary>One second has passed, and the session lives.</summary>
public sealed record SessionTicked(long Ordinal) : SessionEvent(Ordinal);

/// <summary>A sample that the guard has judged.</summary>
public sealed record SampleMeasured(long Ordinal, Sample Sample, ChargePair Charge) : SessionEvent(Ordinal);

/// <summary>A sweep is complete.</summary>
public sealed record SpectrumMeasured(long Ordinal, long Segment, Spectrum Spectrum) : SessionEvent(Ordinal);

/// <summary>Of a sweep that goes on, what lies above 1 kHz is complete. It tells R_bulk; the whole sweep follows.</summary>
public sealed record SpectrumPartMeasured(long Ordinal, long Segment, Spectrum Part) : SessionEvent(Ordinal);

/// <summary>The instrument runs the segment, or holds it queued behind the running one.</summary>
public sealed record SegmentArmed(long Ordinal, long Segment, bool Queued) : SessionEvent(Ordinal);

/// <summary>The instrument ended the segment by itself.</summary>
/// <param name="Ordinal">Number of the event.</param>
/// <param name="Segment">Which.</param>
/// <param name="End">Why.</param>
/// <param name="Seconds">How long it ran, s.</param>
/// <param name="Charge">What passed in this segment.</param>
public sealed record SegmentEnded(long Ordinal, long Segment, SegmentEnd End, double Seconds, ChargePair Charge) : SessionEvent(Ordinal);

/// <summary>The session or the instrument did not accept an arm.</summary>
public sealed record ArmRefused(long Ordinal, long Segment, string Why) : SessionEvent(Ordinal);

/// <summary>The session stopped the channel: guard, lease, permit, supervisor or a command of the machine.</summary>
/// <param name="Ordinal">Number of the event.</param>
/// <param name="StopNumber">The new stop number.</param>
/// <param name="Cause">Why.</param>
/// <param name="Ordered">Whether the machine ordered it, and so knows the cause already.</param>
public sealed record SessionStopped(long Ordinal, long StopNumber, Cause Cause, bool Ordered) : SessionEvent(Ordinal);

/// <summary>The session took a grant: this stop number may be armed under this allowance.</summary>
public sealed record Granted(long Ordinal, long StopNumber, Allowance Allowance) : SessionEvent(Ordinal);

/// <summary>The instrument is idle and no current flows.</summary>
public sealed record OffConfirmed(long Ordinal, ChargePair Charge) : SessionEvent(Ordinal);

/// <summary>The session opened the cell relay.</summary>
public sealed record RelayOpened(long Ordinal, string Why) : SessionEvent(Ordinal);

/// <summary>A permit was granted or withdrawn.</summary>
public sealed record PermitChanged(long Ordinal, Permit Permit, bool Held, Reason Reason, string Detail) : SessionEvent(Ordinal);

/// <summary>The instrument does not answer any more.</summary>
public sealed record DeviceLost(long Ordinal, string Detail) : SessionEvent(Ordinal);

/// <summary>The instrument answers again; its cell was turned off and confirmed.</summary>
public sealed record DeviceFound(long Ordinal) : SessionEvent(Ordinal);

/// <summary>The early warning's verdict on a spectrum, or on the lack of spectra. One on another run than the open one means nothing.</summary>
/// <param name="Run">The run that it judges.</param>
/// <param name="Spectrum">Index of the spectrum, or null for a verdict on samples or on blindness.</param>
/// <param name="AsOfSeconds">Sample time of the newest datum that the verdict used, s on the run's clock.</param>
/// <param name="Level">Verdict.</param>
/// <param name="Valid">Whether the spectrum could be used at all; only such a verdict counts against the blind limit.</param>
/// <param name="Reason">Reason of a halt.</param>
/// <param name="Detail">In words.</param>
public sealed record SpectrumAssessed(
    Guid Run, int? Spectrum, double AsOfSeconds, WarningLevel Level, bool Valid, Reason Reason, string Detail) : ChannelEvent;

/// <summary>The early warning has planned the sweeps of a run anew.</summary>
/// <param name="Run">The run that it is for; for another than the open one it means nothing.</param>
/// <param name="Schedule">The plan.</param>
/// <param name="Why">In words: what it rests on, and what it is to bring.</param>
public sealed record SweepsPlanned(Guid Run, SweepSchedule Schedule, string Why) : ChannelEvent;

/// <summary>Every event up to this number, and what was decided on it, is on disk.</summary>
public sealed record Durable(long UpTo) : ChannelEvent;

/// <summary>Something outside session and early warning found a cause: storage, host, journal.</summary>
public sealed record CauseFound(Reason Reason, string Detail) : ChannelEvent;

/// <summary>Nothing keeps this cause open any more.</summary>
public sealed record CauseGone(Reason Reason) : ChannelEvent;

/// <summary>The host came back and rebuilt this channel from the journal; the session's answer to its attach follows.</summary>
/// <param name="DetectorRebuilt">Whether the detector's state was found in the journal.</param>
public sealed record HostRestarted(bool DetectorRebuilt) : ChannelEvent;

/// <summary>An operator's order; a closed family of its own.</summary>
/// <param name="Operator">Name of the person.</param>
public abstract record OperatorEvent(string Operator) : ChannelEvent;

/// <summary>Begin a run.</summary>
/// <param name="Operator">Name of the person.</param>
/// <param name="Run">Id of the new run.</param>
/// <param name="FromStep">Index of the step to go on from, with the charge so far carried over; null for all steps and charge from zero.</param>
/// <param name="StopNumber">The stop number that the operator's view showed.</param>
/// <param name="StateVersion">The state version that the operator's view showed.</param>
public sealed record StartOrdered(string Operator, Guid Run, int? FromStep, long StopNumber, long StateVersion) : OperatorEvent(Operator);

public sealed record PauseOrdered(string Operator) : OperatorEvent(Operator);

/// <summary>Go on after a pause.</summary>
/// <param name="Operator">Name of the person.</param>
/// <param name="StopNumber">The stop number that the operator's view showed.</param>
/// <param name="StateVersion">The state version that the operator's view showed.</param>
public sealed record ResumeOrdered(string Operator, long StopNumber, long StateVersion) : OperatorEvent(Operator);

/// <summary>Leave the present step and go on with the next.</summary>
public sealed record SkipOrdered(string Operator, long StateVersion) : OperatorEvent(Operator);

public sealed record HaltOrdered(string Operator, string Why) : OperatorEvent(Operator);

/// <summary>Acknowledge the causes that were seen; it never starts anything.</summary>
public sealed record Acknowledged(string Operator, ImmutableArray<Reason> Seen) : OperatorEvent(Operator);
