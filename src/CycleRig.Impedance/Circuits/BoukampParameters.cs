using System.Collections.Immutable;

namespace CycleRig.Impedance.Circuits;

/// <summary>Parameters of an element in the extended notation.</summary>
/// <param name="Names">Their names.</param>
/// <param name="ExponentOnly">The only value that the last, <c>n</c>, may have here; null where it is free or there is none.</param>
/// <param name="ToOurs">From theirs, in the order of the names, to ours.</param>
internal sealed record BoukampParameters(
    ImmutableArray<string> Names, double? ExponentOnly, Func<ImmutableArray<GivenParameter>, ImmutableArray<GivenParameter>> ToOurs);
