using CycleRig.Core.Quantities;

namespace CycleRig.Impedance.Derived;

/// <summary>A conductivity at a settled temperature.</summary>
/// <param name="Temperature">Of the cell, above 0 K.</param>
/// <param name="Conductivity">Above 0.</param>
/// <param name="StandardError">One standard error; 0 where it is not known (then for all points).</param>
public readonly record struct ArrheniusPoint(Temperature Temperature, Conductivity Conductivity, Conductivity StandardError);
