using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>One technique of a protocol with its end conditions; a closed family.</summary>
/// <param name="Label">Name of the step, unique in its protocol.</param>
public abstract record Step(string Label);

/// <summary>Set chamber and press, cell off, and wait until both have settled.</summary>
/// <param name="Label">Name of the step.</param>
/// <param name="Temperature">Set-point of the chamber, or null to leave it.</param>
/// <param name="TemperatureTolerance">Largest distance from the set-point that counts as settled.</param>
/// <param name="Pressure">Set-point of the press, or null to leave it.</param>
/// <param name="PressureTolerance">Largest distance from the set-point that counts as settled.</param>
/// <param name="StableFor">How long both must stay within tolerance.</param>
/// <param name="Timeout">After this long unsettled the run is halted.</param>
public sealed record Settle(
    string Label,
    Temperature? Temperature,
    TemperatureDifference TemperatureTolerance,
    Pressure? Pressure,
    Pressure PressureTolerance,
    TimeSpan StableFor,
    TimeSpan Timeout) : Step(Label);

/// <summary>Open circuit, cell off, voltage recorded.</summary>
public sealed record Rest(string Label, TimeSpan Duration) : Step(Label);

/// <summary>Constant current. Negative plates onto the working electrode, positive strips it.</summary>
/// <param name="Label">Name of the step.</param>
/// <param name="Density">Signed current density.</param>
/// <param name="Ends">What ends the step; the first that is met.</param>
/// <param name="Sweep">Impedance superimposed on the current, or null.</param>
public sealed record Galvanostatic(string Label, CurrentDensity Density, EndConditions Ends, SuperimposedSweep? Sweep) : Step(Label);

/// <summary>Impedance with a voltage amplitude around open circuit.</summary>
/// <param name="Label">Name of the step.</param>
/// <param name="Sweep">Frequencies.</param>
/// <param name="Amplitude">Peak amplitude.</param>
public sealed record PotentiostaticImpedance(string Label, SweepRange Sweep, Voltage Amplitude) : Step(Label);

/// <summary>Impedance with a current amplitude around zero current.</summary>
/// <param name="Label">Name of the step.</param>
/// <param name="Sweep">Frequencies.</param>
/// <param name="Amplitude">Peak amplitude per area.</param>
public sealed record GalvanostaticImpedance(string Label, SweepRange Sweep, CurrentDensity Amplitude) : Step(Label);

/// <summary>Constant voltage, such as a step potential across blocking electrodes.</summary>
public sealed record PotentiostaticHold(string Label, Voltage Voltage, TimeSpan Duration) : Step(Label);

/// <summary>Steps that are gone through several times.</summary>
/// <param name="Label">Name of the loop.</param>
/// <param name="Count">Total passes, at least 1.</param>
/// <param name="Steps">The steps of one pass.</param>
public sealed record Loop(string Label, int Count, ImmutableArray<Step> Steps) : Step(Label);
