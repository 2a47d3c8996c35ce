using CycleRig.Core.Scenarios;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// What a simulated cell is made of. Equations, ranges and sources: docs/simulated-rig.md. Per area means per area of the electrode;
/// values hold at 30 °C and the pressure of assembly.
/// </summary>
public sealed record CellRecipe
{
    /// <summary>Electrode (mask) diameter, mm.</summary>
    public double DiameterMillimetres { get; init; } = 2;

    /// <summary>Pellet thickness, mm.</summary>
    public double ThicknessMillimetres { get; init; } = 1.2;

    /// <summary>Pellet diameter, mm.</summary>
    public double PelletMillimetres { get; init; } = 10;

    /// <summary>Whether the counter electrode covers the whole face instead of a mask like the other.</summary>
    public bool FullCounter { get; init; }

    /// <summary>Ionic conductivity, S/cm.</summary>
    public double Conductivity { get; init; } = 1e-3;

    /// <summary>Electronic conductivity, S/cm.</summary>
    public double ElectronicConductivity { get; init; } = 1e-8;

    /// <summary>Relative permittivity of the electrolyte.</summary>
    public double Permittivity { get; init; } = 50;

    /// <summary>Activation energy of the bulk (of σT), eV.</summary>
    public double BulkActivation { get; init; } = 0.39;

    /// <summary>Exponent of the bulk arc.</summary>
    public double BulkExponent { get; init; } = 0.97;

    /// <summary>Grain-boundary resistance as a share of the bulk's; 0 for none.</summary>
    public double BoundaryShare { get; init; }

    /// <summary>Effective capacitance of the grain boundaries of the cell, F.</summary>
    public double BoundaryFarads { get; init; } = 1e-9;

    /// <summary>Capacitance of the fixture across everything, F.</summary>
    public double StrayFarads { get; init; } = 8e-12;

    /// <summary>Both interfaces before any plating, Ω cm².</summary>
    public double InterfaceStart { get; init; } = 2000;

    /// <summary>Both interfaces after contact has improved, Ω cm².</summary>
    public double InterfaceEnd { get; init; } = 500;

    /// <summary>What both interfaces would have in full contact, Ω cm²: the share in contact is this over what they have.</summary>
    public double InterfaceFullContact { get; init; } = 10;

    /// <summary>Charge over which contact improves, mAh/cm².</summary>
    public double ContactCharge { get; init; } = 0.06;

    /// <summary>Exponent of contact improvement.</summary>
    public double ContactExponent { get; init; } = 0.85;

    /// <summary>Share of the working side in the interface.</summary>
    public double WorkingShare { get; init; } = 0.35;

    /// <summary>Interface capacitance, F/cm².</summary>
    public double InterfaceFarads { get; init; } = 1e-6;

    /// <summary>Exponent of the working side's arc.</summary>
    public double WorkingExponent { get; init; } = 0.86;

    /// <summary>Exponent of the counter side's arc.</summary>
    public double CounterExponent { get; init; } = 0.88;

    /// <summary>Activation energy of the interface, eV.</summary>
    public double InterfaceActivation { get; init; } = 0.45;

    /// <summary>Exponent of pressure on the interface.</summary>
    public double PressureExponent { get; init; } = 0.5;

    /// <summary>Stack pressure at assembly, MPa; 0 without a press.</summary>
    public double AssemblyPressure { get; init; } = 5;

    /// <summary>Time over which a leaking pouch doubles the interface, days; infinite for a tight one.</summary>
    public double PouchDoubling { get; init; } = double.PositiveInfinity;

    /// <summary>Constriction as a share of the bulk at the end state of contact.</summary>
    public double Constriction { get; init; } = 0.006;

    /// <summary>Frequency of the constriction arc, Hz.</summary>
    public double ConstrictionHertz { get; init; } = 1e5;

    /// <summary>Softening voltage of each interface, V.</summary>
    public double InterfaceVolts { get; init; } = 0.8;

    /// <summary>Resistance of diffusion in the electrodes, Ω cm²; 0 for none.</summary>
    public double DiffusionOhms { get; init; }

    /// <summary>Time constant of diffusion in the electrodes, s.</summary>
    public double DiffusionSeconds { get; init; } = 60;

    /// <summary>Whether the electrodes block ions: no metal to plate, a double layer only.</summary>
    public bool Blocking { get; init; }

    /// <summary>Series inductance, H.</summary>
    public double Henries { get; init; } = 0.4e-6;

    /// <summary>Leads, Ω.</summary>
    public double LeadOhms { get; init; } = 0.8;

    /// <summary>Voltage at rest between unlike electrodes, V.</summary>
    public double OffsetVolts { get; init; }

    /// <summary>Drift of the voltage at rest in a day, V.</summary>
    public double OffsetDriftVolts { get; init; }

