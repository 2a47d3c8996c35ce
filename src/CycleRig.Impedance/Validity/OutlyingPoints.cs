namespace CycleRig.Impedance.Validity;

/// <summary>Points that lie farther from the fit than their neighbours' scatter explains.</summary>
internal static class OutlyingPoints
{
    /// <summary>At most this part of the points: more is no matter of single points.</summary>
    private const double PartMax = 0.2;

    /// <summary>Part of |Z| that no instrument resolves: of data by formula, nothing nearer than this is outlying.</summary>
    private const double ResolvedMin = 1e-5;

    /// <summary>Median of a distance whose two parts have standard deviation 1: √(2 ln 2).</summary>
    private static readonly double MedianOfUnit = Math.Sqrt(2 * Math.Log(2));

    /// <summary>Distances in standard deviations of one part by the median of all; the leverage of a fitted point taken into account.</summary>
    public static double[] Distances(RcSeriesFit fit)
    {
        var distances = Raw(fit);
        var kept = Enumerable.Range(0, fit.Points.Count).Where(i => fit.Points.Weights[i] > 0).Select(i => distances[i]).Order().ToArray();
        var middle = kept.Length % 2 == 1 ? kept[kept.Length / 2] : (kept[kept.Length / 2] + kept[(kept.Length / 2) - 1]) / 2;
        var deviation = middle / MedianOfUnit;
        return deviation > 0 ? [.. distances.Select(distance => distance / deviation)] : new double[distances.Length];
    }

    /// <summary>Which points lie beyond <paramref name="above"/> standard deviations: the farthest, at most a fifth of all.</summary>
    public static bool[] Find(RcSeriesFit fit, double above)
    {
        var outlying = new bool[fit.Points.Count];
        if (double.IsInfinity(above))
            return outlying;
        var (distances, raw) = (Distances(fit), Raw(fit));
        var most = (int)Math.Min(PartMax * distances.Length, distances.Length - LinearKramersKronig.PointsMin);
        foreach (var i in Enumerable.Range(0, distances.Length).Where(i => distances[i] > above && raw[i] > ResolvedMin).OrderByDescending(i => distances[i]).Take(most))
            outlying[i] = true;
        return outlying;
    }

    /// <summary>Relative distances, divided by what the fit leaves of a point's own error.</summary>
    public static double[] Raw(RcSeriesFit fit)
    {
        const double freedomMin = 0.02; // A point that the fit follows wholly tells nothing.
        var distances = new double[fit.Points.Count];
        for (var i = 0; i < distances.Length; i++)
        {
            var (re, im) = (fit.Points.Reals[i] - fit.FittedReals[i], fit.Points.Imaginaries[i] - fit.FittedImaginaries[i]);
            distances[i] = double.Hypot(re, im) / fit.Points.Moduli[i] / Math.Sqrt(Math.Max(1 - fit.Leverages[i], freedomMin));
        }

        return distances;
    }
}
