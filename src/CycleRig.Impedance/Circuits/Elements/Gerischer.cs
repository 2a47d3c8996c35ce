namespace CycleRig.Impedance.Circuits.Elements;

/// <summary>G: diffusion with a preceding reaction (Gerischer 1951), Z = R/√(1 + jωτ).</summary>
internal sealed class Gerischer() : ElementKind("G", ParameterKind.Resistance(), ParameterKind.Time())
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var product = block.ImaginaryOmega * constants[1];
        var inner = 1 + product;
        var z = constants[0] * inner.Sqrt().Reciprocal();
        derivatives[0] = z;
        derivatives[1] = z * product * -0.5 / inner;
        return z;
    }
}

/// <summary>Gs: the same in a layer of finite thickness, Z = R/(√(1 + jωτ) tanh(φ √(1 + jωτ))), as impedance.py writes it.</summary>
internal sealed class FiniteGerischer() : ElementKind(
    "Gs", ParameterKind.Resistance(), ParameterKind.Time(), new ParameterKind("φ", "", ParameterRole.Ratio, 1e-6, 1e6, 1))
{
    public override ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var product = block.ImaginaryOmega * constants[1];
        var root = (1 + product).Sqrt();
        var inner = root * constants[2];
        var tanh = inner.Tanh();
        var z = constants[0] * (root * tanh).Reciprocal();
        var slope = inner * (1 - (tanh * tanh)) / tanh; // d ln tanh / d ln(inner)
        derivatives[0] = z;
        derivatives[1] = z * (1 + slope) * product * -0.5 / (root * root); // d ln root / d ln τ = jωτ/(2 root²)
        derivatives[2] = -(z * slope);
        return z;
    }
}
