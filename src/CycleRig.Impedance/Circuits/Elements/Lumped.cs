using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>R: a resistance, Z = R.</summary>
internal sealed class Resistance() : ElementKind("R", ParameterKind.Resistance())
{
    public override int Constants => 2;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants) =>
        (constants[0], constants[1]) = (parameters[0], 1 / parameters[0]);

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives) =>
        derivatives[0] = ComplexVector.Of(constants[0]);

    public override ComplexVector Admittance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        derivatives[0] = ComplexVector.Of(-constants[1]);
        return ComplexVector.Of(constants[1]);
    }
}

/// <summary>C: a capacitance, Z = 1/(jωC).</summary>
internal sealed class Capacitance() : ElementKind("C", new ParameterKind("C", "F", ParameterRole.Admittance, 1e-18, 1e6, 1e-6))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var z = new ComplexVector(Vector256<double>.Zero, Vector256.Create(-1 / constants[0]) / block.Omega);
        derivatives[0] = -z;
        return z;
    }

    public override ComplexVector Admittance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives) =>
        derivatives[0] = block.ImaginaryOmega * constants[0];
}

/// <summary>L: an inductance, Z = jωL.</summary>
internal sealed class Inductance() : ElementKind("L", new ParameterKind("L", "H", ParameterRole.Inductance, 1e-15, 1e6, 1e-6))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives) =>
        derivatives[0] = block.ImaginaryOmega * constants[0];
}

/// <summary>An element of constant phase: a size and an exponent α, which turns it by α quarters of a circle.</summary>
internal abstract class PhaseElement(string symbol, ParameterKind size) : ElementKind(symbol, size, ParameterKind.Exponent())
{
    protected static Vector256<double> QuarterTurn { get; } = Vector256.Create(Math.PI / 2);

    public override int Constants => 4;

    /// <summary>ln of the size, α, sin(α π/2), cos(α π/2).</summary>
    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        (constants[0], constants[1]) = (Math.Log(parameters[0]), parameters[1]);
        (constants[2], constants[3]) = Math.SinCos(parameters[1] * Math.PI / 2);
    }
}

/// <summary>CPE: a constant phase element, Z = 1/(Q (jω)^α) (Brug 1984, doi 10.1016/S0022-0728(84)80324-1).</summary>
internal sealed class ConstantPhase() : PhaseElement("CPE", new("Q", "S s^α", ParameterRole.Admittance, 1e-18, 1e6, 1e-6))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var modulus = Vector256.Exp(-Vector256.Create(constants[0]) - (constants[1] * block.LogOmega));
        var z = new ComplexVector(modulus * constants[3], modulus * -constants[2]);
        derivatives[0] = -z;
        derivatives[1] = -(z * new ComplexVector(block.LogOmega, QuarterTurn));
        return z;
    }

    public override ComplexVector Admittance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var modulus = Vector256.Exp(Vector256.Create(constants[0]) + (constants[1] * block.LogOmega));
        var y = new ComplexVector(modulus * constants[3], modulus * constants[2]);
        derivatives[0] = y;
        derivatives[1] = y * new ComplexVector(block.LogOmega, QuarterTurn);
        return y;
    }
}

/// <summary>
/// La: an inductance of coiled or lossy leads, Z = (jωL)^α with L inside the power, as impedance.py writes it (its issue 286 tells of the
/// other form, L (jω)^α).
/// </summary>
internal sealed class LossyInductance() : PhaseElement("La", new("L", "H^α", ParameterRole.Inductance, 1e-15, 1e6, 1e-6))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var logarithm = block.LogOmega + Vector256.Create(constants[0]);
        var z = ComplexVector.PowerOfImaginary(constants[1], constants[3], constants[2], logarithm);
        derivatives[0] = z * constants[1];
        derivatives[1] = z * new ComplexVector(logarithm, QuarterTurn);
        return z;
    }
}
