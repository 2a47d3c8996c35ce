namespace CycleRig.EarlyWarning.Detection;

/// <summary>What the detector is set to.</summary>
public sealed record DetectorSettings
{
    public static DetectorSettings Default { get; } = new();

    /// <summary>False halts that are accepted per 1,000 channel-hours of plating; the threshold follows from it.</summary>
    public double FalseHaltsPerThousandHours { get; init; } = 0.5;

    /// <summary>Mean activation energy of the bulk (of σT), eV, and the standard deviation of its prior.</summary>
    public double ActivationElectronVolts { get; init; } = 0.39;

    public double ActivationSdElectronVolts { get; init; } = 0.02;

    /// <summary>Sweeps under plating before anything is decided.</summary>
    public int BaselineSweeps { get; init; } = 6;

    /// <summary>Relative error of R_bulk below which no sweep is believed: gain, thermometer, drift between sweeps.</summary>
    public double NoiseFloor { get; init; } = 0.0008;

    /// <summary>Standard deviation of the share of constriction in R_bulk, at the present R_int.</summary>
    public double ConstrictionSd { get; init; } = 0.012;

    /// <summary>Standard deviation of a benign linear drift, 1/h.</summary>
    public double DriftPerHourSd { get; init; } = 0.001;

    /// <summary>Thermal lag between thermometer and electrolyte, standard deviation, s.</summary>
    public double LagSecondsSd { get; init; } = 60;

    /// <summary>No valid verdict under current for longer than this halts, s.</summary>
    public double BlindLimitSeconds { get; init; } = 600;
}
