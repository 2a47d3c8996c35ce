using System.Diagnostics;

namespace CycleRig.Impedance.Circuits;

/// <summary>Writes a circuit in either notation, so that it can be shared with other programs. What is read back is the same circuit.</summary>
public static class CircuitWriter
{
    /// <summary>As <c>R0-p(R1,CPE1)-p(R2,CPE2)</c>, with the elements' names.</summary>
    public static string Dashed(Circuit circuit) => Dashed(circuit.Root);

    /// <summary>
    /// As <c>R(RQ)(RQ)</c>; series inside a parallel stands in square brackets: <c>R(Q[RW])</c>. Names are not written: who reads it names by
    /// position.
    /// </summary>
    /// <exception cref="ArgumentException">An element has no letter in this notation.</exception>
    public static string Boukamp(Circuit circuit) => Boukamp(circuit.Root);

    internal static string Dashed(CircuitNode node) => node switch
    {
        ElementNode element => element.Name,
        SeriesNode series => string.Join('-', series.Parts.Select(Dashed)),
        ParallelNode parallel => $"p({string.Join(',', parallel.Parts.Select(Dashed))})",
        _ => throw new UnreachableException(),
    };

    internal static string Boukamp(CircuitNode node) => node switch
    {
        SeriesNode series => string.Concat(series.Parts.Select(Boukamp)),
        ParallelNode parallel => $"({string.Concat(parallel.Parts.Select(Branch))})",
        ElementNode element => BoukampElements.Letter(element.Kind)
            ?? throw new ArgumentException($"`{element.Name}` has no letter in Boukamp's notation ({BoukampElements.Writable}); write the circuit as R0-p(R1,CPE1)"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Inside a parallel all but elements stand in square brackets: that reads the same whether or not brackets alternate.</summary>
    private static string Branch(CircuitNode node) => node is ElementNode ? Boukamp(node) : $"[{Boukamp(node)}]";
}
