using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using CycleRig.Impedance.Circuits.Elements;

namespace CycleRig.Impedance.Circuits;

/// <summary>
/// An equivalent circuit, compiled to a flat program for a stack: impedances add in series, admittances in parallel, and the step between
/// the two takes the derivatives along (dY = -Y² dZ). It runs on several frequencies at once and allocates nothing.
/// </summary>
public sealed class Circuit
{
    private readonly ImmutableArray<Step> _steps;

    private Circuit(string text, CircuitNode root)
    {
        (Text, Root) = (text, root);
        var compiler = new CircuitCompiler();
        compiler.Impedance(root);
        (_steps, ParameterNames, Parameters) = (compiler.Steps, compiler.Names, compiler.Parameters);
        (Constants, Depth) = (compiler.Constants, compiler.DepthMax);
    }

    /// <summary>As written; with drifts, as the circuit without them was.</summary>
    public string Text { get; }

    /// <summary>Names of the parameters, such as R1, CPE1_0, CPE1_1.</summary>
    public ImmutableArray<string> ParameterNames { get; }

    /// <summary>What the parameters are, in the same order.</summary>
    public ImmutableArray<ParameterKind> Parameters { get; }

    internal CircuitNode Root { get; }

    /// <summary>Names of R elements within parallels: those of arcs.</summary>
    internal IEnumerable<string> ResistancesInParallels => Parallels(Root).SelectMany(Resistances).Distinct();

    /// <summary>The steps that are elements, in the order of their parameters.</summary>
    internal IEnumerable<Step> Elements => _steps.Where(step => step.Kind is not null);

    /// <summary>Numbers that <see cref="Prepare"/> fills.</summary>
    internal int Constants { get; }

    /// <summary>Deepest the stack gets.</summary>
    internal int Depth { get; }

    /// <summary>Reads a circuit in either notation.</summary>
    /// <param name="text">Such as <c>R0-p(R1,CPE1)</c> or <c>R(RQ)</c>.</param>
    /// <param name="library">The elements it may name; the standard ones without it.</param>
    /// <exception cref="CircuitFormatException">It cannot be read.</exception>
    public static Circuit Parse(string text, ElementLibrary? library = null) => new(text, CircuitReader.Read(text, library));

    /// <summary>This circuit with resistances that change linearly while it is measured: each gets a parameter more, such as R1_drift.</summary>
    /// <param name="resistances">Names of R elements, such as R1.</param>
    /// <exception cref="ArgumentException">The circuit has no such resistance.</exception>
    public Circuit WithDrift(params IReadOnlyCollection<string> resistances)
    {
        var known = Resistances(Root).ToList();
        if (resistances.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            throw new ArgumentException($"`{unknown}` is no resistance of `{Text}`; it has {string.Join(", ", known)}");
        return new(Text, Drifting(Root, resistances));
    }

    /// <summary>Impedance at one frequency.</summary>
    /// <param name="hertz">Frequency, Hz, above 0.</param>
    /// <param name="parameters">Values in the order of <see cref="ParameterNames"/>.</param>
    public Complex Impedance(double hertz, ReadOnlySpan<double> parameters)
    {
        Span<Complex> result = stackalloc Complex[1];
        Impedance([hertz], parameters, result);
        return result[0];
    }

    /// <summary>Impedance at many frequencies.</summary>
    /// <param name="frequenciesHz">N frequencies, Hz, above 0.</param>
    /// <param name="parameters">Values in the order of <see cref="ParameterNames"/>.</param>
    /// <param name="impedancesOhms">Filled with N impedances, Ω.</param>
    /// <param name="times">N times since the parameters held, in lengths of the sweep, for elements that change; empty for 0.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public void Impedance(
        ReadOnlySpan<double> frequenciesHz, ReadOnlySpan<double> parameters, Span<Complex> impedancesOhms, ReadOnlySpan<double> times = default)
    {
        if (parameters.Length != Parameters.Length || impedancesOhms.Length < frequenciesHz.Length)
            throw new ArgumentException($"the circuit has {Parameters.Length} parameters and {parameters.Length} values were given, with room for {impedancesOhms.Length} of {frequenciesHz.Length} impedances");
        Span<double> constants = stackalloc double[Constants];
        Span<ComplexVector> derivatives = stackalloc ComplexVector[Parameters.Length];
        Span<ComplexVector> stack = stackalloc ComplexVector[Depth];
        Prepare(parameters, constants);
        Span<double> omega = stackalloc double[ComplexVector.Lanes];
        Span<double> elapsed = stackalloc double[ComplexVector.Lanes];
        for (var i = 0; i < frequenciesHz.Length; i += ComplexVector.Lanes)
        {
            var count = Math.Min(ComplexVector.Lanes, frequenciesHz.Length - i);
            for (var lane = 0; lane < ComplexVector.Lanes; lane++)
            {
                var point = i + Math.Min(lane, count - 1);
                omega[lane] = 2 * Math.PI * frequenciesHz[point];
                elapsed[lane] = times.IsEmpty ? 0 : times[point];
            }

            var frequencies = Vector256.Create<double>(omega);
            var z = Evaluate(new(frequencies, Vector256.Log(frequencies), Vector256.Create<double>(elapsed)), constants, derivatives, stack);
            for (var lane = 0; lane < count; lane++)
                impedancesOhms[i + lane] = z.At(lane);
        }
    }

