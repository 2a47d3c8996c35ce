using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Files.Yaml;

namespace CycleRig.Files.Scenarios;

/// <summary>
/// Reads a simulated cell: material, surface, electrodes and size, each with the paper's cell as the default, and limits that let a
/// protocol do what a scenario wants to see.
/// </summary>
public static class SimulatedCellSection
{
    private const double CurrentDensityMax = 100; // A/m², 10 mA/cm²
    private const double ArealCapacityMax = 1.8e6; // C/m², 50 mAh/cm²

    /// <summary>An instrument of the paper's class: 7 MHz, 60 ms a point, 200 ms a technique start.</summary>
    public static InstrumentLimits Instrument { get; } = new(
        Current.FromMilliamperes(100), new(12), new(7e6), new(0.01), SweepOnDirectCurrent: true, CanQueue: true,
        TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50));

    /// <summary>Reads the cell.</summary>
    /// <param name="map">Has its keys.</param>
    /// <param name="id">Its name.</param>
    internal static Cell Read(YamlMap map, string id)
    {
        var diameter = new Length(map.OptionalQuantity("diameter", Dimension.Length, 0, lowIsAllowed: false) ?? 2e-3);
        var area = Area.OfDisc(diameter);
        var material = map.Has("material") ? map.Choice("material", ("LLZTO", Material.Llzto), ("Na-beta-alumina", Material.SodiumBetaAlumina)) : Material.Llzto;
        var metal = material == Material.Llzto ? Electrode.Lithium : Electrode.Sodium;
        var working = Metal(map, "working", metal);
        var counter = Metal(map, "counter", working);
        CellSection.RefuseOneBlocking(map, working, counter);
        return new(
            id, material, area, diameter, Length.FromMicrometres(50),
            new(map.OptionalQuantity("thickness", Dimension.Length, 0, lowIsAllowed: false) ?? 1.2e-3), Length.FromMicrometres(10),
            working, counter,
            map.Choice("surface", ("untreated", Surface.Untreated), ("acid-treated", Surface.AcidTreated)), Limits(map, area));
    }

    private static Electrode Metal(YamlMap map, string key, Electrode otherwise) => map.Has(key)
        ? map.Choice(key, ("Li", Electrode.Lithium), ("LiMg", Electrode.LithiumMagnesium), ("Na", Electrode.Sodium), ("Ni", Electrode.Nickel))
        : otherwise;

    private static CellLimits Limits(YamlMap map, Area area) => new(
        new(-5), new(5),
        new(map.OptionalQuantity("current_max", Dimension.Current, 0, lowIsAllowed: false) ?? CurrentDensityMax * area.SquareMetres),
        new(ArealCapacityMax * area.SquareMetres),
        Temperature.FromCelsius(-10), Temperature.FromCelsius(100), new(0), Pressure.FromMegapascals(20));
}
