using System.Diagnostics;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Sets a parameter of a recipe by its name in files (CycleRig.Core.Scenarios.CellParameters), from SI or a bare number.</summary>
internal static class RecipeParameters
{
    private const double PerMilliampereHour = 1 / 36_000.0; // C/m² to mAh/cm²

    public static CellRecipe Set(CellRecipe recipe, string name, double value) => name switch
    {
        "pellet_diameter" => recipe with { PelletMillimetres = value * 1e3 },
        "full_counter" => recipe with { FullCounter = value >= 0.5 },
        "sintering_temperature" => Sintering.At(recipe, value - 273.15),
        "conductivity" => recipe with { Conductivity = value / 100 },
        "electronic_conductivity" => recipe with { ElectronicConductivity = value / 100 },
        "permittivity" => recipe with { Permittivity = value },
        "bulk_activation" => recipe with { BulkActivation = value },
        "bulk_exponent" => recipe with { BulkExponent = value },
        "boundary_share" => recipe with { BoundaryShare = value },
        "boundary_capacitance" => recipe with { BoundaryFarads = value },
        "stray_capacitance" => recipe with { StrayFarads = value },
        "lead_resistance" => recipe with { LeadOhms = value },
        "lead_inductance" => recipe with { Henries = value },
        "offset" => recipe with { OffsetVolts = value },
        "offset_drift" => recipe with { OffsetDriftVolts = value },
        "thermal_lag" => recipe with { ThermalSeconds = value },
        "temperature_wander" => recipe with { WanderKelvins = value },
        _ => SetInterface(recipe, name, value),
    };

    private static CellRecipe SetInterface(CellRecipe recipe, string name, double value) => name switch
    {
        "interface_start" => recipe with { InterfaceStart = value * 1e4 },
        "interface_end" => recipe with { InterfaceEnd = value * 1e4, InterfaceFullContact = Math.Min(recipe.InterfaceFullContact, value * 1e4) },
        "contact_charge" => recipe with { ContactCharge = value * PerMilliampereHour },
        "contact_exponent" => recipe with { ContactExponent = value },
        "working_share" => recipe with { WorkingShare = value },
        "interface_activation" => recipe with { InterfaceActivation = value },
        "pressure_exponent" => recipe with { PressureExponent = value },
        "pouch_doubling" => recipe with { PouchDoubling = value / 86_400 },
        "constriction" => recipe with { Constriction = value },
        "softening_voltage" => recipe with { InterfaceVolts = value },
        "diffusion" => recipe with { DiffusionOhms = value * 1e4 },
        "creep_per_decade" => recipe with { CreepPerDecade = value },
        "void_rate" => recipe with { VoidRate = value },
        "void_pressure" => recipe with { VoidPressure = value / 1e6 },
        "void_healing" => recipe with { VoidHealingSeconds = value },
        "reserve" => recipe with { ReserveCharge = value * PerMilliampereHour },
        _ => SetDamage(recipe, name, value),
    };

    private static CellRecipe SetDamage(CellRecipe recipe, string name, double value) => name switch
    {
        "sites" => recipe with { Sites = value },
        "critical_density" => recipe with { CriticalDensity = value / 10 },
        "incubation_charge" => recipe with { IncubationCharge = value * PerMilliampereHour * 1e3 },
        "filaments" => recipe with { Filaments = (int)Math.Round(value) },
        "onset_charge" => recipe with { OnsetCharge = value * PerMilliampereHour },
        "growth_charge" => recipe with { GrowthCharge = value * PerMilliampereHour },
        "acceleration" => recipe with { Acceleration = value },
        "pause_share" => recipe with { PauseShare = value },
        "jumps" => recipe with { Jumps = value },
        "loss_at_short" => recipe with { LossAtShort = value },
        "loss_power" => recipe with { LossPower = value },
        "loss_widening" => recipe with { LossWidening = value },
        "initial_crack" => recipe with { InitialCrack = value * 1e6 },
        "soft_shorts" => recipe with { SoftShorts = value },
        "burn_out" => recipe with { BurnOut = value },
        "short_diameter" => recipe with { ShortDiameter = value * 1e6 },
        "sudden_short_charge" => recipe with { SuddenShortCharge = value * PerMilliampereHour },
        "flicker" => recipe with { Flicker = value },
        _ => throw new UnreachableException($"no rule for the parameter {name}"),
    };
}
