namespace CycleRig.Storage.History;

/// <summary>A run, as a history knows it.</summary>
/// <param name="Run">UUIDv7.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Cell">Its cell.</param>
/// <param name="StartSeconds">When it began on its clock, s.</param>
/// <param name="EndSeconds">When it ended, s, or null while it is open.</param>
/// <param name="EndReason">Why, from the closed list, or null while it is open.</param>
public sealed record RunSummary(Guid Run, string Channel, string Cell, double StartSeconds, double? EndSeconds, string? EndReason);