    /// <summary>Time constant of the cell behind the chamber's air, s.</summary>
    public double ThermalSeconds { get; init; } = 200;

    /// <summary>Joule heating, K/W.</summary>
    public double ThermalKelvinsPerWatt { get; init; } = 20;

    /// <summary>Own wander of the cell's temperature, K.</summary>
    public double WanderKelvins { get; init; } = 0.015;

    /// <summary>Correlation time of that wander, s.</summary>
    public double WanderSeconds { get; init; } = 500;

    /// <summary>Creep of the metal over the mask: relative rise of the radius for each decade of time after ten minutes.</summary>
    public double CreepPerDecade { get; init; }

    /// <summary>Rate of voiding, 1/h at 1 mA/cm².</summary>
    public double VoidRate { get; init; } = 1.5;

    /// <summary>Pressure that prevents voids, MPa for each mA/cm², at 30 °C; halves every 20 K.</summary>
    public double VoidPressure { get; init; } = 5;

    /// <summary>Time over which plating heals voids, s.</summary>
    public double VoidHealingSeconds { get; init; } = 800;

    /// <summary>Share of the largest voided area that never heals.</summary>
    public double VoidRemains { get; init; } = 0.08;

    /// <summary>Concentration of the current at the rim of a void.</summary>
    public double VoidRim { get; init; } = 6;

    /// <summary>Metal that can be stripped from each electrode, mAh/cm²; 200 µm of lithium are 41.</summary>
    public double ReserveCharge { get; init; } = 41;

    /// <summary>Pore sites under a 2 mm electrode that could spall.</summary>
    public double Sites { get; init; } = PoreSites.Usual;

    /// <summary>Local current density above which they do, median, mA/cm².</summary>
    public double CriticalDensity { get; init; } = 8;

    /// <summary>Standard deviation of its logarithm over sites.</summary>
    public double CriticalSpread { get; init; } = 0.06;

    /// <summary>Charge that fills a pore until it spalls, median, µAh/cm².</summary>
    public double IncubationCharge { get; init; } = 5;

    /// <summary>Number of filaments that grow from spalled sites; 0 for an electrolyte that cracks but does not let metal through.</summary>
    public int Filaments { get; init; } = 6;

    /// <summary>Plated charge at a spalled site before its filament grows, mAh/cm², at 50 times the nominal current density.</summary>
    public double OnsetCharge { get; init; } = 0.3;

    /// <summary>Plated charge from there to the short, mAh/cm², at 50 times the nominal current density.</summary>
    public double GrowthCharge { get; init; } = 0.4;

    /// <summary>How much faster a filament grows near the end than at the beginning.</summary>
    public double Acceleration { get; init; } = 1;

    /// <summary>Share of its way that a filament spends arrested.</summary>
    public double PauseShare { get; init; } = 0.15;

    /// <summary>Mean number of jumps on the way of a filament.</summary>
    public double Jumps { get; init; } = 1;

    /// <summary>Loss of bulk resistance under a 2 mm electrode just before the short; goes with 1/area for others.</summary>
    public double LossAtShort { get; init; } = 0.12;

    /// <summary>Loss goes with this power of the depth; 0 for half-spheroid conductors. For trying a detector off its model.</summary>
    public double LossPower { get; init; }

    /// <summary>g in (1 - l/L)^-g of a half-spheroid, 0 to 1.</summary>
    public double LossWidening { get; init; }

    /// <summary>Radius of a filament, µm.</summary>
    public double FilamentRadius { get; init; } = 1;

    /// <summary>Depth of a crack that the pellet has from the beginning, µm.</summary>
    public double InitialCrack { get; init; }

    /// <summary>Soft shorts an hour when a filament is nearly through; rarer before, with the fourth power of its depth.</summary>
    public double SoftShorts { get; init; }

    /// <summary>Chance that a soft short burns its filament back.</summary>
    public double BurnOut { get; init; } = 0.3;

    /// <summary>Diameter of the filament that shorts the cell, µm: 440 Ω through 1.2 mm of lithium at 93 nΩm.</summary>
    public double ShortDiameter { get; init; } = 0.57;

    /// <summary>Resistance of its two ends, Ω.</summary>
    public double ShortContactOhms { get; init; } = 46;

    /// <summary>Plated charge at which the cell shorts without any sign before, mAh/cm²; infinite for never.</summary>
    public double SuddenShortCharge { get; init; } = double.PositiveInfinity;

    /// <summary>Flicker of the voltage at 5 mA/cm² once sites have spalled, relative.</summary>
    public double Flicker { get; init; } = 0.008;

    /// <summary>Electrode area, cm².</summary>
    public double AreaSquareCentimetres => Math.PI * DiameterMillimetres * DiameterMillimetres / 400;

    /// <summary>Thickness, cm.</summary>
    public double ThicknessCentimetres => ThicknessMillimetres / 10;
}
