using System.Collections.Immutable;
using System.Diagnostics;

namespace CycleRig.Impedance.Circuits;

/// <summary>From the tree of a circuit to its program.</summary>
internal sealed class CircuitCompiler
{
    private readonly ImmutableArray<Circuit.Step>.Builder _steps = ImmutableArray.CreateBuilder<Circuit.Step>();
    private readonly ImmutableArray<string>.Builder _names = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<ParameterKind>.Builder _parameters = ImmutableArray.CreateBuilder<ParameterKind>();
    private int _depth;

    public ImmutableArray<Circuit.Step> Steps => _steps.ToImmutable();

    public ImmutableArray<string> Names => _names.ToImmutable();

    public ImmutableArray<ParameterKind> Parameters => _parameters.ToImmutable();

    public int Constants { get; private set; }

    public int DepthMax { get; private set; }

    /// <summary>Steps that leave the impedance of a node on the stack.</summary>
    public void Impedance(CircuitNode node)
    {
        switch (node)
        {
            case ElementNode element:
                Push(element, Circuit.StepKind.Impedance);
                break;
            case SeriesNode series:
                Sum(series.Parts, Impedance);
                break;
            default:
                Invert(() => Admittance(node));
                break;
        }
    }

    private void Admittance(CircuitNode node)
    {
        switch (node)
        {
            case ElementNode element:
                Push(element, Circuit.StepKind.Admittance);
                break;
            case ParallelNode parallel:
                Sum(parallel.Parts, Admittance);
                break;
            case SeriesNode:
                Invert(() => Impedance(node));
                break;
            default:
                throw new UnreachableException($"no steps for {node.GetType().Name}");
        }
    }

    private void Sum(ImmutableArray<CircuitNode> parts, Action<CircuitNode> push)
    {
        push(parts[0]);
        foreach (var part in parts.AsSpan()[1..])
        {
            push(part);
            _depth--;
            _steps.Add(new(Circuit.StepKind.Add, null, 0, 0, 0));
        }
    }

    private void Invert(Action push)
    {
        var first = _parameters.Count;
        push();
        _steps.Add(new(Circuit.StepKind.Invert, null, 0, first, _parameters.Count));
    }

    private void Push(ElementNode element, Circuit.StepKind what)
    {
        var (first, kind) = (_parameters.Count, element.Kind);
        for (var i = 0; i < kind.Parameters.Length; i++)
            _names.Add(kind.ParameterName(element.Name, i));
        _parameters.AddRange(kind.Parameters);
        _steps.Add(new(what, kind, Constants, first, _parameters.Count));
        Constants += kind.Constants;
        DepthMax = Math.Max(DepthMax, ++_depth);
    }
}
