using System.Collections.Immutable;
using System.Numerics;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// An equivalent circuit, compiled to a flat program that gives impedance and analytic Jacobian. A derivative of a part inside
/// parallels is that of the part times (Z of the parallel / Z of its branch)² for each of them.
/// </summary>
public sealed class Circuit
{
    private readonly ImmutableArray<Operation> _program;
    private readonly ImmutableArray<ParameterKind> _kinds;

    private Circuit(string text, CircuitNode root)
    {
        Text = text;
        var program = ImmutableArray.CreateBuilder<Operation>();
        var names = ImmutableArray.CreateBuilder<string>();
        var kinds = ImmutableArray.CreateBuilder<ParameterKind>();
        Compile(root, program, names, kinds);
        (_program, ParameterNames, _kinds) = (program.ToImmutable(), names.ToImmutable(), kinds.ToImmutable());
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Names of the parameters, such as R1, CPE1_0, CPE1_1.</summary>
    public ImmutableArray<string> ParameterNames { get; }

    internal ImmutableArray<ParameterKind> Kinds => _kinds;

    /// <summary>Number of nodes: the length of the scratch space that an evaluation needs.</summary>
    internal int Nodes => _program.Length;

    internal ImmutableArray<Operation> Program => _program;

    /// <summary>Reads a circuit in either notation.</summary>
    /// <exception cref="CircuitFormatException">It cannot be read.</exception>
    public static Circuit Parse(string text) => new(text, CircuitReader.Read(text));

    /// <summary>Impedance at one frequency.</summary>
    /// <param name="hertz">Frequency, Hz, above 0.</param>
    /// <param name="parameters">Values in the order of <see cref="ParameterNames"/>.</param>
    public Complex Impedance(double hertz, ReadOnlySpan<double> parameters)
    {
        Span<Complex> nodes = stackalloc Complex[Nodes];
        Span<Complex> derivatives = stackalloc Complex[_kinds.Length];
        return Evaluate(2 * Math.PI * hertz, parameters, nodes, derivatives);
    }

    /// <summary>Impedance and derivatives at one angular frequency.</summary>
    /// <param name="omega">Angular frequency, 1/s.</param>
    /// <param name="parameters">Values.</param>
    /// <param name="nodes">Scratch, <see cref="Nodes"/> long.</param>
    /// <param name="derivatives">Filled with dZ/d(ln p), or dZ/dp for exponents.</param>
    internal Complex Evaluate(double omega, ReadOnlySpan<double> parameters, Span<Complex> nodes, Span<Complex> derivatives)
    {
        var logOmega = Math.Log(omega);
        for (var i = 0; i < _program.Length; i++)
        {
            var operation = _program[i];
            nodes[i] = operation.Kind is { } kind
                ? kind.Evaluate(omega, logOmega, parameters.Slice(operation.Parameter, kind.Parameters.Length), derivatives[operation.Parameter..])
                : Join(operation, nodes);
        }

        for (var i = _program.Length - 1; i >= 0; i--)
        {
            if (_program[i].IsParallel)
                Scale(_program[i], nodes[i], nodes, derivatives);
        }

        return nodes[_program.Length - 1];
    }

    private static Complex Join(Operation operation, ReadOnlySpan<Complex> nodes)
    {
        var sum = Complex.Zero;
        foreach (var part in operation.Parts)
            sum += operation.IsParallel ? 1 / nodes[part] : nodes[part];
        return operation.IsParallel ? 1 / sum : sum;
    }

    private void Scale(Operation operation, Complex joined, ReadOnlySpan<Complex> nodes, Span<Complex> derivatives)
    {
        foreach (var part in operation.Parts)
        {
            var ratio = joined / nodes[part];
            var factor = ratio * ratio;
            for (var k = _program[part].FirstParameter; k < _program[part].EndParameter; k++)
                derivatives[k] *= factor;
        }
    }

    private static int Compile(
        CircuitNode node, ImmutableArray<Operation>.Builder program, ImmutableArray<string>.Builder names, ImmutableArray<ParameterKind>.Builder kinds)
    {
        var first = kinds.Count;
        if (node is ElementNode element)
        {
            var several = element.Kind.Parameters.Length > 1;
            for (var i = 0; i < element.Kind.Parameters.Length; i++)
                names.Add(several ? $"{element.Name}_{i}" : element.Name);
            kinds.AddRange(element.Kind.Parameters);
            program.Add(new(element.Kind, first, [], false, first, kinds.Count));
            return program.Count - 1;
        }

        var parts = node is SeriesNode series ? series.Parts : ((ParallelNode)node).Parts;
        ImmutableArray<int> compiled = [.. parts.Select(part => Compile(part, program, names, kinds)).ToList()];
        program.Add(new(null, -1, compiled, node is ParallelNode, first, kinds.Count));
        return program.Count - 1;
    }

    /// <summary>One step of the program: an element, or parts joined.</summary>
    /// <param name="Kind">The element, or null.</param>
    /// <param name="Parameter">Index of the element's first parameter.</param>
    /// <param name="Parts">Nodes that are joined.</param>
    /// <param name="IsParallel">How.</param>
    /// <param name="FirstParameter">First parameter at or below this node.</param>
    /// <param name="EndParameter">One past the last.</param>
    internal readonly record struct Operation(
        ElementKind? Kind, int Parameter, ImmutableArray<int> Parts, bool IsParallel, int FirstParameter, int EndParameter);
}
