using System.Collections.Frozen;
using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Scenarios;

/// <summary>A parameter of a simulated cell that scenario and population files can set.</summary>
/// <param name="Name">As written in files.</param>
/// <param name="Dimension">Its dimension, or null for a ratio or a count.</param>
/// <param name="Low">Least value, in SI.</param>
/// <param name="High">Largest value, in SI.</param>
/// <param name="What">In words.</param>
public sealed record CellParameter(string Name, Dimension? Dimension, double Low, double High, string What);

/// <summary>The parameters that there are.</summary>
public static class CellParameters
{
    /// <summary>In the order of the documentation.</summary>
    public static ImmutableArray<CellParameter> All { get; } =
    [
        new("pellet_diameter", Dimension.Length, 1e-4, 0.1, "diameter of the pellet"),
        new("full_counter", null, 0, 1, "1 where the counter electrode covers its face, 0 for a mask like the other"),
        new("sintering_temperature", Dimension.Temperature, 1273.15, 1473.15, "1000 to 1200 °C: sets density, conductivity and number of pores"),
        new("conductivity", Dimension.Conductivity, 1e-5, 10, "ionic, at 30 °C"),
        new("electronic_conductivity", Dimension.Conductivity, 0, 1e-3, "electronic, at 30 °C"),
        new("permittivity", null, 1, 1000, "relative, of the electrolyte"),
        new("bulk_activation", Dimension.Energy, 0.05, 2, "of the bulk, for σT"),
        new("bulk_exponent", null, 0.5, 1, "of the bulk arc"),
        new("boundary_share", null, 0, 1, "grain boundary over bulk"),
        new("boundary_capacitance", Dimension.Capacitance, 1e-12, 1e-6, "of the grain boundaries"),
        new("stray_capacitance", Dimension.Capacitance, 0, 1e-9, "of the fixture"),
        new("interface_start", Dimension.ArealResistance, 1e-8, 100, "both interfaces before plating"),
        new("interface_end", Dimension.ArealResistance, 1e-8, 100, "both interfaces in improved contact"),
        new("contact_charge", Dimension.ArealCapacity, 1, 1e6, "charge over which contact improves"),
        new("contact_exponent", null, 0.2, 3, "of contact improvement"),
        new("working_share", null, 0.05, 0.95, "of the working side in the interface"),
        new("interface_activation", Dimension.Energy, 0.05, 2, "of the interface"),
        new("pressure_exponent", null, 0, 2, "of pressure on the interface"),
        new("pouch_doubling", Dimension.Time, 3600, 1e9, "time over which a leaking pouch doubles the interface"),
        new("constriction", null, 0, 0.2, "over bulk, at the end state of contact"),
        new("softening_voltage", Dimension.Voltage, 0.01, 100, "of each interface"),
        new("diffusion", Dimension.ArealResistance, 0, 100, "resistance of diffusion in the electrodes"),
        new("lead_resistance", Dimension.Resistance, 0, 1e4, "of the leads"),
        new("lead_inductance", Dimension.Inductance, 0, 1e-4, "of the leads"),
        new("offset", Dimension.Voltage, -1, 1, "voltage at rest"),
        new("offset_drift", Dimension.Voltage, -1, 1, "its change in a day"),
        new("thermal_lag", Dimension.Time, 1, 1e4, "of the cell behind the air"),
        new("temperature_wander", Dimension.TemperatureDifference, 0, 5, "of the cell, standard deviation"),
        new("creep_per_decade", null, 0, 0.1, "relative growth of the electrode's radius in each decade of time"),
        new("void_rate", null, 0, 100, "1/h at 1 mA/cm²"),
        new("void_pressure", Dimension.Pressure, 0, 1e9, "pressure that prevents voids, for each mA/cm²"),
        new("void_healing", Dimension.Time, 1, 1e6, "time over which plating heals voids"),
        new("reserve", Dimension.ArealCapacity, 1, 1e8, "metal on each electrode"),
        new("sites", null, 0, 5000, "pores under a 2 mm electrode"),
        new("critical_density", Dimension.CurrentDensity, 0.1, 1e5, "local, above which pores spall"),
        new("incubation_charge", Dimension.ArealCapacity, 1e-3, 1e6, "until a pore spalls, median"),
        new("filaments", null, 0, 100, "that can grow"),
        new("onset_charge", Dimension.ArealCapacity, 0, 1e7, "at a spalled site before its filament grows"),
        new("growth_charge", Dimension.ArealCapacity, 1, 1e7, "from there to the short"),
        new("acceleration", null, 0, 20, "of growth towards the end"),
        new("pause_share", null, 0, 0.9, "of its way that a filament is arrested"),
        new("jumps", null, 0, 100, "on the way of a filament"),
        new("loss_at_short", null, 0, 0.9, "of bulk resistance under a 2 mm electrode"),
        new("loss_power", null, 0, 10, "loss goes with this power of the depth; 0 for half-spheroids"),
        new("loss_widening", null, 0, 1, "g in (1 - l/L)^-g of a half-spheroid"),
        new("initial_crack", Dimension.Length, 0, 0.1, "depth of a crack from the beginning"),
        new("soft_shorts", null, 0, 1000, "an hour near the end"),
        new("burn_out", null, 0, 1, "chance that a soft short burns its filament back"),
        new("short_diameter", Dimension.Length, 1e-8, 1e-4, "of the filament that shorts the cell"),
        new("sudden_short_charge", Dimension.ArealCapacity, 0, 1e8, "plated when the cell shorts without any sign"),
        new("flicker", null, 0, 0.5, "of the resistance at 5 mA/cm² after spalling"),
    ];

    private static readonly FrozenDictionary<string, CellParameter> ByName = All.ToFrozenDictionary(parameter => parameter.Name);

    /// <summary>The parameter of a name, or null.</summary>
    public static CellParameter? Find(string name) => ByName.GetValueOrDefault(name);
}
