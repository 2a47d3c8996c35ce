namespace CycleRig.EarlyWarning.Detection;

/// <summary>What the detector is set to: the budget of false halts, and what is known beforehand of what is no damage.</summary>
public sealed record DetectorSettings
{
    public static DetectorSettings Default { get; } = new();

    /// <summary>False halts that are accepted per 1,000 channel-hours of plating, of all tests together; every threshold follows from it.</summary>
    public double FalseHaltsPerThousandHours { get; init; } = 0.6;

    /// <summary>How they are shared.</summary>
    public FalseAlarmBudget Budget => new(FalseHaltsPerThousandHours);

    /// <summary>Mean activation energy of the bulk (of σT), eV, and the standard deviation of its prior.</summary>
    public double ActivationElectronVolts { get; init; } = 0.39;

    public double ActivationSdElectronVolts { get; init; } = 0.02;

    /// <summary>Activation energy of the interface, eV: 0.38-0.56 is reported for garnets.</summary>
    public double InterfaceActivationElectronVolts { get; init; } = 0.47;

    /// <summary>Sweeps before anything is decided.</summary>
    public int BaselineSweeps { get; init; } = 6;

    /// <summary>Relative error of R_bulk below which no sweep is believed: gain, reading of the thermometer.</summary>
    public double NoiseFloor { get; init; } = 0.0004;

    /// <summary>Wander of the cell's own temperature about the thermometer, standard deviation, K, and its correlation time, s.</summary>
    public double WanderKelvins { get; init; } = 0.018;

    public double WanderSeconds { get; init; } = 400;

    /// <summary>Benign drift of ln R_bulk: standard deviation after an hour, growing with the root of time.</summary>
    public double DriftPerRootHour { get; init; } = 0.0005;

    /// <summary>Creep of the electrode over its mask: change of ln R_bulk for each e-fold of time, standard deviation.</summary>
    public double CreepPerEFold { get; init; } = 0.001;

    /// <summary>Share of constriction in R_bulk at the first sweep's R_int, standard deviation, as it goes with √R_int and with R_int.</summary>
    public double ConstrictionRootSd { get; init; } = 0.05;

    public double ConstrictionSd { get; init; } = 0.03;

    /// <summary>No valid verdict under current for longer than this halts, s.</summary>
    public double BlindLimitSeconds { get; init; } = 600;
}
