namespace CycleRig.Core.Safety;

/// <summary>One stop of a channel with the stop number that it raised.</summary>
public sealed record NumberedStop(long Number, Cause Cause);
