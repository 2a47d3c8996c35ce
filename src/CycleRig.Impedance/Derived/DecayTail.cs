using MathNet.Numerics.Distributions;

namespace CycleRig.Impedance.Derived;

/// <summary>
/// Where a decaying current goes: a + b exp(-t/τ) over a grid of τ, and a + b/√t (Cottrell), each linear in a and b. The interval is the
/// union of all that the data do not refuse (profile likelihood, F bound), so that a decay whose law cannot be told has a wide one.
/// </summary>
/// <param name="Steady">a of the best.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
internal readonly record struct DecayTail(double Steady, double Low, double High)
{
    private const int TimeConstants = 81;

    /// <summary>Times the grid is drawn again between the neighbours of the best τ: a sharp minimum fits between two coarse ones.</summary>
    private const int Refinements = 4;

    private const int RefinedTimeConstants = 21;

    /// <summary>Shortest and longest τ tried, as shares of the time span.</summary>
    private const double ShortestShare = 0.02, LongestShare = 10;

    /// <summary>Fits samples that rise in time; all times above 0.</summary>
    public static DecayTail Fit(double[] seconds, double[] amperes)
    {
        var start = seconds[0];
        var span = seconds[^1] - start;
        List<LineFit> fits = [Line(seconds, amperes, t => Math.Sqrt(start / t))];
        var (shortest, longest, count) = (span * ShortestShare, span * LongestShare, TimeConstants);
        for (var pass = 0; pass <= Refinements; pass++)
        {
            var step = Math.Pow(longest / shortest, 1.0 / (count - 1));
            var grid = Enumerable.Range(0, count).Select(i => shortest * Math.Pow(step, i))
                .Select(tau => (Tau: tau, Fit: Line(seconds, amperes, t => Math.Exp(-(t - start) / tau)))).ToList();
            fits.AddRange(grid.Select(tried => tried.Fit));
            var middle = grid.MinBy(tried => tried.Fit.SumOfSquares).Tau;
            (shortest, longest, count) = (middle / step, middle * step, RefinedTimeConstants);
        }

        var best = fits.MinBy(fit => fit.SumOfSquares);
        var degrees = seconds.Length - 3; // a, b and the law.
        var bound = best.SumOfSquares * (1 + (FisherSnedecor.InvCDF(1, degrees, 0.95) / degrees));
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var fit in fits.Where(fit => fit.SumOfSquares <= bound))
        {
            // What is left of the bound after this τ goes to a; at the best τ it is the usual 95 % interval.
            var half = Math.Sqrt(Math.Max(0, bound - fit.SumOfSquares) * fit.VarianceFactor);
            (low, high) = (Math.Min(low, fit.Constant - half), Math.Max(high, fit.Constant + half));
        }

        return new(best.Constant, low, high);
    }

    /// <summary>Least squares of a + b g(t), in closed form.</summary>
    private static LineFit Line(double[] seconds, double[] amperes, Func<double, double> shape)
    {
        var (count, meanX, meanY) = (seconds.Length, seconds.Average(shape), amperes.Average());
        double xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (shape(seconds[i]) - meanX, amperes[i] - meanY);
            (xx, xy, yy) = (xx + (x * x), xy + (x * y), yy + (y * y));
        }

        var slope = xy / xx;
        return new(meanY - (slope * meanX), Math.Max(0, yy - (slope * xy)), (1.0 / count) + (meanX * meanX / xx));
    }

    /// <param name="Constant">a.</param>
    /// <param name="SumOfSquares">Of the residuals.</param>
    /// <param name="VarianceFactor">Variance of a by that of the noise.</param>
    private readonly record struct LineFit(double Constant, double SumOfSquares, double VarianceFactor);
}
