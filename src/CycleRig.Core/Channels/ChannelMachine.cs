using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>
/// What an event means to a channel. Pure: reads no clock, does no I/O, draws no random number. No cause is dropped, a halt latches,
/// and a command that energises only ever answers a <see cref="Durable"/> event, judged by the state of that moment.
/// </summary>
public static class ChannelMachine
{
    /// <summary>Decides one event.</summary>
    /// <param name="state">State before it.</param>
    /// <param name="happened">The event.</param>
    /// <param name="plan">Plan of the channel's run.</param>
    public static Decision Decide(ChannelState state, Happened happened, ChannelPlan plan)
    {
        if (happened.Event is SpectrumAssessed { Run: var judged } && judged != state.OpenRun?.Run)
            return Decision.Of(state);
        if (happened.Event is SweepsPlanned { Run: var planned } && planned != state.OpenRun?.Run)
            return Decision.Of(state);
        var seen = SegmentRules.Account(state with { Ledger = LedgerRules.Take(state.Ledger, happened, plan) }, happened, plan);
        var decision = Rule(seen, happened, plan);
        var next = Versioned(state, decision.Next);
        return state is Running or Settling or Paused && happened.Event is SpectrumAssessed { Level: WarningLevel.Warning } verdict && state.Ledger.Level < WarningLevel.Warning
            ? decision with { Next = next, Commands = decision.Commands.Add(new RaiseAlarm(Reason.DendriteOnset, $"warning: {verdict.Detail}{(state.OpenRun!.IsDerated ? "" : Lowered(plan))}")) }
            : decision with { Next = next };
    }

