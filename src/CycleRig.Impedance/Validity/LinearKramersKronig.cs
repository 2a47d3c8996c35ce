namespace CycleRig.Impedance.Validity;

/// <summary>
/// Linear Kramers-Kronig test (Boukamp 1995, doi 10.1149/1.2044210): a series of RC elements with fixed time constants, an ohmic part,
/// an inductance and a capacitance, by linear least squares weighted by 1/|Z|. What such a series cannot describe is not linear, not causal
/// or not steady, or is noise.
/// </summary>
public static class LinearKramersKronig
{
    /// <summary>Resistance, inductance, capacitance.</summary>
    private const int OtherColumns = 3;

    /// <summary>Residuals that agree with their neighbours by less than this are taken as random; standard deviations.</summary>
    private const double RandomMax = 1.5;

    /// <summary>Fall of the criterion by which another form of the series must be better: the best of many is so by chance.</summary>
    private const double GainMin = 6;

    /// <summary>How often outlying points are sought anew.</summary>
    private const int PassesMax = 12;

    /// <summary>Points that the shortest series needs.</summary>
    public const int PointsMin = ElementSearch.ElementsMin + OtherColumns + 1;

    private static readonly double[] ExtensionsDecades = [0, 0.5, 1];

    /// <summary>
    /// Relative noise of a spectrum: what the series leaves, per part (Re or Im), degrees of freedom taken into account, outlying points left out.
    /// </summary>
    /// <param name="data">N points.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="PointsMin"/> points, or |Z| = 0 at one.</exception>
    public static double Noise(ImpedanceData data)
    {
        if (data.Count < PointsMin)
            throw new ArgumentException($"{data.Count} points; the noise of a spectrum is told from {PointsMin} or more");
        return Test(data, KramersKronigOptions.Default).Noise;
    }

    /// <summary>Fits the series and says what it leaves.</summary>
    /// <param name="data">N points, in any order; frequencies may repeat.</param>
    /// <param name="options">How; null is <see cref="KramersKronigOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="PointsMin"/> points, |Z| = 0 at one, or options out of their ranges.</exception>
    public static KramersKronigResult Test(ImpedanceData data, KramersKronigOptions? options = null)
    {
        options ??= KramersKronigOptions.Default;
        options.Check();
        if (data.Count < PointsMin)
            throw new ArgumentException($"{data.Count} points; a Kramers-Kronig test needs {PointsMin} or more, spread over the sweep");
        int[] order = [.. Enumerable.Range(0, data.Count)];
        Array.Sort(data.FrequenciesHz.ToArray(), order);
        if (options.MuMin is { } mu && options.Elements is null)
            return KramersKronigReport.Of(data, BySchonleber(data, options, mu), options, [], order);
        return options.Elements is { } elements ? Given(data, options, elements, order) : Automatic(data, options, order);
    }

    /// <summary>One element after the other until μ is not above the threshold.</summary>
    private static RcSeriesFit BySchonleber(ImpedanceData data, KramersKronigOptions options, double threshold)
    {
        var points = SeriesPoints.From(data, options.Representation == KramersKronigRepresentation.Admittance, []);
        for (var elements = 1; ; elements++)
        {
            var fit = RcSeriesFit.Solve(points, options, elements, options.ExtensionDecades ?? 0);
            if (fit.Mu <= threshold || elements >= options.ElementsMax)
                return fit;
        }
    }

    private static KramersKronigResult Given(ImpedanceData data, KramersKronigOptions options, int elements, int[] order)
    {
        var best = Representations(options.Representation)
            .Select(admittance => RcSeriesFit.Solve(SeriesPoints.From(data, admittance, []), options, elements, options.ExtensionDecades ?? 0))
            .MinBy(fit => fit.SumOfSquares)!;
        return KramersKronigReport.Of(data, best, options, [], order);
    }

    private static KramersKronigResult Automatic(ImpedanceData data, KramersKronigOptions options, int[] order)
    {
        var left = new bool[data.Count];
        for (var pass = 1; ; pass++)
        {
            var fit = Best(data, options, left, order);
            var outlying = OutlyingPoints.Find(fit, options.RejectAbove);
            if (pass == PassesMax || outlying.AsSpan().SequenceEqual(left))
                return KramersKronigReport.Of(data, fit, options, left, order);
            left = outlying;
        }
    }

    /// <summary>The plainest series first. Others are tried where it leaves what is not random, or points that lie apart: may be it is the series.</summary>
    private static RcSeriesFit Best(ImpedanceData data, KramersKronigOptions options, bool[] left, int[] order)
    {
        var (best, criterionBest) = ((RcSeriesFit?)null, double.PositiveInfinity);
        foreach (var admittance in Representations(options.Representation))
        {
            var points = SeriesPoints.From(data, admittance, left);
            foreach (var extension in options.ExtensionDecades is { } given ? [given] : ExtensionsDecades)
            {
                var (elements, criterion) = ElementSearch.Find(points, options, extension);
                if (!(criterion < criterionBest - GainMin))
                    continue;
                (best, criterionBest) = (RcSeriesFit.Solve(points, options, elements, extension), criterion);
                if (Regularity.Of(best, order) < RandomMax && !OutlyingPoints.Find(best, options.RejectAbove).Contains(true))
                    return best;
            }
        }

        return best!;
    }

    private static bool[] Representations(KramersKronigRepresentation representation) => representation switch
    {
        KramersKronigRepresentation.Automatic => [false, true],
        KramersKronigRepresentation.Impedance => [false],
        KramersKronigRepresentation.Admittance => [true],
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {representation}."),
    };
}
