using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>What ends a galvanostatic step: the first condition met. At least one is set.</summary>
/// <param name="Duration">After this long under current.</param>
/// <param name="Capacity">After this magnitude of charge per area; the instrument ends the last segment at it exactly.</param>
/// <param name="VoltageMagnitude">When |V| reaches this.</param>
public sealed record EndConditions(TimeSpan? Duration, ArealCapacity? Capacity, Voltage? VoltageMagnitude);
