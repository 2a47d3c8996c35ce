using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>What stood in braces behind an element.</summary>
/// <param name="Parameters">In the order of our element's parameters.</param>
/// <param name="Label">Behind the colon, or "".</param>
internal sealed record GivenElement(ImmutableArray<GivenParameter> Parameters, string Label);
