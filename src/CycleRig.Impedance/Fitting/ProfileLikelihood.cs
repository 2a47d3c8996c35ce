using CycleRig.Impedance.Circuits;
using MathNet.Numerics.Distributions;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Intervals from χ² itself: a parameter is held at values ever further from its optimum, all others are fitted again, until χ² has risen
/// by what the F distribution allows (Bates and Watts 1988, Nonlinear Regression Analysis, ch. 6). Not symmetric where the data are not.
/// </summary>
public static class ProfileLikelihood
{
    /// <summary>Steps outwards, each twice the last, before an end counts as open.</summary>
    private const int DoublingsMax = 12;

    private const int BisectionsMax = 40;
    private const double Tolerance = 1e-4;

    /// <summary>Interval of one parameter.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">The spectrum.</param>
    /// <param name="fit">Its fit, converged.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="name">A parameter that was free.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>Both ends; a bound of the parameter, or the furthest value tried, where the data leave that side open.</returns>
    /// <exception cref="ArgumentException">The fit did not converge, no such parameter, fixed, tied or at its bound, priors, or a confidence out of range.</exception>
    public static (double Low, double High) Interval(
        Circuit circuit, ImpedanceData data, FitResult fit, FitOptions options, string name, double confidence = 0.95)
    {
        var index = ParameterMap.Index(circuit, name);
        if (!fit.Converged || double.IsNaN(fit.StandardErrors[index]) || confidence is not (> 0 and < 1))
            throw new ArgumentException($"`{name}` has no interval: {(fit.Converged ? "it is fixed or at its bound, or the confidence is not between 0 and 1" : "the fit did not converge")}");
        if (options.Ties.ContainsKey(name) || options.Ties.Values.Any(tie => tie.To == name) || !options.Priors.IsEmpty)
            throw new ArgumentException($"`{name}` has no interval here: profiles of tied parameters, or with priors, are not computed; use the standard error");
        var held = options with { Start = fit.Values, Fixed = options.Fixed.Add(name), RejectAbove = 0, Loss = Loss.Squares, Bounds = options.Bounds.Remove(name) };
        var fitter = new CircuitFitter(circuit, data, held);
        fitter.Exclude(fit.LeftOut);
        var allowed = fit.ChiSquare + (fit.ReducedChiSquare * FisherSnedecor.InvCDF(1, fit.DegreesOfFreedom, confidence));
        var (kind, value) = (circuit.Parameters[index], fit.Values[index]);
        var step = kind.IsLogarithmic ? fit.StandardErrors[index] / Math.Abs(value) : fit.StandardErrors[index];
        var bounds = options.Bounds.TryGetValue(name, out var given) ? given : new(kind.Low, kind.High);
        var (down, up) = (End(-1), End(1));
        return value < 0 && kind.IsLogarithmic ? (up, down) : (down, up);

        double End(int side)
        {
            double[] values = [.. fit.Values];
            double inside = 0, outside = step;
            for (var n = 0; Rise(side * outside, values) <= allowed; n++)
            {
                if (n == DoublingsMax || IsBeyond(Moved(side * outside)))
                    return Within(Moved(side * outside));
                (inside, outside) = (outside, 2 * outside);
            }

            for (var n = 0; n < BisectionsMax && outside - inside > Tolerance * outside; n++)
            {
                var middle = (inside + outside) / 2;
                fit.Values.CopyTo(values);
                if (Rise(side * middle, values) <= allowed)
                    inside = middle;
                else
                    outside = middle;
            }

            return Within(Moved(side * inside));
        }

        double Rise(double by, double[] values)
        {
            values[index] = Moved(by);
            var first = fitter.Refine(values);
            if (first.Converged)
                return first.ChiSquare;
            // Once more from the optimum. χ² of a refit that has not ended is no less than the least: it can only make the interval narrower.
            fit.Values.CopyTo(values);
            values[index] = Moved(by);
            return Least(first.ChiSquare, fitter.Refine(values).ChiSquare);
        }

        // No number where the model has none there: outside.
        static double Least(double one, double other) => double.IsNaN(one) ? (double.IsNaN(other) ? double.PositiveInfinity : other) : double.IsNaN(other) ? one : Math.Min(one, other);

        double Moved(double by) => kind.IsLogarithmic ? value * Math.Exp(by) : value + by;

        bool IsBeyond(double moved) => Math.Abs(moved) < bounds.Low || Math.Abs(moved) > bounds.High;

        double Within(double moved) => kind.IsLogarithmic ? Math.Sign(value) * Math.Clamp(Math.Abs(moved), bounds.Low, bounds.High) : Math.Clamp(moved, bounds.Low, bounds.High);
    }
}
