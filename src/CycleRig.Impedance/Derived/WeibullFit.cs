using System.Globalization;
using MathNet.Numerics.Distributions;

namespace CycleRig.Impedance.Derived;

/// <summary>
/// Scale and shape of a Weibull distribution, F(x) = 1 - exp(-(x/η)^k), by maximum likelihood from values that are exact, known to lie in an
/// interval, or censored. Intervals are of the profile likelihood (Meeker and Escobar 1998, ch. 8): they hold for few cells and are not symmetric.
/// </summary>
/// <param name="Scale">η: 63.2 % of cells fail up to it; in the unit of the observations.</param>
/// <param name="Shape">k.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="Censored">Cells that did not.</param>
public sealed record WeibullFit(Estimate Scale, Estimate Shape, int Failed, int Censored)
{
    /// <summary>Fewest cells that failed.</summary>
    public const int FailedMin = 2;

    /// <summary>Shapes that are searched.</summary>
    private const double ShapeMin = 0.02, ShapeMax = 500;

    /// <summary>Scales that are searched, as multiples of the smallest and the largest value.</summary>
    private const double ScaleRoom = 1e4;

    /// <summary>Steps of a golden-section search and of a bisection: both to 1e-9 of the range.</summary>
    private const int Steps = 45;

    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Fall of ln L at the ends of a 95 % interval: half of the χ² quantile with one degree of freedom.</summary>
    private static readonly double Drop = ChiSquared.InvCDF(1, 0.95) / 2;

    /// <summary>Fits.</summary>
    /// <param name="cells">One observation a cell.</param>
    /// <exception cref="UnusableDataException">Fewer than two cells failed, all failed at one place, or an observation is none.</exception>
    public static WeibullFit Of(IReadOnlyList<WeibullObservation> cells)
    {
        Check(cells);
        double[] values = [.. cells.SelectMany(cell => (double[])[cell.Low, cell.High]).Where(value => value > 0 && double.IsFinite(value))];
        var (low, high) = (Math.Log(values.Min() / ScaleRoom), Math.Log(values.Max() * ScaleRoom));
        var (shapeLow, shapeHigh) = (Math.Log(ShapeMin), Math.Log(ShapeMax));
        // In k and k ln η the likelihood of log-concave data has one maximum (Burridge 1981), so each search along one of them has one too.
        var shape = Maximum(k => OfShape(k).LogLikelihood, shapeLow, shapeHigh);
        var (scale, best) = OfShape(shape);
        return new(
            Interval(scale, eta => OfScale(eta) - best, low, high),
            Interval(shape, k => OfShape(k).LogLikelihood - best, shapeLow, shapeHigh),
            cells.Count(cell => !cell.IsCensored), cells.Count(cell => cell.IsCensored));

        (double Scale, double LogLikelihood) OfShape(double logShape)
        {
            var eta = Maximum(candidate => LogLikelihood(cells, candidate, logShape), low, high);
            return (eta, LogLikelihood(cells, eta, logShape));
        }

        double OfScale(double logScale) => LogLikelihood(cells, logScale, Maximum(k => LogLikelihood(cells, logScale, k), shapeLow, shapeHigh));
    }

    /// <summary>Share of cells that fail up to a value.</summary>
    public double Failing(double value) => 1 - Math.Exp(-Math.Pow(value / Scale.Value, Shape.Value));

    private static double LogLikelihood(IReadOnlyList<WeibullObservation> cells, double logScale, double logShape)
    {
        var shape = Math.Exp(logShape);
        var sum = 0.0;
        foreach (var (low, high) in cells)
        {
            var hazard = Math.Exp(shape * (Math.Log(low) - logScale)); // 0 at a low of 0.
            if (low == high)
                sum += logShape - Math.Log(low) + (shape * (Math.Log(low) - logScale));
            else if (double.IsFinite(high))
                sum += Math.Log(Math.Max(double.Epsilon, -double.ExpM1(hazard - Math.Exp(shape * (Math.Log(high) - logScale)))));
            sum -= hazard;
        }

        // Far out numbers run over: nothing is there.
        return double.IsNaN(sum) ? double.NegativeInfinity : Math.Max(sum, -double.MaxValue);
    }

    /// <summary>Ends where the profile has dropped; 0 or infinite where it has not within what is searched.</summary>
    private static Estimate Interval(double best, Func<double, double> profile, double low, double high) => new(
        Math.Exp(best),
        profile(low) > -Drop ? 0 : Math.Exp(Crossing(profile, low, best)),
        profile(high) > -Drop ? double.PositiveInfinity : Math.Exp(Crossing(profile, high, best)));

    private static double Crossing(Func<double, double> profile, double outside, double inside)
    {
        for (var step = 0; step < Steps; step++)
        {
            var middle = (outside + inside) / 2;
            (outside, inside) = profile(middle) > -Drop ? (outside, middle) : (middle, inside);
        }

        return (outside + inside) / 2;
    }

    private static double Maximum(Func<double, double> of, double low, double high)
    {
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (of(left), of(right));
        for (var step = 0; step < Steps; step++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                atLeft = of(left = high - (Golden * (high - low)));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                atRight = of(right = low + (Golden * (high - low)));
            }
        }

        return (low + high) / 2;
    }

    private static void Check(IReadOnlyList<WeibullObservation> cells)
    {
        foreach (var (low, high) in cells)
        {
            if (!(low >= 0) || !(high >= low) || !(high > 0) || double.IsPositiveInfinity(low))
                throw new UnusableDataException(string.Create(CultureInfo.InvariantCulture, $"a cell failed between {low} and {high}; give 0 or more, and the higher value last"));
        }

        if (cells.Count(cell => !cell.IsCensored) is var failed and < FailedMin)
            throw new UnusableDataException($"{failed} of {cells.Count} cells failed; a Weibull distribution needs {FailedMin} or more that did");
        if (cells.Max(cell => cell.Low) <= cells.Min(cell => cell.High))
            throw new UnusableDataException("all cells could have failed at one value, so that nothing bounds the shape; take finer steps or more cells");
    }
}
