namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// What a simulated cell is made of. Ranges and equations: Siniscalchi et al. 2024, doi 10.1039/d3ee03916a, and the literature named
/// in docs/simulated-rig.md. Resistances per area are in Ω cm², for the 2 mm electrode on a 1.2 mm pellet.
/// </summary>
public sealed record SimulatedCellParameters
{
    /// <summary>Electrode area, cm².</summary>
    public double AreaSquareCentimetres { get; init; } = 0.0314159;

    /// <summary>Pellet thickness, cm.</summary>
    public double ThicknessCentimetres { get; init; } = 0.12;

    /// <summary>Ionic conductivity at 30 °C, S/cm.</summary>
    public double Conductivity { get; init; } = 1e-3;

    /// <summary>Share of the one-dimensional resistance that current spreading leaves; 0.63-0.66 for both faces masked.</summary>
    public double Spread { get; init; } = 0.645;

    /// <summary>Activation energy of the bulk (of σT), eV.</summary>
    public double BulkActivation { get; init; } = 0.39;

    /// <summary>Exponent of the bulk arc.</summary>
    public double BulkExponent { get; init; } = 0.97;

    /// <summary>Capacitance of the pellet, F.</summary>
    public double BulkFarads { get; init; } = 1.3e-12;

    /// <summary>Capacitance of the fixture across everything, F.</summary>
    public double StrayFarads { get; init; } = 8e-12;

    /// <summary>Interface before plating, both sides, Ω cm².</summary>
    public double InterfaceStart { get; init; } = 2000;

    /// <summary>Interface after contact has improved, both sides, Ω cm².</summary>
    public double InterfaceEnd { get; init; } = 500;

    /// <summary>Plated charge over which contact improves, mAh/cm².</summary>
    public double ContactCharge { get; init; } = 0.06;

    /// <summary>Exponent of contact improvement.</summary>
    public double ContactExponent { get; init; } = 0.85;

    /// <summary>Share of the working side in the interface.</summary>
    public double WorkingShare { get; init; } = 0.35;

    /// <summary>Interface capacitance, F/cm², and the exponents of the two arcs.</summary>
    public double InterfaceFaradsPerSquareCentimetre { get; init; } = 1e-6;

    public double WorkingExponent { get; init; } = 0.86;

    public double CounterExponent { get; init; } = 0.88;

    /// <summary>Activation energy of the interface, eV.</summary>
    public double InterfaceActivation { get; init; } = 0.45;

    /// <summary>Exponent of pressure on the interface.</summary>
    public double PressureExponent { get; init; } = 0.5;

    /// <summary>Share of constriction in the bulk at the end state of contact.</summary>
    public double Constriction { get; init; } = 0.006;

    /// <summary>Frequency of the constriction arc, Hz.</summary>
    public double ConstrictionHertz { get; init; } = 1e5;

    /// <summary>Softening voltage of each interface, V.</summary>
    public double InterfaceVolts { get; init; } = 0.8;

    /// <summary>Series inductance, H.</summary>
    public double Henries { get; init; } = 0.4e-6;

    /// <summary>Leads, Ω.</summary>
    public double LeadOhms { get; init; } = 0.8;

    /// <summary>Time constant of the cell behind the chamber, s.</summary>
    public double ThermalSeconds { get; init; } = 200;

    /// <summary>Joule heating, K/W.</summary>
    public double ThermalKelvinsPerWatt { get; init; } = 20;

    /// <summary>Own wander of the cell's temperature, K, and its time, s.</summary>
    public double WanderKelvins { get; init; } = 0.015;

    public double WanderSeconds { get; init; } = 500;

    /// <summary>Plated charge at which the first filament starts to grow, mAh/cm²; infinite for a cell that never does.</summary>
    public double OnsetCharge { get; init; } = double.PositiveInfinity;

    /// <summary>Plated charge from onset to the short, mAh/cm².</summary>
    public double GrowthCharge { get; init; } = 0.4;

    /// <summary>Loss of bulk resistance just before the short.</summary>
    public double LossAtShort { get; init; } = 0.12;

    /// <summary>Number of filaments, and how unequal they are.</summary>
    public int Filaments { get; init; } = 6;

    /// <summary>Resistance of the filament that shorts the cell, Ω.</summary>
    public double ShortOhms { get; init; } = 440;

    /// <summary>Local current density above which sub-surface pores spall, mA/cm².</summary>
    public double CriticalDensity { get; init; } = 6;

    /// <summary>An untreated (lithiophobic) cell, drawn from a seed: contact improves, then filaments grow until the cell shorts.</summary>
    public static SimulatedCellParameters Untreated(int seed)
    {
        var draw = new Random(seed);
        return Common(draw) with
        {
            InterfaceStart = 2000 * Spread1(draw, 0.1),
            InterfaceEnd = 500 * Spread1(draw, 0.12),
            ContactCharge = 0.02 + (0.05 * draw.NextDouble()),
            ContactExponent = 0.8 + (0.2 * draw.NextDouble()),
            OnsetCharge = 0.22 + (0.2 * draw.NextDouble()),
            GrowthCharge = 0.28 + (0.22 * draw.NextDouble()),
            LossAtShort = 0.06 + (0.18 * draw.NextDouble()),
            Filaments = 3 + draw.Next(6),
            Constriction = 0.003 + (0.006 * draw.NextDouble()),
        };
    }

    /// <summary>An acid-treated (lithiophilic) cell, drawn from a seed: interface near zero, no spallation below 3 mA/cm².</summary>
    public static SimulatedCellParameters AcidTreated(int seed)
    {
        var draw = new Random(seed);
        var end = 4 + (18 * draw.NextDouble());
        return Common(draw) with { InterfaceStart = end * 1.3, InterfaceEnd = end, Constriction = 0.002 };
    }

    private static SimulatedCellParameters Common(Random draw) => new()
    {
        Conductivity = 1e-3 * Spread1(draw, 0.05),
        Spread = 0.63 + (0.03 * draw.NextDouble()),
        BulkActivation = 0.365 + (0.05 * draw.NextDouble()),
        BulkExponent = 0.95 + (0.04 * draw.NextDouble()),
        StrayFarads = (4 + (11 * draw.NextDouble())) * 1e-12,
        InterfaceFaradsPerSquareCentimetre = (0.4 + (1.6 * draw.NextDouble())) * 1e-6,
        WorkingExponent = 0.82 + (0.1 * draw.NextDouble()),
        CounterExponent = 0.82 + (0.1 * draw.NextDouble()),
        InterfaceActivation = 0.4 + (0.14 * draw.NextDouble()),
        PressureExponent = 0.35 + (0.3 * draw.NextDouble()),
        ConstrictionHertz = 6e4 + (1.4e5 * draw.NextDouble()),
        Henries = (0.15 + (0.75 * draw.NextDouble())) * 1e-6,
        LeadOhms = 0.3 + (1.2 * draw.NextDouble()),
        ThermalSeconds = 60 + (360 * draw.NextDouble()),
        WanderKelvins = 0.008 + (0.014 * draw.NextDouble()),
        WanderSeconds = 200 + (700 * draw.NextDouble()),
    };

    private static double Spread1(Random draw, double share) => 1 + (share * ((2 * draw.NextDouble()) - 1));
}
