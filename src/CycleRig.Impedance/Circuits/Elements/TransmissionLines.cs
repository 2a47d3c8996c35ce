using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>
/// Ls: a pore of finite depth whose wall reacts (de Levie 1963, doi 10.1016/0013-4686(63)80042-0): Z = R coth(Λ)/Λ with
/// Λ² = R (1/Rw + Q (jω)^α), R along the pore, Rw and Q of its whole wall.
/// </summary>
internal sealed class DeLevie() : ElementKind(
    "Ls",
    ParameterKind.Resistance(),
    ParameterKind.Resistance("Rw"),
    new ParameterKind("Q", "S s^α", ParameterRole.Admittance, 1e-18, 1e6, 1e-6),
    ParameterKind.Exponent())
{
    private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

    public override int Constants => 6;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        (constants[0], constants[1], constants[2], constants[3]) = (parameters[0], 1 / parameters[1], Math.Log(parameters[2]), parameters[3]);
        (constants[4], constants[5]) = Math.SinCos(parameters[3] * Math.PI / 2);
    }

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var wall = ComplexVector.PowerOfImaginary(constants[3], constants[5], constants[4], block.LogOmega + Vector256.Create(constants[2] / constants[3]));
        var inner = (constants[0] * (constants[1] + wall)).Sqrt();
        var tanh = inner.Tanh();
        var z = constants[0] * (inner * tanh).Reciprocal();
        var byInner = -(z * (1 + (inner * (1 - (tanh * tanh)) / tanh))); // dZ/d ln Λ at a fixed R
        var bySquare = byInner * (0.5 * constants[0]) / (inner * inner); // dZ/d(1/Rw + Y)
        derivatives[0] = z + (byInner * 0.5);
        derivatives[1] = bySquare * -constants[1];
        derivatives[2] = bySquare * wall;
        derivatives[3] = derivatives[2] * new ComplexVector(block.LogOmega, QuarterTurn);
        return z;
    }
}

/// <summary>
/// TLM: a porous electrode with two resistive rails joined by R3 ‖ CPE everywhere, no current through the ends of the other phase
/// (Bisquert 2000, doi 10.1039/b001708f, eq. 1): Z = R1 R2/S (1 + 2/(Λ sinh Λ)) + (R1² + R2²)/S coth(Λ)/Λ with S = R1 + R2 and
/// Λ² = S (1/R3 + Q (jω)^α).
/// </summary>
internal sealed class TransmissionLine() : ElementKind(
    "TLM",
    ParameterKind.Resistance("R1"),
    ParameterKind.Resistance("R2"),
    ParameterKind.Resistance("R3"),
    new ParameterKind("Q", "S s^α", ParameterRole.Admittance, 1e-18, 1e6, 1e-6),
    ParameterKind.Exponent())
{
    private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

    public override int Constants => 7;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        (constants[0], constants[1], constants[2]) = (parameters[0], parameters[1], 1 / parameters[2]);
        (constants[3], constants[4]) = (Math.Log(parameters[3]), parameters[4]);
        (constants[5], constants[6]) = Math.SinCos(parameters[4] * Math.PI / 2);
    }

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var (first, second) = (constants[0], constants[1]);
        var sum = first + second;
        var join = ComplexVector.PowerOfImaginary(constants[4], constants[6], constants[5], block.LogOmega + Vector256.Create(constants[3] / constants[4]));
        var square = sum * (constants[2] + join);
        var inner = square.Sqrt();
        var half = (inner * 0.5).Tanh();
        // By tanh(Λ/2) both functions are without cancellation: 1/sinh = (1 - t²)/(2t), coth = (1 + t²)/(2t).
        var twice = (half + half).Reciprocal();
        var (cosecant, cotangent) = ((1 - (half * half)) * twice, (1 + (half * half)) * twice);
        var inverse = inner.Reciprocal();
        var (a, b) = (cosecant * inverse, cotangent * inverse);
        var (product, squares) = (first * second / sum, ((first * first) + (second * second)) / sum);
        var z = (a * (2 * product)) + (b * squares) + product;
        // d a/d ln Λ = -a (1 + Λ coth Λ); d b/d ln Λ = -b - 1/sinh².
        var byInner = (-(a * (1 + (inner * cotangent))) * (2 * product)) - ((b + (cosecant * cosecant)) * squares);
        var bySquare = byInner * 0.5 / square;
        derivatives[0] = Rail(first, second, sum, a, b) + (byInner * (0.5 * first / sum));
        derivatives[1] = Rail(second, first, sum, a, b) + (byInner * (0.5 * second / sum));
        derivatives[2] = bySquare * (-sum * constants[2]);
        derivatives[3] = bySquare * (join * sum);
        derivatives[4] = derivatives[3] * new ComplexVector(block.LogOmega, QuarterTurn);
        return z;
    }

    /// <summary>dZ/d ln(rail) at a fixed Λ: the product goes as rail other²/S², the squares as rail (rail² + 2 rail other - other²)/S².</summary>
    private static ComplexVector Rail(double rail, double other, double sum, ComplexVector a, ComplexVector b)
    {
        var product = rail * other * other / (sum * sum);
        var squares = rail * ((rail * rail) + (2 * rail * other) - (other * other)) / (sum * sum);
        return (a * (2 * product)) + (b * squares) + product;
    }
}
