using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>The spectrum at rest before current flows again after a pause or a restart.</summary>
internal static class Checks
{
    /// <summary>A session answers at once, and a fit takes milliseconds.</summary>
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);

    /// <summary>An answer that is missed: the disk's to a decision, the session's to a grant, or the verdict on the check spectrum. A run waits for none in silence.</summary>
    public static (Reason Reason, string Text)? Missed(ChannelState state)
    {
        var progress = state.OpenRun!;
        if (state.Ledger.Now - progress.ActedAt <= AnswersWithin)
            return null;
        if (progress.Grant is { Sent: false } || progress.Wanted is { Sent: false })
            return (Reason.Storage, "the journal has not taken a decision within a minute");
        if (progress.Grant is { Sent: true })
            return (Reason.ArmRefused, "the session did not take the allowance within a minute");
        return progress is { Check: CheckPhase.Measuring, Live: null, Wanted: null }
            ? (Reason.Blind, "the check spectrum has no verdict a minute after its end")
            : null;
    }

    public static Decision Judge(Running running, SpectrumAssessed assessed, Happened happened, ChannelPlan plan)
    {
        if (!assessed.Valid)
            return Halting.Halt(running, Reason.Blind, $"the check spectrum could not be judged: {assessed.Detail}");
        if (assessed.Level >= WarningLevel.Warning)
            return Halting.Halt(running, Reason.Blind, $"the check spectrum does not fit the run's trend: {assessed.Detail}");
        return Advancing.Advance(running with { Progress = running.Progress with { Check = null } }, happened, plan);
    }
}
