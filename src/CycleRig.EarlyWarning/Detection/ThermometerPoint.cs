namespace CycleRig.EarlyWarning.Detection;

/// <summary>A cell's thermometer, lagged, at one of its sweeps.</summary>
/// <param name="Seconds">Time of the sweep, s.</param>
/// <param name="Celsius">As the cell feels it, °C.</param>
public readonly record struct ThermometerPoint(double Seconds, double Celsius);
