using CycleRig.Telemetry.Mqtt;

namespace CycleRig.Telemetry.Historians;

/// <summary>A message of rows that was received and looked at.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Rig">Name of the rig.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Range">What it covers.</param>
/// <param name="Lines">Points, whole lines; those that were none are left out.</param>
internal sealed record Arrival(string Topic, string Rig, string Channel, MessageRange Range, ReadOnlyMemory<byte> Lines);
