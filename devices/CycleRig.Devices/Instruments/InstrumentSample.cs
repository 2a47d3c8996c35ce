namespace CycleRig.Devices.Instruments;

/// <summary>One reading of an instrument's channel, in every state, also while the cell is off.</summary>
/// <param name="InstrumentSeconds">The instrument's own time, s.</param>
/// <param name="Amperes">Current, A, positive for oxidation at the working electrode.</param>
/// <param name="Volts">Voltage, V.</param>
/// <param name="CellCelsius">Thermistor at the cell, °C; NaN where the instrument has none.</param>
public readonly record struct InstrumentSample(double InstrumentSeconds, double Amperes, double Volts, double CellCelsius);
