namespace CycleRig.Web;

/// <summary>Body of an order to a channel. What raises current cites what its sender was looking at.</summary>
/// <param name="Operator">Name of the person.</param>
/// <param name="StopNumber">For start and resume.</param>
/// <param name="Version">For start, resume and skip.</param>
/// <param name="FromStep">For start: index of the step to go on from, charge carried over; absent for all steps.</param>
/// <param name="Seen">For ack: the reasons that were seen.</param>
/// <param name="Why">For halt.</param>
public sealed record OrderRequest(string Operator, long? StopNumber, long? Version, int? FromStep, string[]? Seen, string? Why);

/// <summary>Body of an acknowledge of a chamber's or a press's trip.</summary>
/// <param name="Operator">Name of the person.</param>
public sealed record TripRequest(string Operator);

/// <summary>Body of a submission: a protocol for channels.</summary>
/// <param name="Operator">Name of the person.</param>
/// <param name="Protocol">Content of a protocol file.</param>
/// <param name="Channels">Channels; all of the rig when empty.</param>
public sealed record RunRequest(string Operator, string Protocol, string[]? Channels);
