using CycleRig.Core.Quantities;

namespace CycleRig.Core.Safety;

/// <summary>What a start hands to the session; arms draw on it, and only another start or resume refills it.</summary>
/// <param name="Charge">Total throughput of charge, magnitude.</param>
/// <param name="Duration">Total time under current.</param>
/// <param name="CurrentMax">Largest magnitude of the current, its sine included.</param>
/// <param name="VoltageMin">Lowest voltage.</param>
/// <param name="VoltageMax">Highest voltage.</param>
/// <param name="ProbeMax">Largest magnitude of the current in a sweep around rest after a halt for dendrite onset; null where none is allowed.</param>
public sealed record Allowance(Charge Charge, TimeSpan Duration, Current CurrentMax, Voltage VoltageMin, Voltage VoltageMax, Current? ProbeMax = null);
