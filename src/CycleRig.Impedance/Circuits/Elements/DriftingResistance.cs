using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>A resistance that changes while it is measured: Z = R (1 + d x), x the time in lengths of the sweep, 0 where R holds.</summary>
internal sealed class DriftingResistance() : ElementKind(
    "R", ParameterKind.Resistance(), new ParameterKind("drift", "", ParameterRole.Drift, -0.9, 0.9, 0))
{
    public override string ParameterName(string element, int parameter) => parameter == 0 ? element : $"{element}_drift";

    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var change = block.Elapsed * constants[0];
        derivatives[0] = new(Vector256.Create(constants[0]) + (change * constants[1]), Vector256<double>.Zero);
        derivatives[1] = new(change, Vector256<double>.Zero);
        return derivatives[0];
    }
}
