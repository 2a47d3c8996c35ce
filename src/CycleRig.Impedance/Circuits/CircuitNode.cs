using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>A part of a circuit: an element, or parts in series or in parallel.</summary>
internal abstract record CircuitNode;

internal sealed record ElementNode(ElementKind Kind, string Name) : CircuitNode;

internal sealed record SeriesNode(ImmutableArray<CircuitNode> Parts) : CircuitNode;

internal sealed record ParallelNode(ImmutableArray<CircuitNode> Parts) : CircuitNode;
