using System.Collections.Immutable;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;

namespace CycleRig.Files;

/// <summary>A protocol with the places of its steps in the file, so that what a rig cannot do is told where it stands.</summary>
/// <param name="File">Name as given.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="Places">Line and column, from 1, of each step by its label.</param>
public sealed record ProtocolSource(string File, Protocol Protocol, ImmutableDictionary<string, (long Line, long Column)> Places)
{
    /// <summary>A problem of the plan with its place.</summary>
    public FileProblem At(PlanProblem problem)
    {
        var (line, column) = problem.Step is { } step ? Places.GetValueOrDefault(step, (1, 1)) : (1, 1);
        return new(File, line, column, problem.ToString());
    }
}