    /// <summary>What depends on the parameters only.</summary>
    internal void Prepare(ReadOnlySpan<double> parameters, Span<double> constants)
    {
        foreach (ref readonly var step in _steps.AsSpan())
            step.Kind?.Prepare(parameters[step.FirstParameter..step.EndParameter], constants.Slice(step.Constant, step.Kind.Constants));
    }

    /// <summary>Impedance and derivatives for one block of frequencies.</summary>
    /// <param name="block">The frequencies.</param>
    /// <param name="constants">What <see cref="Prepare"/> filled.</param>
    /// <param name="derivatives">Filled with dZ/d(ln p), or dZ/dp for exponents.</param>
    /// <param name="stack">Scratch, <see cref="Depth"/> long.</param>
    internal ComplexVector Evaluate(in FrequencyBlock block, ReadOnlySpan<double> constants, Span<ComplexVector> derivatives, Span<ComplexVector> stack)
    {
        var top = -1;
        foreach (ref readonly var step in _steps.AsSpan())
        {
            switch (step.What)
            {
                case StepKind.Impedance:
                    stack[++top] = step.Kind!.Impedance(block, constants[step.Constant..], derivatives[step.FirstParameter..]);
                    break;
                case StepKind.Admittance:
                    stack[++top] = step.Kind!.Admittance(block, constants[step.Constant..], derivatives[step.FirstParameter..]);
                    break;
                case StepKind.Add:
                    stack[top - 1] += stack[top];
                    top--;
                    break;
                case StepKind.Invert:
                    Invert(ref stack[top], derivatives[step.FirstParameter..step.EndParameter]);
                    break;
                default:
                    throw Unknown(step.What);
            }
        }

        return stack[0];
    }

    private static IEnumerable<CircuitNode> Parallels(CircuitNode node) => node switch
    {
        ParallelNode => [node],
        SeriesNode series => series.Parts.SelectMany(Parallels),
        _ => [],
    };

    private static IEnumerable<string> Resistances(CircuitNode node) => node switch
    {
        ElementNode element => element.Kind is Resistance ? [element.Name] : [],
        SeriesNode series => series.Parts.SelectMany(Resistances),
        _ => ((ParallelNode)node).Parts.SelectMany(Resistances),
    };

    private static CircuitNode Drifting(CircuitNode node, IReadOnlyCollection<string> names) => node switch
    {
        ElementNode element => names.Contains(element.Name) ? element with { Kind = new DriftingResistance() } : element,
        SeriesNode series => new SeriesNode([.. series.Parts.Select(part => Drifting(part, names))]),
        _ => new ParallelNode([.. ((ParallelNode)node).Parts.Select(part => Drifting(part, names))]),
    };

    /// <summary>Apart from the loop, which would pay for the text in each call.</summary>
    private static UnreachableException Unknown(StepKind what) => new($"no rule for {what}");

    /// <summary>1/z in place, and dz becomes -dz/z² for the derivatives: written out in parts, it is a third of the work.</summary>
    private static void Invert(ref ComplexVector value, Span<ComplexVector> derivatives)
    {
        var (real, imaginary) = (value.Real, value.Imaginary);
        var scale = Vector256<double>.One / ((real * real) + (imaginary * imaginary));
        (real, imaginary) = (real * scale, -(imaginary * scale));
        value = new(real, imaginary);
        var (squareReal, squareImaginary) = ((imaginary * imaginary) - (real * real), -2 * real * imaginary);
        for (var k = 0; k < derivatives.Length; k++)
        {
            ref var derivative = ref derivatives[k];
            var (slope, turn) = (derivative.Real, derivative.Imaginary);
            derivative = new((slope * squareReal) - (turn * squareImaginary), (slope * squareImaginary) + (turn * squareReal));
        }
    }

    /// <summary>What a step does to the stack.</summary>
    internal enum StepKind
    {
        /// <summary>Pushes the impedance of an element.</summary>
        Impedance,

        /// <summary>Pushes its admittance.</summary>
        Admittance,

        /// <summary>Adds the top to the one below.</summary>
        Add,

        /// <summary>Turns the top from impedance to admittance or back, with the derivatives of all parameters in it.</summary>
        Invert,
    }

    /// <summary>One step of the program.</summary>
    /// <param name="What">What it does.</param>
    /// <param name="Kind">The element, or null.</param>
    /// <param name="Constant">The element's first constant.</param>
    /// <param name="FirstParameter">First parameter of the element, or within what is inverted.</param>
    /// <param name="EndParameter">One past the last.</param>
    internal readonly record struct Step(StepKind What, ElementKind? Kind, int Constant, int FirstParameter, int EndParameter);
}
