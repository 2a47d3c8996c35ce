using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>What a depth follows from: the electrolyte under an electrode.</summary>
/// <param name="Area">Electrode area, above 0.</param>
/// <param name="Thickness">Thickness of the electrolyte, above 0.</param>
public readonly record struct Pellet(Area Area, Length Thickness);
