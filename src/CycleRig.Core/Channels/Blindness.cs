namespace CycleRig.Core.Channels;

/// <summary>How long current has flowed without a verdict on a valid spectrum, counted in sample time.</summary>
internal static class Blindness
{
    /// <summary>Whether the blind limit of the protocol has passed in this step.</summary>
    public static bool IsBlind(ChannelLedger ledger, RunProgress progress, ChannelPlan plan) =>
        ledger.Sample is { } sample
        && sample.TimeSeconds - Math.Max(ledger.AssessedSeconds ?? double.NegativeInfinity, progress.StepBeganSeconds)
            > plan.Safety.BlindLimit.TotalSeconds;
}
