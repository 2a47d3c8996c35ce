using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>Where a run stands.</summary>
public sealed record RunProgress
{
    /// <summary>Id of the run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Who started it.</summary>
    public required string Operator { get; init; }

    /// <summary>Index of the present step among the unrolled ones.</summary>
    public required int Step { get; init; }

    /// <summary>Rig time at which the step began.</summary>
    public required TimeSpan StepBegan { get; init; }

    /// <summary>Rig time since which chamber and press are within tolerance, or null.</summary>
    public TimeSpan? SettledSince { get; init; }

    /// <summary>Time under current in this step, ended segments only, s.</summary>
    public double StepSeconds { get; init; }

    /// <summary>Throughput in this step, ended segments only, C: as the instrument counted, the upper bound where it told no end.</summary>
    public double StepCoulombs { get; init; }

    /// <summary>Throughput of the run at the step's begin, upper bound, C: what the session counted since is all that can have passed.</summary>
    public double StepBeganCoulombs { get; init; }

    /// <summary>Whether the step's charge or voltage was reached.</summary>
    public bool EndedAtBound { get; init; }

    /// <summary>Number of the last segment that was planned.</summary>
    public long Segments { get; init; }

    /// <summary>Index of the next sweep.</summary>
    public int Sweeps { get; init; }

    /// <summary>Rig time at which the next superimposed sweep is due.</summary>
    public TimeSpan SweepDue { get; init; }

    /// <summary>How often to sweep, or null before that is planned.</summary>
    public SweepSchedule? Schedule { get; init; }

    /// <summary>Whether a warning has lowered the current, as the protocol asks; it stays lowered until the run's end.</summary>
    public bool IsDerated { get; init; }

    /// <summary>The segment that the instrument runs, with the rig time at which it was armed.</summary>
    public LiveSegment? Live { get; init; }

    /// <summary>The segment behind it.</summary>
    public Segment? Queued { get; init; }

    /// <summary>A segment that was decided and waits for the disk, or for the session's answer.</summary>
    public WantedSegment? Wanted { get; init; }

    /// <summary>A check at rest before current may flow again (resume, restart), or null.</summary>
    public CheckPhase? Check { get; init; }

    /// <summary>Owner under which the run was granted: a restart compares its boot with the session's.</summary>
    public OwnerToken? ArmedBy { get; init; }

    /// <summary>Stop number that the run was granted: a restart looks at the stops after it.</summary>
    public long StopNumberSeen { get; init; }

    /// <summary>Set after a restart of the host until the session has answered; nothing is armed meanwhile.</summary>
    public RestartEvidence? Restart { get; init; }

    /// <summary>Rig time at which something was decided or sent that waits for an answer, or ended, last: an answer that does not come is missed from here.</summary>
    public TimeSpan ActedAt { get; init; }

    /// <summary>Arms refused one after the other.</summary>
    public int Refusals { get; init; }

    /// <summary>An allowance that was decided and waits for the disk, or for the session's answer.</summary>
    public WantedGrant? Grant { get; init; }
}

/// <summary>A segment that the instrument runs.</summary>
/// <param name="Segment">The order.</param>
/// <param name="Began">Rig time at which it began.</param>
public sealed record LiveSegment(Segment Segment, TimeSpan Began);

/// <summary>A segment on its way.</summary>
/// <param name="Segment">The order.</param>
/// <param name="Event">Number of the event on which it was decided; it goes out when that is durable.</param>
/// <param name="Queued">Whether it follows the running one.</param>
/// <param name="Sent">Whether it went out.</param>
public sealed record WantedSegment(Segment Segment, long Event, bool Queued, bool Sent);

/// <summary>An allowance on its way.</summary>
/// <param name="StopNumber">The number that the start or resume cited.</param>
/// <param name="Allowance">What it hands to the session.</param>
/// <param name="Event">Number of the event on which it was decided.</param>
/// <param name="Sent">Whether it went out.</param>
/// <param name="NewRun">Whether the session counts charge from zero.</param>
public sealed record WantedGrant(long StopNumber, Allowance Allowance, long Event, bool Sent, bool NewRun);

/// <summary>What a restarted host knows of its detector.</summary>
/// <param name="DetectorRebuilt">Whether the detector's state was found in the journal.</param>
public sealed record RestartEvidence(bool DetectorRebuilt);

/// <summary>How far a check at rest has come.</summary>
public enum CheckPhase
{
    /// <summary>The check spectrum is still to be measured.</summary>
    Due,

    /// <summary>The check spectrum was ordered; its verdict is awaited.</summary>
    Measuring,
}
