using MathNet.Numerics.Distributions;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>A rate per 1,000 h from a count, with its exact 95 % interval (Garwood 1936, doi 10.1093/biomet/28.3-4.437). NaN without hours.</summary>
/// <param name="Count">How many were seen.</param>
/// <param name="Hours">In how many hours.</param>
public readonly record struct PoissonRate(int Count, double Hours)
{
    private const double Tail = 0.025;

    public double PerThousandHours => Scaled(Count);

    /// <summary>Lower end of the interval.</summary>
    public double Low => Scaled(Count == 0 ? 0 : ChiSquared.InvCDF(2 * Count, Tail) / 2);

    /// <summary>Upper end of the interval.</summary>
    public double High => Scaled(ChiSquared.InvCDF((2 * Count) + 2, 1 - Tail) / 2);

    private double Scaled(double count) => Hours > 0 ? 1000 * count / Hours : double.NaN;
}
