using CycleRig.EarlyWarning.Scoring;

namespace CycleRig.EarlyWarning.Tuning;

/// <summary>How good settings are on a population: misses and false alarms together, and where those are equal the delay.</summary>
/// <param name="Value">Share of the foreseeable shorts that was detected, less 0.02 for each false halt in 1,000 h and 0.01 for each false warning.</param>
/// <param name="Delay">Median of delay over bound; infinite where nothing was detected.</param>
public readonly record struct Merit(double Value, double Delay)
{
    /// <summary>One false halt in 1,000 h is worth as much as two of a hundred foreseeable shorts.</summary>
    public const double PerFalseHalt = 0.02;

    /// <summary>
    /// A warning is one sweep above the threshold where a halt is two: it is seen more often, and tells of a threshold that is too low where too few
    /// hours have seen a halt. Without it the delay alone decided there, and false halts on other populations were the price.
    /// </summary>
    public const double PerFalseWarning = 0.01;

    /// <summary>Values nearer than this are equal: sums of the same counts in another order.</summary>
    private const double Same = 1e-9;

    /// <summary>Of a score.</summary>
    /// <param name="score">What the detector made of the population.</param>
    /// <param name="foreseeable">Foreseeable shorts in it.</param>
    public static Merit Of(ScoreSummary score, int foreseeable)
    {
        var share = foreseeable > 0 ? (double)score.Detected / foreseeable : 0;
        var value = share - (PerFalseHalt * Rate(score.FalseHalts)) - (PerFalseWarning * Rate(score.FalseWarnings));
        return new(value, score.DelayOverBoundMedian ?? double.PositiveInfinity);
    }

    public bool IsBetterThan(Merit other) => Value > other.Value + Same || (Value > other.Value - Same && Delay < other.Delay);

    private static double Rate(PoissonRate rate) => rate.Hours > 0 ? rate.PerThousandHours : 0;
}
