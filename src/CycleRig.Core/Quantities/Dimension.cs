namespace CycleRig.Core.Quantities;

/// <summary>What a text with a unit can stand for.</summary>
public enum Dimension
{
    Voltage,
    Current,
    CurrentDensity,
    Area,
    Length,
    Charge,
    ArealCapacity,
    Temperature,
    TemperatureDifference,
    Pressure,
    Frequency,
    Resistance,
    Energy,
    Time,
    Conductivity,
    Capacitance,
    Inductance,
    ArealResistance,
}
