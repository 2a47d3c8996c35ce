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

    /// <summary>The frequencies of this range that do not lie below another, as a range.</summary>
    /// <param name="lowest">Below the highest.</param>
    public SweepRange Above(Frequency lowest)
    {
        var kept = FrequenciesHz().Where(hertz => hertz >= lowest.Hertz * 0.999).ToList();
        return kept.Count == Count ? this : this with { Lowest = new(kept[^1]) };
    }
}
