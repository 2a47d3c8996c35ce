using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What people may order, and when it is refused.</summary>
internal static class Orders
{
    public static Decision Start(ChannelState state, StartOrdered start, Happened happened, ChannelPlan plan)
    {
        if (state is not (Idle or Completed))
            return Decision.Refuse(state, $"channel {plan.Channel} is {Word(state)}; {ToStart(state, plan.Channel)}");
        var first = start.FromStep ?? 0;
        if (first < 0 || first >= plan.Steps.Length)
            return Decision.Refuse(state, $"there is no step {first}; the protocol has steps 0 to {plan.Steps.Length - 1}");
        if ((Stale(state, start.StateVersion) ?? Obstacle(state, start.StopNumber, plan.Steps[first])) is { } obstacle)
            return Decision.Refuse(state, obstacle);
        var progress = new RunProgress
        {
            Run = start.Run,
            Operator = start.Operator,
            Step = first,
            StepBegan = happened.At,
            ActedAt = happened.At,
            Grant = new(start.StopNumber, plan.Allowance(first), happened.Number, Sent: false, NewRun: start.FromStep is null),
        };
        var fresh = state.Ledger with
        {
            Charge = start.FromStep is null ? default : state.Ledger.Charge, BlindSeconds = 0, BlindCoulombs = 0, Level = default,
        };
        return Advancing.Enter(fresh, progress, plan) with { AwaitsDurable = true };
    }

    public static Decision Pause(ChannelState state, PauseOrdered pause) => state is Running or Settling
        ? Decision.Of(
            new Paused(state.Ledger, Halting.Emptied(state.OpenRun!), state.Ledger.Now),
            new CellOff(Finish: false, new Cause(Reason.OperatorPause, state.Ledger.Now, $"paused by {pause.Operator}")))
        : Decision.Refuse(state, $"the channel is {Word(state)}; only a running one can be paused");

    public static Decision Resume(ChannelState state, ResumeOrdered resume, Happened happened, ChannelPlan plan)
    {
        if (state is not Paused paused)
            return Decision.Refuse(state, $"the channel is {Word(state)}; only a paused one can be resumed");
        if ((Stale(state, resume.StateVersion) ?? Obstacle(state, resume.StopNumber, plan.Steps[paused.Progress.Step])) is { } obstacle)
            return Decision.Refuse(state, obstacle);
        // The stop that the pause ordered may still be on its way: a grant that cites the number before it would never be taken.
        if (!paused.Ledger.OffConfirmed)
            return Decision.Refuse(state, "the cell is not confirmed off yet; try again in a second");
        return GoOn(paused.Ledger, paused.Progress, resume.StopNumber, happened, plan, happened.At - paused.Since);
    }

    /// <summary>Goes on with an open run: a new allowance for what is left, and a check at rest before any current.</summary>
    public static Decision GoOn(
        ChannelLedger ledger, RunProgress progress, long stopNumber, Happened happened, ChannelPlan plan, TimeSpan away)
    {
        var next = Halting.Emptied(progress) with
        {
            StepBegan = progress.StepBegan + away,
            ActedAt = happened.At,
            Check = CheckPhase.Due,
            Grant = new(stopNumber, plan.Allowance(progress.Step, progress.StepCoulombs, progress.StepSeconds), happened.Number, Sent: false, NewRun: false),
        };
        var entered = plan.Steps[progress.Step] is Protocols.Settle
            ? Advancing.Enter(ledger, next, plan)
            : Decision.Of(new Running(ledger, next));
        return entered with { AwaitsDurable = true };
    }

    public static Decision Skip(ChannelState state, SkipOrdered skip, Happened happened, ChannelPlan plan)
    {
        if (state is not (Running or Settling))
            return Decision.Refuse(state, $"the channel is {Word(state)}; only a running one can skip a step");
        if (Stale(state, skip.StateVersion) is { } stale)
            return Decision.Refuse(state, stale);
        return state.OpenRun! is { Live: null, Wanted: null, Queued: null } progress
            ? Advancing.NextStep(state, progress, happened, plan)
            : Decision.Refuse(state, "current flows; pause the channel, then skip");
    }