    private static Decision Rule(ChannelState state, Happened happened, ChannelPlan plan) => (state, happened.Event) switch
    {
        // Causes first, in every state: each is kept.
        (_, SampleMeasured { Sample.CurrentAmperes: var amperes })
            when state.Ledger.OffConfirmed && Math.Abs(amperes) > plan.Leakage.Amperes =>
            Halting.Halt(state, Reason.CurrentWhileOff, FormattableString.Invariant($"{amperes * 1e3:G4} mA flows through a cell that is off"),
                new OpenRelay("current flows through a cell that is off")),
        // While a restart is being judged, a lost lease is what must have happened; any other stop is a cause at once.
        (Running or Settling or Paused, SessionStopped { Ordered: false, Cause.Reason: Reason.LeaseLost })
            when state.OpenRun!.Restart is not null => Decision.Of(state),
        (_, SessionStopped { Ordered: false } stopped) => Halting.Latch(state, stopped.Cause),
        (_, DeviceLost lost) => Halting.Halt(state, Reason.DeviceLost, lost.Detail),
        // A device host that is not there yet hinders a start; where no run is open it is nothing to acknowledge.
        (Idle or Completed, CauseFound { Reason: Reason.DeviceLost }) => Decision.Of(state),
        (_, CauseFound found) => Halting.Halt(state, found.Reason, found.Detail),
        (_, HaltOrdered halt) => Halting.Halt(state, Reason.OperatorHalt, $"{halt.Operator}: {halt.Why}"),
        (_, SpectrumAssessed { Level: WarningLevel.Halt } verdict) => Probing.Halt(state, verdict, plan),
        (Running or Paused, PermitChanged { Held: false } permit) => Halting.Halt(state, permit.Reason, permit.Detail),
        (Running or Settling, SegmentEnded ended) when SegmentRules.Breach(ended, state.OpenRun!, plan) is { } breach =>
            Halting.Halt(state, breach, $"the instrument ended segment {ended.Segment} at its bound {ended.End}"),
        (Running or Settling, ArmRefused refused) => SegmentRules.Refused(state, refused),
        (Running or Settling, Granted granted) when state.OpenRun!.Grant is { Sent: true } grant && grant.Allowance != granted.Allowance =>
            Halting.Halt(state, Reason.Internal, $"the session understood the allowance as {granted.Allowance}, not as {grant.Allowance}"),

        // Restart.
        (Running or Settling or Paused, HostRestarted restarted) => Restarting.Restarted(state, restarted),
        (Running or Settling or Paused, Attached attached) => Restarting.Attached(state, attached, happened, plan),

        // People.
        (_, StartOrdered start) => Orders.Start(state, start, happened, plan),
        (_, PauseOrdered pause) => Orders.Pause(state, pause),
        (_, ResumeOrdered resume) => Orders.Resume(state, resume, happened, plan),
        (_, SkipOrdered skip) => Orders.Skip(state, skip, happened, plan),
        (_, Acknowledged seen) => Orders.Acknowledge(state, seen),

        // The run goes on.
        (Paused paused, _) when state.Ledger.Now - paused.Since > plan.Safety.PauseLimit =>
            Halting.Halt(state, Reason.PauseExpired, $"paused for more than {plan.Safety.PauseLimit.TotalMinutes:F0} min"),
        (Running or Settling, Durable durable) => Releasing.Release(state, durable, plan),
        (Running or Settling, SpectrumMeasured measured) => Decision.Of(state, new AssessSpectrum(measured.Spectrum, Superimposed: Superimposed(state, plan))),
        (Running or Settling, SpectrumPartMeasured measured) => Decision.Of(state, new AssessSpectrum(measured.Part, IsPart: true)),
        (Running running, SpectrumAssessed assessed) when running.Progress.Check == CheckPhase.Measuring && assessed.Spectrum == running.Progress.Sweeps - 1 =>
            Checks.Judge(running, assessed, happened, plan),
        (Running or Settling, SessionTicked) when Checks.Missed(state) is { } missed => Halting.Halt(state, missed.Reason, missed.Text),
        (Running or Settling, SessionTicked ticked) =>
            WithLease(Advancing.Advance(state, happened, plan), ticked),
        (Running or Settling, SampleMeasured or SegmentEnded or SegmentArmed or OffConfirmed or Granted or SpectrumAssessed) =>
            Advancing.Advance(state, happened, plan),

        (Halted { Probe: { } probe } halted, _) => Probing.Decide(halted, probe, happened, plan),

        // What changes nothing but the ledger.
        (_, SessionEvent or SpectrumAssessed or SweepsPlanned or Durable or CauseGone or HostRestarted) => Decision.Of(state),
        _ => throw new System.Diagnostics.UnreachableException(
            $"No rule for {happened.Event.GetType().Name} in {state.GetType().Name}."),
    };

    private static Protocols.SuperimposedSweep? Superimposed(ChannelState state, ChannelPlan plan) =>
        plan.Steps[state.OpenRun!.Step] is Protocols.Galvanostatic { Sweep: { } sweep } ? sweep : null;

    private static string Lowered(ChannelPlan plan) =>
        plan.Safety.DerateTo is { } share ? FormattableString.Invariant($"; from the next segment on plating and stripping go on with {share * 100:G3} % of their current, until the run ends") : "";

    /// <summary>A tick that was decided renews the lease; nothing else does.</summary>
    private static Decision WithLease(Decision decision, SessionTicked ticked) =>
        decision.Next is Running or Settling && decision.Next.Ledger.Token is { } token && decision.Next.OpenRun!.Restart is null
            ? decision with { Commands = decision.Commands.Add(new RenewLease(token, ticked.Ordinal)) }
            : decision;

    private static ChannelState Versioned(ChannelState before, ChannelState after) =>
        Face(before) == Face(after) ? after : after with { Ledger = after.Ledger with { Version = before.Ledger.Version + 1 } };

    /// <summary>What a person who gives an order must have seen.</summary>
    private static (Type, int, int, long, Guid) Face(ChannelState state) => (
        state.GetType(),
        state.OpenRun?.Step ?? -1,
        state is Halted halted ? halted.Causes.Length : 0,
        state.Ledger.StopNumber,
        state.OpenRun?.Run ?? Guid.Empty);
}
