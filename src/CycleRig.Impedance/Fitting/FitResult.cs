using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>Outcome of a fit. One that did not converge has no values.</summary>
/// <param name="Converged">Whether there are values.</param>
/// <param name="Reason">Why not, or what to know (parameters at their bounds, points left out, what is not determined), or "".</param>
/// <param name="Names">Parameter names, P of them.</param>
/// <param name="Values">P values; empty without convergence.</param>
/// <param name="StandardErrors">P standard errors, scaled by the residuals; NaN for a fixed parameter or one at its bound.</param>
/// <param name="Covariance">P×P, row by row, of ln |p| (of p for exponents), scaled by the residuals; 0 for what is fixed or at a bound.</param>
/// <param name="ChiSquare">Σ ((ΔRe)² + (ΔIm)²)/σ² over the points kept.</param>
/// <param name="DegreesOfFreedom">2 · points kept - free parameters.</param>
/// <param name="Iterations">Iterations from the last start, all rounds of weights together.</param>
public sealed record FitResult(
    bool Converged,
    string Reason,
    ImmutableArray<string> Names,
    ImmutableArray<double> Values,
    ImmutableArray<double> StandardErrors,
    ImmutableArray<double> Covariance,
    double ChiSquare,
    int DegreesOfFreedom,
    int Iterations)
{
    /// <summary>A parameter that is known to no better than a factor of e is not determined.</summary>
    private const double NotDetermined = 1;


    /// <summary>Indices of the points that were left out, in the order of the data.</summary>
    public ImmutableArray<int> LeftOut { get; init; } = [];

    /// <summary>Their frequencies, Hz.</summary>
    public ImmutableArray<double> LeftOutHertz { get; init; } = [];

    /// <summary>Names of parameters that ended at a bound: they are no measurement.</summary>
    public ImmutableArray<string> AtBounds { get; init; } = [];

    /// <summary>Names of parameters that the data leave open by more than a factor of e (one standard error).</summary>
    public ImmutableArray<string> Undetermined { get; init; } = [];

    /// <summary>χ² per degree of freedom.</summary>
    public double ReducedChiSquare => ChiSquare / DegreesOfFreedom;

    /// <summary>Parameters that were fitted.</summary>
    public int FreeParameters { get; init; }

    /// <summary>Akaike's criterion, χ² + 2 P, for a noise that is known (1974, doi 10.1109/TAC.1974.1100705).</summary>
    public double Aic => ChiSquare + (2 * FreeParameters);

    /// <summary>Bayesian criterion, χ² + P ln(2 N), for a noise that is known (Schwarz 1978, doi 10.1214/aos/1176344136).</summary>
    public double Bic => ChiSquare + (FreeParameters * Math.Log(DegreesOfFreedom + FreeParameters));

    /// <summary>Value by name.</summary>
    /// <exception cref="KeyNotFoundException">The circuit has no such parameter, or there are no values.</exception>
    public double this[string name] => Names.IndexOf(name) is var i and >= 0 && Converged
        ? Values[i]
        : throw new KeyNotFoundException($"the fit has no value for `{name}`");

    /// <summary>Correlation of two parameters, -1 to 1; NaN where one is fixed or at a bound.</summary>
    /// <exception cref="KeyNotFoundException">The circuit has no such parameter.</exception>
    public double Correlation(string one, string other)
    {
        var (a, b, count) = (Names.IndexOf(one), Names.IndexOf(other), Names.Length);
        if (a < 0 || b < 0)
            throw new KeyNotFoundException($"the fit has no value for `{(a < 0 ? one : other)}`");
        return Covariance[(a * count) + b] / Math.Sqrt(Covariance[(a * count) + a] * Covariance[(b * count) + b]);
    }

    internal static FitResult Failed(string reason, ImmutableArray<string> names) => new(false, reason, names, [], [], [], double.NaN, 0, 0);

    internal static FitResult Of(Circuit circuit, ImpedanceData data, CircuitFitter fitter, ReadOnlySpan<double> values, FitOutcome outcome)
    {
        var (names, count) = (circuit.ParameterNames, values.Length);
        var covariance = new double[count * count];
        if (!fitter.Covariance(covariance))
            return Failed("the data do not determine all parameters of this circuit; take one with fewer", names);
        var scale = outcome.ChiSquare / fitter.DegreesOfFreedom;
        var errors = new double[count];
        for (var k = 0; k < count; k++)
        {
            var variance = scale * covariance[(k * count) + k];
            errors[k] = variance > 0 ? Math.Sqrt(variance) : double.NaN;
        }

        ImmutableArray<string> atBounds = [.. names.Where((_, k) => fitter.IsAtBound(k))];
        ImmutableArray<string> open = [.. names.Where((_, k) => circuit.Parameters[k].IsLogarithmic && errors[k] > NotDetermined)];
        ImmutableArray<int> leftOut = [.. Enumerable.Range(0, data.Count).Where(i => !fitter.IsKept(i))];
        var fitted = (2 * fitter.Kept) - fitter.DegreesOfFreedom;
        ImmutableArray<double> found = [.. values];
        return new FitResult(
            true, "", names, found,
            [.. errors.Select((error, k) => circuit.Parameters[k].IsLogarithmic ? error * Math.Abs(found[k]) : error)],
            [.. covariance.Select(value => scale * value)], outcome.ChiSquare, fitter.DegreesOfFreedom, outcome.Iterations)
        {
            LeftOut = leftOut, LeftOutHertz = [.. leftOut.Select(i => data.FrequenciesHz[i])], AtBounds = atBounds, Undetermined = open, FreeParameters = fitted,
        }.Retold();
    }

    /// <summary>The same with a reason that names what the other fields name.</summary>
    internal FitResult Retold()
    {
        var parts = new List<string>();
        if (!AtBounds.IsEmpty)
            parts.Add($"at its bound, no measurement: {string.Join(", ", AtBounds)}");
        if (!Undetermined.IsEmpty)
            parts.Add($"not determined by these points: {string.Join(", ", Undetermined)}");
        if (!LeftOutHertz.IsEmpty)
            parts.Add($"left out as outliers: {string.Join(", ", LeftOutHertz.Select(hertz => FormattableString.Invariant($"{hertz:G4} Hz")))}");
        return this with { Reason = string.Join("; ", parts) };
    }
}
