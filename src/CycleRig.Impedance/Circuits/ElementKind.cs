using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// A kind of element. A new one is one class: it names its parameters and gives impedance and derivatives; add it to a library with
/// <see cref="ElementLibrary.With"/>. Derivatives are by the logarithm of a parameter (dZ/d ln p = p dZ/dp), by itself for an exponent.
/// </summary>
/// <param name="symbol">Letters by which circuit strings name it, such as CPE.</param>
/// <param name="parameters">Its parameters in order.</param>
public abstract class ElementKind(string symbol, params ImmutableArray<ParameterKind> parameters)
{
    /// <summary>Letters by which circuit strings name it.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>Parameters in order.</summary>
    public ImmutableArray<ParameterKind> Parameters { get; } = parameters;

    /// <summary>Numbers that <see cref="Prepare"/> leaves for an evaluation; as many as there are parameters where it is not overridden.</summary>
    public virtual int Constants => Parameters.Length;

    /// <summary>Name of a parameter in results: the element's own where there is one parameter, with its number otherwise.</summary>
    /// <param name="element">Name of the element, such as CPE1.</param>
    /// <param name="parameter">Number of the parameter, from 0.</param>
    public virtual string ParameterName(string element, int parameter) => Parameters.Length > 1 ? $"{element}_{parameter}" : element;

    /// <summary>What depends on the parameters only, once for all frequencies.</summary>
    /// <param name="parameters">Values of the element's parameters.</param>
    /// <param name="constants">Filled with <see cref="Constants"/> numbers.</param>
    public virtual void Prepare(ReadOnlySpan<double> parameters, Span<double> constants) => parameters.CopyTo(constants);

    /// <summary>Impedance and derivatives.</summary>
    /// <param name="block">Frequencies.</param>
    /// <param name="constants">What <see cref="Prepare"/> left.</param>
    /// <param name="derivatives">Filled with one derivative per parameter.</param>
    /// <returns>Z, Ω.</returns>
    public abstract ComplexVector Impedance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives);

    /// <summary>Admittance and its derivatives, for elements in parallel; worth overriding only where it is simpler than the impedance.</summary>
    /// <returns>Y, S.</returns>
    public virtual ComplexVector Admittance(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives)
    {
        var y = Impedance(block, constants, derivatives).Reciprocal();
        var scale = -(y * y);
        for (var k = 0; k < Parameters.Length; k++)
            derivatives[k] *= scale;
        return y;
    }
}
