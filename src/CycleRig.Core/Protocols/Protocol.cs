using System.Collections.Immutable;

namespace CycleRig.Core.Protocols;

/// <summary>What to do with a cell: steps and loops.</summary>
/// <param name="Name">Name, [a-z0-9-]{1,32}.</param>
/// <param name="Steps">Steps in order, at least one.</param>
/// <param name="Safety">Bounds that the steps run under.</param>
public sealed record Protocol(string Name, ImmutableArray<Step> Steps, SafetyTerms Safety)
{
    /// <summary>The steps in the order of execution, loops unrolled.</summary>
    public ImmutableArray<Step> Unrolled() => [.. Unroll(Steps)];

    private static IEnumerable<Step> Unroll(ImmutableArray<Step> steps) => steps.SelectMany(step => step is Loop loop
        ? Enumerable.Range(0, loop.Count).SelectMany(_ => Unroll(loop.Steps))
        : [step]);
}
