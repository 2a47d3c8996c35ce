using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>
/// The restart rule: a run goes on by itself only where the device host that armed is still the same process and reports no stop but
/// a lost lease, and the detector was rebuilt from the journal. Then a check spectrum decides. Everything else is a halt.
/// </summary>
internal static class Restarting
{
    public static Decision Restarted(ChannelState state, HostRestarted restarted)
    {
        var progress = Halting.Emptied(state.OpenRun!) with { Restart = new(restarted.DetectorRebuilt) };
        return Decision.Of(state switch
        {
            Paused paused => paused with { Progress = progress },
            Settling settling => settling with { Progress = progress },
            _ => new Running(state.Ledger, progress),
        });
    }

    /// <summary>The ledger already holds the new token; the progress still says what is to be compared.</summary>
    public static Decision Attached(ChannelState state, Attached attached, Happened happened, ChannelPlan plan)
    {
        var progress = state.OpenRun!;
        if (Obstacle(progress, attached) is { } obstacle)
            return Halting.Halt(state, Reason.Restart, obstacle);
        if (state is Paused paused)
            return Decision.Of(paused with { Progress = progress with { Restart = null } });
        return progress.Restart is null
            ? Halting.Halt(state, Reason.LeaseLost, "the connection to the device host was made anew")
            : Orders.GoOn(state.Ledger, Counted(progress, attached.Charge, plan), attached.StopNumber, happened, plan, TimeSpan.Zero);
    }

    /// <summary>What passed while no host listened: the session counted it, the machine may have missed the ends of its segments.</summary>
    private static RunProgress Counted(RunProgress progress, ChargePair charge, ChannelPlan plan)
    {
        if (plan.Steps[progress.Step] is not Protocols.Galvanostatic step)
            return progress;
        var coulombs = Math.Max(progress.StepCoulombs, charge.ThroughputUpperBound.Coulombs - progress.StepBeganCoulombs);
        var missed = (coulombs - progress.StepCoulombs) / SegmentPlanner.Ordered(step, progress, plan).Magnitude.Amperes;
        return progress with { StepCoulombs = coulombs, StepSeconds = progress.StepSeconds + missed };
    }

    private static string? Obstacle(RunProgress progress, Attached attached)
    {
        if (progress.ArmedBy is { } armedBy && armedBy.BootId != attached.Token.BootId)
            return "the device host restarted: what its cell saw meanwhile is not known";
        if (progress.Restart is not { } evidence)
            return null;
        if (!evidence.DetectorRebuilt)
            return "the early warning's state could not be rebuilt from the journal";
        var other = attached.Stops.FirstOrDefault(stop => stop.Number > progress.StopNumberSeen && stop.Cause.Reason != Reason.LeaseLost);
        return other is null ? null : $"the session stopped meanwhile: {other.Cause}";
    }
}
