using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>A part of a circuit: an element, or parts in series or in parallel. Equal are parts of equal elements in equal order.</summary>
internal abstract record CircuitNode;

/// <summary>An element by its name. Values that came with the text belong to a start, not to the circuit: they do not count in equality.</summary>
internal sealed record ElementNode(ElementKind Kind, string Name) : CircuitNode
{
    /// <summary>What was written in braces behind the element, in the order of our parameters; null without braces.</summary>
    public GivenElement? Given { get; init; }

    public bool Equals(ElementNode? other) => other is not null && Name == other.Name && Kind.Symbol == other.Kind.Symbol;

    public override int GetHashCode() => HashCode.Combine(Kind.Symbol, Name);
}

internal sealed record SeriesNode(ImmutableArray<CircuitNode> Parts) : CircuitNode
{
    public bool Equals(SeriesNode? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(1, HashCode.Combine);
}

internal sealed record ParallelNode(ImmutableArray<CircuitNode> Parts) : CircuitNode
{
    public bool Equals(ParallelNode? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(2, HashCode.Combine);
}
