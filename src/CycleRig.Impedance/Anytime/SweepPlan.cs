using System.Collections.Immutable;

namespace CycleRig.Impedance.Anytime;

/// <summary>Frequencies of a short sweep, and what it is expected to tell.</summary>
/// <param name="FrequenciesHz">Descending, Hz; one may stand several times.</param>
/// <param name="RelativeSd">Standard deviation of ln p of the wanted parameter after one sweep.</param>
/// <param name="DurationSeconds">Time of one sweep with overheads, s.</param>
/// <param name="EvenRelativeSd">The same of a sweep of as many points, evenly spaced in ln f over the range.</param>
/// <param name="EvenDurationSeconds">And its duration, s.</param>
public sealed record SweepPlan(
    ImmutableArray<double> FrequenciesHz, double RelativeSd, double DurationSeconds, double EvenRelativeSd, double EvenDurationSeconds)
{
    /// <summary>Variance of ln p times duration: sweeps that follow each other halve it in twice the time. s.</summary>
    public double VarianceSeconds => RelativeSd * RelativeSd * DurationSeconds;

    /// <summary>That of the evenly spaced sweep.</summary>
    public double EvenVarianceSeconds => EvenRelativeSd * EvenRelativeSd * EvenDurationSeconds;
}
