using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>Zarc: a depressed arc, Z = R/(1 + (jωτ)^α) (Cole and Cole 1941, doi 10.1063/1.1750906).</summary>
internal class Zarc(string symbol, params System.Collections.Immutable.ImmutableArray<ParameterKind> parameters) : ElementKind(symbol, parameters)
{
    private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

    public Zarc()
        : this("Zarc", ParameterKind.Resistance(), ParameterKind.Time(), ParameterKind.Exponent())
    {
    }

    public override int Constants => 5;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        (constants[0], constants[1], constants[2]) = (parameters[0], Math.Log(parameters[1]), parameters[2]);
        (constants[3], constants[4]) = Math.SinCos(parameters[2] * Math.PI / 2);
    }

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var logarithm = block.LogOmega + Vector256.Create(constants[1]);
        var power = ComplexVector.PowerOfImaginary(constants[2], constants[4], constants[3], logarithm);
        var h = (1 + power).Reciprocal();
        var z = constants[0] * h;
        var fall = -(z * power * h);
        derivatives[0] = z;
        derivatives[1] = fall * constants[2];
        derivatives[2] = fall * new ComplexVector(logarithm, QuarterTurn);
        return z;
    }
}

/// <summary>
/// Kc: the constriction of current into contact spots, an arc as Zarc at 40-250 kHz in a garnet cell, in the valley between bulk and
/// interface (Fleig and Maier 1997, doi 10.1149/1.1837988); its exponent is bounded to 0.7-1, so that it does not take a neighbour's place.
/// </summary>
internal sealed class Constriction() : Zarc(
    "Kc",
    ParameterKind.Resistance() with { Default = 50 },
    ParameterKind.Time() with { Low = 1e-9, High = 1e-3, Default = 1e-6 },
    ParameterKind.Exponent() with { Low = 0.7 });

/// <summary>
/// HN: an arc that is depressed and skewed, Z = R/(1 + (jωτ)^α)^β (Havriliak and Negami 1967, doi 10.1016/0032-3861(67)90021-3).
/// </summary>
internal sealed class HavriliakNegami() : ElementKind(
    "HN", ParameterKind.Resistance(), ParameterKind.Time(), ParameterKind.Exponent(), ParameterKind.Exponent("β"))
{
    private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

    public override int Constants => 6;

    public override void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        (constants[0], constants[1], constants[2], constants[5]) = (parameters[0], Math.Log(parameters[1]), parameters[2], parameters[3]);
        (constants[3], constants[4]) = Math.SinCos(parameters[2] * Math.PI / 2);
    }

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var logarithm = block.LogOmega + Vector256.Create(constants[1]);
        var power = ComplexVector.PowerOfImaginary(constants[2], constants[4], constants[3], logarithm);
        var inner = 1 + power;
        var logInner = inner.Log();
        var z = constants[0] * (logInner * -constants[5]).Exp();
        var fall = z * power * -constants[5] / inner;
        derivatives[0] = z;
        derivatives[1] = fall * constants[2];
        derivatives[2] = fall * new ComplexVector(logarithm, QuarterTurn);
        derivatives[3] = -(z * logInner);
        return z;
    }
}
