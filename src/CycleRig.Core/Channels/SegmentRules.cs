using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>When a segment is wanted, and what its end means.</summary>
internal static class SegmentRules
{
    /// <summary>A segment is queued not earlier than this before the running one ends.</summary>
    public static readonly TimeSpan QueueLead = TimeSpan.FromSeconds(5);

    /// <summary>Arms refused one after the other until the run halts.</summary>
    public const int RefusalsMax = 3;

    /// <summary>Share of a segment's charge that counts as nothing left: the resolution of the instrument's own bound.</summary>
    private const double ChargeResolution = 1e-4;

    /// <summary>Books what a session event says about segments, in every state with an open run.</summary>
    public static ChannelState Account(ChannelState state, Happened happened, ChannelPlan plan) => (state, happened.Event) switch
    {
        (Running or Settling, SegmentArmed armed) => With(state, Armed(state.OpenRun!, armed, happened.At)),
        (Running or Settling or Paused, SweepsPlanned planned) when state.OpenRun!.Run == planned.Run => With(state, state.OpenRun with { Schedule = planned.Schedule }),
        (Running or Settling or Paused, SpectrumAssessed { Level: WarningLevel.Warning }) when plan.Safety.DerateTo is { } share && !state.OpenRun!.IsDerated =>
            With(state, Derated(state.OpenRun, share)),
        (Halted { Probe: { } probe }, SegmentEnded ended) when probe.IsOut(ended.Segment) => state,
        (_, SegmentEnded ended) when state.OpenRun is { } progress => With(state, Ended(progress, ended, happened.At, plan.Steps[progress.Step])),
        (Running or Settling, Granted granted) when state.OpenRun!.Grant is not { Sent: true } grant || grant.Allowance == granted.Allowance =>
            With(state, state.OpenRun! with { Grant = null, ArmedBy = state.Ledger.Token, StopNumberSeen = granted.StopNumber }),
        _ => state,
    };

    /// <summary>Whether the step has had all that it asks for, and nothing is live or on its way.</summary>
    public static bool IsOver(RunProgress progress, ChannelPlan plan) =>
        progress.Live is null && progress.Queued is null && progress.Wanted is null && plan.Steps[progress.Step] switch
        {
            Galvanostatic step => SegmentPlanner.Remaining(step, progress, plan) is var left
                && (left.Seconds < SegmentPlanner.SecondsResolution || left.Coulombs <= ChargeResolution * plan.Safety.SegmentCapacity.CoulombsPerSquareMetre * plan.Cell.Area.SquareMetres
                    || progress.EndedAtBound),
            PotentiostaticHold hold => hold.Duration.TotalSeconds - progress.StepSeconds < SegmentPlanner.SecondsResolution,
            PotentiostaticImpedance or GalvanostaticImpedance => progress.StepSeconds > 0,
            _ => false,
        };

    /// <summary>Wants the next segment when it is time for one.</summary>
    public static Decision Want(Running running, Happened happened, ChannelPlan plan)
    {
        var progress = running.Progress;
        if (progress.Wanted is not null || progress.Queued is not null || !CanWant(running))
            return Decision.Of(running);
        if (progress.Live is { } live && !(plan.Instrument.CanQueue && live.Began + live.Segment.DurationMax - happened.At <= QueueLead))
            return Decision.Of(running);
        if (SegmentPlanner.Next(running, happened.At, plan) is not { } segment)
            return Decision.Of(running);
        return Wanting(running, segment, happened);
    }

    /// <summary>Wants the check spectrum when the allowance is there.</summary>
    public static Decision WantCheck(Running running, Happened happened, ChannelPlan plan)
    {
        var progress = running.Progress;
        return progress.Check == CheckPhase.Due && progress.Live is null && progress.Wanted is null && CanWant(running)
            ? Wanting(running with { Progress = progress with { Check = CheckPhase.Measuring } }, SegmentPlanner.Check(progress.Run, progress.Segments + 1, progress.Sweeps, plan), happened)
            : Decision.Of(running);
    }

    /// <summary>What an end by the instrument means beyond the plan, or null.</summary>
    public static Reason? Breach(SegmentEnded ended, RunProgress progress, ChannelPlan plan) =>
        // Of an abort the session says whether it ordered it.
        ended.End == SegmentEnd.Aborted
            ? null
            : UnplannedEnd.Of(ended.End, plan.Steps[progress.Step] is Galvanostatic { Ends.VoltageMagnitude: not null } && progress.EndedAtBound);

