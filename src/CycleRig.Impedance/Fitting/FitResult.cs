using System.Collections.Immutable;

namespace CycleRig.Impedance.Fitting;

/// <summary>Outcome of a fit. One that did not converge has no values.</summary>
/// <param name="Converged">Whether there are values.</param>
/// <param name="Reason">Why not, or what to know (parameters at their bounds), or "".</param>
/// <param name="Names">Parameter names, P of them.</param>
/// <param name="Values">P values; empty without convergence.</param>
/// <param name="StandardErrors">P standard errors, scaled by the residuals; NaN for a fixed parameter or one at its bound.</param>
/// <param name="Covariance">P×P, row by row, of ln p (of p for exponents), scaled by the residuals.</param>
/// <param name="ChiSquare">Σ ((ΔRe)² + (ΔIm)²)/σ².</param>
/// <param name="DegreesOfFreedom">2 N - free parameters.</param>
/// <param name="Iterations">Iterations of the last stage.</param>
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
    /// <summary>χ² per degree of freedom.</summary>
    public double ReducedChiSquare => ChiSquare / DegreesOfFreedom;

    /// <summary>Value by name.</summary>
    /// <exception cref="KeyNotFoundException">The circuit has no such parameter, or there are no values.</exception>
    public double this[string name] => Names.IndexOf(name) is var i and >= 0 && Converged
        ? Values[i]
        : throw new KeyNotFoundException($"the fit has no value for `{name}`");

    internal static FitResult Failed(string reason, ImmutableArray<string> names) => new(false, reason, names, [], [], [], double.NaN, 0, 0);
}
