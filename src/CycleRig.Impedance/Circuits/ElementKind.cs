using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>A kind of element: its symbol, its parameters, its impedance with derivatives.</summary>
/// <param name="Symbol">As in circuit strings.</param>
/// <param name="Parameters">Parameters in order.</param>
/// <param name="Evaluate">Impedance and derivatives.</param>
internal sealed record ElementKind(string Symbol, ImmutableArray<ParameterKind> Parameters, ElementFunction Evaluate);

/// <summary>A parameter of an element.</summary>
/// <param name="IsLogarithmic">Whether the fit works on its logarithm; exponents stay as they are.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Role">What a first guess takes it for.</param>
internal readonly record struct ParameterKind(bool IsLogarithmic, double Low, double High, ParameterRole Role);

/// <summary>What a first guess takes a parameter for.</summary>
internal enum ParameterRole
{
    Resistance,
    Admittance,
    Inductance,
    Exponent,
    Time,
    Slope,
}

/// <summary>Impedance of an element at one angular frequency.</summary>
/// <param name="omega">Angular frequency, 1/s.</param>
/// <param name="logOmega">Its logarithm.</param>
/// <param name="parameters">Values of the element's parameters.</param>
/// <param name="derivatives">Filled with dZ/d(ln p), or dZ/dp for exponents; one per parameter.</param>
internal delegate System.Numerics.Complex ElementFunction(
    double omega, double logOmega, ReadOnlySpan<double> parameters, Span<System.Numerics.Complex> derivatives);
