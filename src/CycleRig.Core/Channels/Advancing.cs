using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>How a run goes on: waits, wants the next segment, ends a step, enters the next.</summary>
internal static class Advancing
{
    /// <summary>Looks at the present step and takes the next move, if there is one.</summary>
    public static Decision Advance(ChannelState state, Happened happened, ChannelPlan plan)
    {
        var progress = state.OpenRun!;
        if (progress.Restart is not null)
            return Decision.Of(state);
        // A settle has no current; the check comes before the first step that may have some.
        if (progress.Check is not null && state is Running running)
            return SegmentRules.WantCheck(running, happened, plan);
        return plan.Steps[progress.Step] switch
        {
            Settle settle => Settle(state, settle, happened, plan),
            Rest rest when happened.At - progress.StepBegan >= rest.Duration => NextStep(state, progress, happened, plan),
            Rest => Decision.Of(state),
            Galvanostatic or PotentiostaticHold when Blindness.IsBlind(state.Ledger, plan.Steps[progress.Step], plan) => Halting.Halt(
                state, Reason.Blind, $"no valid verdict for more than {plan.Safety.BlindLimit.TotalMinutes:G3} min under current"),
            _ when SegmentRules.IsOver(progress, plan) => NextStep(state, progress, happened, plan),
            _ => SegmentRules.Want((Running)state, happened, plan),
        };
    }

    /// <summary>Enters the step that the progress names.</summary>
    public static Decision Enter(ChannelLedger ledger, RunProgress progress, ChannelPlan plan)
    {
        var begun = progress with
        {
            SettledSince = null, SweepDue = ledger.Now, StepBeganCoulombs = ledger.Charge.ThroughputUpperBound.Coulombs,
        };
        return plan.Steps[progress.Step] is Settle settle
            ? Decision.Of(new Settling(ledger, begun), new SetConditions(settle.Temperature, settle.Pressure))
            : Decision.Of(new Running(ledger, begun));
    }

    /// <summary>Ends the present step; after the last one the run is complete.</summary>
    public static Decision NextStep(ChannelState state, RunProgress progress, Happened happened, ChannelPlan plan)
    {
        if (progress.Step + 1 >= plan.Steps.Length)
        {
            var cause = new Cause(Reason.Completed, state.Ledger.Now, "the protocol has ended");
            return Decision.Of(
                new Completed(state.Ledger, progress.Run), new CellOff(Finish: true, cause), new CloseRun(progress.Run, Reason.Completed));
        }

        return Enter(
            state.Ledger,
            progress with { Step = progress.Step + 1, StepBegan = happened.At, StepSeconds = 0, StepCoulombs = 0, EndedAtBound = false, Wanted = null },
            plan);
    }

    private static Decision Settle(ChannelState state, Settle settle, Happened happened, ChannelPlan plan)
    {
        var progress = state.OpenRun!;
        if (happened.At - progress.StepBegan > settle.Timeout)
            return Halting.Halt(state, Reason.SettleTimeout, $"not settled after {settle.Timeout.TotalMinutes:G4} min: {Reading(state)}");
        // A permit that is missing keeps the run here: current could not flow, and the timeout bounds the wait.
        if (!IsWithin(state, settle) || !state.Ledger.Withdrawn.IsEmpty)
            return Decision.Of(new Settling(state.Ledger, progress with { SettledSince = null }));
        var since = progress.SettledSince ?? happened.At;
        return happened.At - since >= settle.StableFor
            ? NextStep(state, progress, happened, plan)
            : Decision.Of(new Settling(state.Ledger, progress with { SettledSince = since }));
    }

    private static bool IsWithin(ChannelState state, Settle settle) =>
        state.Ledger.Sample is { } sample
        && (settle.Temperature is not { } temperature
            || Math.Abs(sample.TemperatureCelsius - temperature.Celsius) <= settle.TemperatureTolerance.Kelvins)
        && (settle.Pressure is not { } pressure
            || Math.Abs(sample.PressureMegapascals - pressure.Megapascals) <= settle.PressureTolerance.Megapascals);

    private static string Reading(ChannelState state) => state.Ledger.Sample is { } sample
        ? FormattableString.Invariant($"{sample.TemperatureCelsius:F2} °C, {sample.PressureMegapascals:F3} MPa{string.Concat(state.Ledger.Withdrawn.Values.Select(cause => $"; {cause}"))}")
        : "no sample";
}
