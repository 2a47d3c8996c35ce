namespace CycleRig.Core.Experiments;

/// <summary>Why a rig cannot carry out a protocol.</summary>
/// <param name="Step">Label of the step, or null where the whole protocol is meant.</param>
/// <param name="Channel">Name of the channel, or of several.</param>
/// <param name="What">What cannot be, and the mend.</param>
public sealed record PlanProblem(string? Step, string Channel, string What)
{
    public override string ToString() => Step is null ? $"channel {Channel}: {What}" : $"step `{Step}` on channel {Channel}: {What}";
}
