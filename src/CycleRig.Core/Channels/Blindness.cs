using CycleRig.Core.Protocols;

namespace CycleRig.Core.Channels;

/// <summary>How much current has flowed without a verdict on a valid spectrum, counted in sample time and in charge, across steps.</summary>
internal static class Blindness
{
    /// <summary>Room for the sine and for what no sample covers.</summary>
    private const double ChargeRoom = 1.2;

    /// <summary>Whether the blind limit of the protocol has passed: its time, or what the step's current passes in that time.</summary>
    public static bool IsBlind(ChannelLedger ledger, Step step, ChannelPlan plan)
    {
        var limit = plan.Safety.BlindLimit.TotalSeconds;
        var amperes = step is Galvanostatic galvanostatic ? Math.Abs((galvanostatic.Density * plan.Cell.Area).Amperes) : plan.Cell.Limits.CurrentMax.Amperes;
        return ledger.BlindSeconds > limit || ledger.BlindCoulombs > amperes * limit * ChargeRoom;
    }

    /// <summary>What the time and charge up to a sample are, in which nobody judged.</summary>
    public static (double Seconds, double Coulombs) After(ChannelLedger ledger, SampleMeasured measured, ChannelPlan plan)
    {
        var seconds = ledger.Sample is { } before ? Math.Max(0, measured.Sample.TimeSeconds - before.TimeSeconds) : 0;
        if (Math.Abs(measured.Sample.CurrentAmperes) <= plan.Leakage.Amperes)
            return (ledger.BlindSeconds, ledger.BlindCoulombs);
        var coulombs = measured.Charge.ThroughputUpperBound.Coulombs - ledger.Charge.ThroughputUpperBound.Coulombs;
        return (ledger.BlindSeconds + seconds, ledger.BlindCoulombs + Math.Max(0, coulombs));
    }

    /// <summary>What is left of it after a verdict: what came later than its newest datum.</summary>
    public static (double Seconds, double Coulombs) After(ChannelLedger ledger, SpectrumAssessed assessed)
    {
        var age = ledger.Sample is { } newest ? Math.Max(0, newest.TimeSeconds - assessed.AsOfSeconds) : 0;
        var share = ledger.BlindSeconds > 0 ? Math.Min(1, age / ledger.BlindSeconds) : 0;
        return (ledger.BlindSeconds * share, ledger.BlindCoulombs * share);
    }
}