    public static Decision Acknowledge(ChannelState state, Acknowledged seen)
    {
        if (state is not Halted halted)
            return Decision.Refuse(state, $"the channel is {Word(state)}; there is nothing to acknowledge");
        var unseen = halted.Causes.Where(cause => !seen.Seen.Contains(cause.Reason)).ToList();
        if (unseen.Count > 0)
            return Decision.Refuse(state, $"not all causes were named: {string.Join(", ", unseen.Select(c => ReasonFacts.Of(c.Reason).Text))}");
        if (StillPresent(state) is { } present)
            return Decision.Refuse(state, $"still present: {present}");
        if (halted.Probe?.IsOut() == true)
            return Decision.Refuse(state, "a sweep at rest after the halt is under way; wait for its end, or halt the channel and acknowledge that too");
        if (halted.Progress is { } progress && halted.Causes.All(cause => ReasonFacts.Of(cause.Reason).PausesAfterAcknowledge))
            return Decision.Of(new Paused(state.Ledger, progress, state.Ledger.Now));
        return halted.Progress is { } ended
            ? Decision.Of(new Idle(state.Ledger), new CloseRun(ended.Run, halted.Causes[0].Reason))
            : Decision.Of(new Idle(state.Ledger));
    }

    private static string? Stale(ChannelState state, long version) => version == state.Ledger.Version
        ? null
        : $"the channel has changed since it was looked at (version {version}, now {state.Ledger.Version}); look again";

    /// <summary>Why nothing may be started or resumed with this step now, or null. A settle sets chamber and press itself.</summary>
    private static string? Obstacle(ChannelState state, long stopNumber, Protocols.Step step)
    {
        if (state.Ledger.Token is null)
            return "the session of this channel is not attached yet; try again in a second";
        if (state.Ledger.Sample is null)
            return "no sample of this channel has come yet; try again in a second";
        if (stopNumber != state.Ledger.StopNumber)
            return $"the channel was stopped since it was looked at (stop {state.Ledger.StopNumber}, seen {stopNumber}); look again";
        if (StillPresent(state) is { } present)
            return $"still present: {present}";
        return step is not Protocols.Settle && state.Ledger.Withdrawn.Values.FirstOrDefault() is { } withdrawn ? $"no permit: {withdrawn}" : null;
    }

    /// <summary>Chamber and press may be off their limits before a run has set them; every other permit must be held.</summary>
    private static string? StillPresent(ChannelState state)
    {
        if (!state.Ledger.DeviceOnline)
            return ReasonFacts.Of(Reason.DeviceLost).Text;
        foreach (var reason in state.Ledger.Present)
            return ReasonFacts.Of(reason).Text;
        var open = state.Ledger.Withdrawn.FirstOrDefault(pair => state is Halted || pair.Key is not (Permit.Chamber or Permit.Press));
        return open.Value?.ToString();
    }

    /// <summary>What a person does to come to an idle channel.</summary>
    private static string ToStart(ChannelState state, string channel) => state switch
    {
        Halted halted => $"see to the causes, then acknowledge them: `cyclerig ack {channel} {string.Join(' ', halted.Causes.Select(cause => ReasonFacts.Of(cause.Reason).Text))}`",
        Paused => $"go on with `cyclerig resume {channel}`, or end the run with `cyclerig halt {channel}` and acknowledge that",
        _ => $"wait for its end, or `cyclerig halt {channel}`",
    };

    private static string Word(ChannelState state) => state switch
    {
        Idle => "idle",
        Settling => "settling",
        Running => "running",
        Paused => "paused",
        Halted halted => $"halted ({string.Join(", ", halted.Causes.Select(c => ReasonFacts.Of(c.Reason).Text))})",
        Completed => "completed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
