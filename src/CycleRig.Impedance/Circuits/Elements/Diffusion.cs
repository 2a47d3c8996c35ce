using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>W: diffusion into a half-space (Warburg 1899), Z = σ (1 - j)/√ω.</summary>
internal sealed class Warburg() : ElementKind("W", new ParameterKind("σ", "Ω s^-½", ParameterRole.Slope, 1e-12, 1e15, 100))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var part = Vector256.Create(constants[0]) / Vector256.Sqrt(block.Omega);
        return derivatives[0] = new(part, -part);
    }
}

/// <summary>
/// Diffusion through a layer of finite thickness with s = (jωτ)^α. Open (reflecting end): Z = Z0/(s tanh s), short (absorbing end):
/// Z = Z0 tanh s/s. Fickian diffusion has α = ½ (Bisquert and Compte 2001, doi 10.1016/S0022-0728(00)00497-6, for others).
/// </summary>
internal abstract class FiniteDiffusion(string symbol, bool isOpen, params System.Collections.Immutable.ImmutableArray<ParameterKind> parameters)
    : ElementKind(symbol, parameters)
{
    private const double Fickian = 0.5;
    private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

    public override int Constants => 5;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        var exponent = parameters.Length > 2 ? parameters[2] : Fickian;
        (constants[0], constants[1], constants[2]) = (parameters[0], Math.Log(parameters[1]), exponent);
        (constants[3], constants[4]) = Math.SinCos(exponent * Math.PI / 2);
    }

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var logarithm = block.LogOmega + Vector256.Create(constants[1]);
        var s = ComplexVector.PowerOfImaginary(constants[2], constants[4], constants[3], logarithm);
        var tanh = s.Tanh();
        // d ln Z/d ln s: -1 - s (1 - tanh²)/tanh for the open end, -1 + the same for the short one.
        var slope = s * (1 - (tanh * tanh)) / tanh;
        var z = constants[0] * (isOpen ? (s * tanh).Reciprocal() : tanh / s);
        var byLogarithm = z * (isOpen ? -(1 + slope) : slope + -1);
        derivatives[0] = z;
        derivatives[1] = byLogarithm * constants[2];
        if (Parameters.Length > 2)
            derivatives[2] = byLogarithm * new ComplexVector(logarithm, QuarterTurn);
        return z;
    }
}

/// <summary>Wo: Fickian diffusion with a reflecting end, such as into an electrode particle.</summary>
internal sealed class OpenWarburg() : FiniteDiffusion("Wo", isOpen: true, ParameterKind.Resistance("Z0"), ParameterKind.Time());

/// <summary>Ws: Fickian diffusion with an absorbing end, such as through a membrane.</summary>
internal sealed class ShortWarburg() : FiniteDiffusion("Ws", isOpen: false, ParameterKind.Resistance("Z0"), ParameterKind.Time());

/// <summary>Woa: diffusion with a reflecting end and an exponent of its own.</summary>
internal sealed class OpenAnomalous() : FiniteDiffusion(
    "Woa", isOpen: true, ParameterKind.Resistance("Z0"), ParameterKind.Time(), ParameterKind.Exponent(high: 0.75, standard: 0.5));

/// <summary>Wsa: diffusion with an absorbing end and an exponent of its own.</summary>
internal sealed class ShortAnomalous() : FiniteDiffusion(
    "Wsa", isOpen: false, ParameterKind.Resistance("Z0"), ParameterKind.Time(), ParameterKind.Exponent(high: 0.75, standard: 0.5));
