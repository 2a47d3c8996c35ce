namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a spectrum was measured at.</summary>
/// <param name="TimeSeconds">When R_bulk was measured, s.</param>
/// <param name="Celsius">Thermometer, °C.</param>
/// <param name="LaggedCelsius">As the cell feels it, <see cref="ThermalLag.Seconds"/> behind, °C.</param>
/// <param name="FastCelsius">As a small cell would, °C.</param>
/// <param name="SlowCelsius">As a large one would, °C.</param>
/// <param name="LogInterface">ln R_int at 30 °C.</param>
/// <param name="InterfaceSd">Standard error of that.</param>
/// <param name="Amperes">Direct current, A.</param>
public readonly record struct SweepConditions(
    double TimeSeconds, double Celsius, double LaggedCelsius, double FastCelsius, double SlowCelsius, double LogInterface, double InterfaceSd, double Amperes);
