using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>Frequencies of a sweep, logarithmically spaced, from the highest to the lowest.</summary>
/// <param name="Highest">First frequency.</param>
/// <param name="Lowest">Last frequency, below the first.</param>
/// <param name="PointsPerDecade">1 to 50.</param>
/// <param name="CyclesPerPoint">Periods measured at each frequency, 1 to 100; 3 unless said.</param>
public sealed record SweepRange(Frequency Highest, Frequency Lowest, int PointsPerDecade, int CyclesPerPoint)
{
    /// <summary>Number of points.</summary>
    public int Count => (int)Math.Round(Math.Log10(Highest.Hertz / Lowest.Hertz) * PointsPerDecade) + 1;

    /// <summary>Frequencies, descending, Hz.</summary>
    public ImmutableArray<double> FrequenciesHz()
    {
        var count = Count;
        var ratio = Math.Log(Lowest.Hertz / Highest.Hertz);
        return [.. Enumerable.Range(0, count).Select(i => Highest.Hertz * Math.Exp(count == 1 ? 0 : ratio * i / (count - 1)))];
    }

    /// <summary>How long one sweep takes.</summary>
    /// <param name="overheadPerPoint">The instrument's overhead at each point.</param>
    /// <param name="dwellMin">Shortest time at a point.</param>
    public TimeSpan Duration(TimeSpan overheadPerPoint, TimeSpan dwellMin) =>
        TimeSpan.FromSeconds(FrequenciesHz().Sum(f =>
            Math.Max(CyclesPerPoint / f, dwellMin.TotalSeconds) + overheadPerPoint.TotalSeconds));
}
