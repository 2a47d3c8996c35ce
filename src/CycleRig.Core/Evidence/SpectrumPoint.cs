namespace CycleRig.Core.Evidence;

/// <summary>One frequency of a sweep, measured at its own time. Im Z below 0 is capacitive.</summary>
/// <param name="FrequencyHz">Frequency, Hz, above 0.</param>
/// <param name="RealOhms">Re Z, Ω.</param>
/// <param name="ImaginaryOhms">Im Z, Ω.</param>
/// <param name="TimeSeconds">When the point was measured, seconds on the channel's run clock.</param>
/// <param name="CurrentAmperes">Direct current under the sine, A, positive for oxidation.</param>
/// <param name="TemperatureCelsius">Cell temperature, °C.</param>
/// <param name="PressureMegapascals">Stack pressure, MPa.</param>
public readonly record struct SpectrumPoint(
    double FrequencyHz,
    double RealOhms,
    double ImaginaryOhms,
    double TimeSeconds,
    double CurrentAmperes,
    double TemperatureCelsius,
    double PressureMegapascals);
