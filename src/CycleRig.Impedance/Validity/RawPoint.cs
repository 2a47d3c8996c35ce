namespace CycleRig.Impedance.Validity;

/// <summary>A point as an instrument gives it, before anybody has looked at it. Values may be no numbers.</summary>
/// <param name="FrequencyHz">Frequency, Hz.</param>
/// <param name="RealOhms">Re Z, Ω.</param>
/// <param name="ImaginaryOhms">Im Z, Ω, below 0 for capacitive.</param>
/// <param name="TimeSeconds">When it was measured, s on any one clock; NaN where that is not known.</param>
/// <param name="Quality">What the instrument says of it.</param>
public readonly record struct RawPoint(
    double FrequencyHz, double RealOhms, double ImaginaryOhms, double TimeSeconds = double.NaN, PointQuality Quality = default);

/// <summary>
/// What an instrument says of a point: the figures that EC-Lab exports, in percent of the fundamental. Below 0 is not measured (EC-Lab writes -1);
/// 0, the default, is nothing to complain of.
/// </summary>
/// <param name="VoltageHarmonicsPercent">THD Ewe: harmonics of the voltage.</param>
/// <param name="CurrentHarmonicsPercent">THD I: harmonics of the current.</param>
/// <param name="VoltageDriftPercent">NSD Ewe: lines beside the fundamental, from change during the measurement.</param>
/// <param name="CurrentDriftPercent">NSD I.</param>
/// <param name="VoltageNoisePercent">NSR Ewe: noise to signal.</param>
/// <param name="CurrentNoisePercent">NSR I.</param>
/// <param name="Saturated">Whether the instrument flagged an overload.</param>
/// <param name="VoltagePeakVolts">Largest absolute voltage, V; 0 where it is not known.</param>
/// <param name="CurrentPeakAmperes">Largest absolute current, A; 0 where it is not known.</param>
public readonly record struct PointQuality(
    double VoltageHarmonicsPercent = 0,
    double CurrentHarmonicsPercent = 0,
    double VoltageDriftPercent = 0,
    double CurrentDriftPercent = 0,
    double VoltageNoisePercent = 0,
    double CurrentNoisePercent = 0,
    bool Saturated = false,
    double VoltagePeakVolts = 0,
    double CurrentPeakAmperes = 0);
