using CycleRig.Core.Quantities;

namespace CycleRig.Core.Safety;

/// <summary>Charge as measured, and its upper bound: what no sample covers counts in full at the armed current.</summary>
/// <param name="Measured">Signed, integrated from samples.</param>
/// <param name="ThroughputUpperBound">Magnitude that cannot have been exceeded.</param>
public readonly record struct ChargePair(Charge Measured, Charge ThroughputUpperBound);
