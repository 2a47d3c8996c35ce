namespace CycleRig.Impedance.Validity;

/// <summary>
/// The number of elements by the Bayesian criterion (Schwarz 1978, doi 10.1214/aos/1176344136): fewer leave what is no noise, more would fit
/// the noise.
/// </summary>
internal static class ElementSearch
{
    public const int ElementsMin = 3;

    /// <summary>
    /// Numbers without a better criterion after which the search ends. The residual of an arc rises and falls as the time constants move
    /// against its own: a handful is no plateau.
    /// </summary>
    public const int StagnantMax = 8;

    /// <summary>At most this part of the numbers is spent on parameters.</summary>
    private const double FillMax = 0.7;

    /// <summary>The best number of elements and its criterion; lower is better.</summary>
    public static (int Elements, double Criterion) Find(SeriesPoints points, KramersKronigOptions options, double extensionDecades)
    {
        var others = 1 + (options.Inductance ? 1 : 0) + (options.Capacitance ? 1 : 0);
        var parts = options.Part == KramersKronigPart.Complex ? 2 * points.Kept : points.Kept;
        var elementsMax = Math.Max(Math.Min(options.ElementsMax, (int)(FillMax * parts) - others), 1);
        var fast = options.Part == KramersKronigPart.Complex ? new SeriesGram(points, options.Inductance, options.Capacitance, elementsMax) : null;
        var (best, criterionBest, stagnant) = (1, double.PositiveInfinity, 0);
        for (var elements = Math.Min(ElementsMin, elementsMax); elements <= elementsMax && stagnant < StagnantMax; elements++)
        {
            var squares = fast?.SumOfSquares(TimeConstants.Between(points.Low, points.High, elements, extensionDecades)) ?? double.NaN;
            if (double.IsNaN(squares))
                squares = RcSeriesFit.Solve(points, options, elements, extensionDecades).SumOfSquares;
            var criterion = Criterion(squares, parts, elements + others);
            stagnant++;
            if (criterion < criterionBest)
                (best, criterionBest, stagnant) = (elements, criterion, 0);
        }

        return (best, criterionBest);
    }

    /// <summary>
    /// Exponent of the correction for few numbers. With 1 (McQuarrie 1999, doi 10.1016/S0167-7152(98)00294-6) the noise of 20 points over 7 decades is
    /// told up to 5 times too large, with 0 it is 5 to 15 % too small: measured on arcs of known noise.
    /// </summary>
    private const double FewNumbers = 0.2;

    /// <summary>The Bayesian criterion, with a correction for few numbers; lower is better.</summary>
    public static double Criterion(double squares, int parts, int parameters) => parts - parameters > 2
        ? (parts * Math.Log(Math.Max(squares, double.Epsilon))) + (parameters * Math.Log(parts) * Math.Pow(parts / (parts - parameters - 2.0), FewNumbers))
        : double.PositiveInfinity;
}
