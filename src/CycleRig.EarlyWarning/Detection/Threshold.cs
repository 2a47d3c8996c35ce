namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// Threshold of the most significant change from the accepted rate of false halts. Anchor: a window-limited ramp test of unknown onset and
/// slope on white noise gave one false burst per 60,000 sweeps at 4.43 σ (simulated over 6 million sweeps; docs/early-warning.md);
/// from there the tail of a normal deviate gives other rates: ln(ARL) grows with T²/2.
/// </summary>
public static class Threshold
{
    private const double AnchorSigmas = 4.43;
    private const double AnchorSweeps = 60_000;

    /// <summary>
    /// Real cells scatter more than any model of them: on simulated populations that were drawn for it the statistic of sound cells is wider by this.
    /// </summary>
    public const double Unmodelled = 1.2;

    /// <summary>Standard deviations above which the statistic halts.</summary>
    /// <param name="falseHaltsPerThousandHours">Accepted rate, above 0.</param>
    /// <param name="sweepsPerHour">How often the statistic is looked at.</param>
    public static double Sigmas(double falseHaltsPerThousandHours, double sweepsPerHour)
    {
        var sweepsToFalseHalt = 1000 * Math.Max(1, sweepsPerHour) / falseHaltsPerThousandHours;
        return Unmodelled * Math.Sqrt(Math.Max(9, (AnchorSigmas * AnchorSigmas) + (2 * Math.Log(sweepsToFalseHalt / AnchorSweeps))));
    }
}
