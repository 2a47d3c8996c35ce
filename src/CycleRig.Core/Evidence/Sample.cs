namespace CycleRig.Core.Evidence;

/// <summary>One row of time, voltage, current, temperature and pressure, as the guard saw it.</summary>
/// <param name="TimeSeconds">Instrument time on the channel's run clock, s; strictly increasing.</param>
/// <param name="CurrentAmperes">Current, A, positive for oxidation at the working electrode.</param>
/// <param name="Volts">Voltage, V, working against counter electrode.</param>
/// <param name="TemperatureCelsius">Cell temperature, °C.</param>
/// <param name="PressureMegapascals">Stack pressure, MPa.</param>
/// <param name="ChargeCoulombs">Charge since the run's start, C, signed like the current.</param>
public readonly record struct Sample(
    double TimeSeconds,
    double CurrentAmperes,
    double Volts,
    double TemperatureCelsius,
    double PressureMegapascals,
    double ChargeCoulombs)
{
    /// <summary>Whether every value is a number.</summary>
    public bool IsFinite =>
        double.IsFinite(TimeSeconds) && double.IsFinite(CurrentAmperes) && double.IsFinite(Volts)
        && double.IsFinite(TemperatureCelsius) && double.IsFinite(PressureMegapascals) && double.IsFinite(ChargeCoulombs);
}