    public static Decision Refused(ChannelState state, ArmRefused refused)
    {
        var progress = state.OpenRun!;
        var next = progress with
        {
            Wanted = null,
            Queued = progress.Queued?.Number == refused.Segment ? null : progress.Queued,
            Refusals = progress.Refusals + 1,
            Check = progress.Check is null ? null : CheckPhase.Due,
        };
        return next.Refusals >= RefusalsMax
            ? Halting.Halt(state, Reason.ArmRefused, $"segment {refused.Segment} was refused: {refused.Why}")
            : Decision.Of(With(state, next));
    }

    /// <summary>A segment follows a live one without a gap, or begins on a cell that is confirmed off.</summary>
    private static bool CanWant(Running running) =>
        (running.Ledger.OffConfirmed || running.Progress.Live is not null) && running.Ledger.GrantedNumber == running.Ledger.StopNumber && running.Ledger.DeviceOnline && running.Progress.Grant is null;

    private static Decision Wanting(Running running, Segment segment, Happened happened)
    {
        var progress = running.Progress;
        var queued = progress.Live is not null;
        return new(
            running with
            {
                Progress = progress with
                {
                    ActedAt = happened.At,
                    Segments = segment.Number,
                    Sweeps = progress.Sweeps + segment.SweepCount,
                    SweepDue = segment.Sweep is null ? progress.SweepDue : SegmentPlanner.Begins(progress, happened.At),
                    Wanted = new(segment, happened.Number, queued, Sent: false),
                },
            },
            [],
            AwaitsDurable: true);
    }

    /// <summary>The current goes down with the next segment; one that is not on its way yet goes out with less.</summary>
    private static RunProgress Derated(RunProgress progress, double share) => progress with
    {
        IsDerated = true,
        Wanted = progress.Wanted is { Sent: false, Segment: { Kind: SegmentKind.Galvanostatic } planned } wanted ? wanted with { Segment = SegmentPlanner.Lowered(planned, share) } : progress.Wanted,
    };

    /// <summary>A wanted segment that was sent becomes live, or queued while another is still live; a queued one becomes live.</summary>
    private static RunProgress Armed(RunProgress progress, SegmentArmed armed, TimeSpan at)
    {
        if (progress.Queued is { } queued && queued.Number == armed.Segment)
            return progress with { Live = new(queued, at), Queued = null, Refusals = 0 };
        if (progress.Wanted is not { Sent: true } wanted || wanted.Segment.Number != armed.Segment)
            return progress;
        return armed.Queued
            ? progress with { Queued = wanted.Segment, Wanted = null, Refusals = 0 }
            : progress with { Live = new(wanted.Segment, at), Queued = null, Wanted = null, Refusals = 0 };
    }

    private static RunProgress Ended(RunProgress progress, SegmentEnded ended, TimeSpan at, Step step) => progress with
    {
        ActedAt = at,
        // A spectrum that was cut is measured again.
        StepSeconds = progress.StepSeconds
            + (progress.Check is null && (ended.End == SegmentEnd.Time || step is Galvanostatic or PotentiostaticHold) ? ended.Seconds : 0),
        StepCoulombs = progress.StepCoulombs + (progress.Check is null ? Coulombs(ended) : 0),
        Live = progress.Live?.Segment.Number == ended.Segment ? null : progress.Live,
        Queued = ended.End == SegmentEnd.Time ? progress.Queued : null,
        EndedAtBound = progress.EndedAtBound || ended.End switch
        {
            SegmentEnd.Charge => progress.Live is { Segment.EndsStepAtCharge: true },
            SegmentEnd.VoltageMin or SegmentEnd.VoltageMax => progress.Live is { Segment.EndsStepAtVoltage: true },
            _ => false,
        },
    };

    /// <summary>Of an end that the instrument did not tell, the upper bound: a step never passes more than it asks for.</summary>
    private static double Coulombs(SegmentEnded ended) =>
        ended.End == SegmentEnd.Aborted ? ended.Charge.ThroughputUpperBound.Coulombs : Math.Abs(ended.Charge.Measured.Coulombs);

    private static ChannelState With(ChannelState state, RunProgress progress) => state switch
    {
        Settling settling => settling with { Progress = progress },
        Running running => running with { Progress = progress },
        Paused paused => paused with { Progress = progress },
        Halted halted => halted with { Progress = progress },
        _ => state,
    };
}
