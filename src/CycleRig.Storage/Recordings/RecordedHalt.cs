namespace CycleRig.Storage.Recordings;

/// <summary>The first halt that a recording's events.jsonl tells of.</summary>
/// <param name="TimeSeconds">On the recording's clock, s.</param>
/// <param name="Reason">From the closed list, such as `dendrite_onset`; "" where the line names none.</param>
/// <param name="Detail">In words.</param>
public sealed record RecordedHalt(double TimeSeconds, string Reason, string Detail);
