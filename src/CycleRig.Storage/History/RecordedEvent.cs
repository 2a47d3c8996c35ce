namespace CycleRig.Storage.History;

/// <summary>A record of JSON: a verdict or an event.</summary>
/// <param name="Epoch">Epoch of the journal.</param>
/// <param name="Seq">Sequence number.</param>
/// <param name="TimeSeconds">s on the run's clock.</param>
/// <param name="Kind">Name of its kind: fit, decision, gap, run_started, run_ended.</param>
/// <param name="Body">The record, canonical JSON; null where it was too long for the database.</param>
public sealed record RecordedEvent(int Epoch, long Seq, double TimeSeconds, string Kind, string? Body);
