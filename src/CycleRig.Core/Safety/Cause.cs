namespace CycleRig.Core.Safety;

/// <summary>One thing that turned a cell off, or keeps it off.</summary>
/// <param name="Reason">From the closed list.</param>
/// <param name="At">Rig time at which it was found.</param>
/// <param name="Detail">What was seen, with value and unit.</param>
public sealed record Cause(Reason Reason, TimeSpan At, string Detail)
{
    public override string ToString() => $"{ReasonFacts.Of(Reason).Text}: {Detail}";
}
