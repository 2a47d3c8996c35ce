using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.Files.Yaml;

namespace CycleRig.Files;

/// <summary>Reads the cell record under a channel.</summary>
internal static class CellSection
{
    private static readonly Length DiameterSd = Length.FromMicrometres(50);
    private static readonly Length ThicknessSd = Length.FromMicrometres(10);

    public static Cell Read(YamlMap map)
    {
        var diameter = new Length(map.Quantity("diameter", Dimension.Length, 0, lowIsAllowed: false));
        var area = map.OptionalQuantity("area", Dimension.Area, 0, lowIsAllowed: false);
        var disc = Area.OfDisc(diameter);
        if (area is { } given && map.Has("diameter") && Math.Abs(Math.Log(given / disc.SquareMetres)) > 0.2)
            map.Report("area", $"{new Area(given)} does not fit the diameter, which makes {disc}; leave `area` out or correct one of them");
        var (working, counter) = (Electrode(map, "working"), Electrode(map, "counter"));
        RefuseOneBlocking(map, working, counter);
        return new(
            map.Name("id", "cell-1"),
            map.Choice("material", ("LLZTO", Material.Llzto), ("Na-beta-alumina", Material.SodiumBetaAlumina)),
            area is { } known ? new(known) : disc,
            diameter,
            map.OptionalQuantity("diameter_sd", Dimension.Length, 0) is { } diameterSd ? new(diameterSd) : DiameterSd,
            new(map.Quantity("thickness", Dimension.Length, 0, lowIsAllowed: false)),
            map.OptionalQuantity("thickness_sd", Dimension.Length, 0) is { } thicknessSd ? new(thicknessSd) : ThicknessSd,
            working,
            counter,
            map.Choice("surface", ("untreated", Surface.Untreated), ("acid-treated", Surface.AcidTreated)),
            Limits(map.Map("limits")),
            map.OptionalQuantity("foil", Dimension.Length, 0, lowIsAllowed: false) is { } foil ? new(foil) : null);
    }

    /// <summary>Electrodes that block ions are simulated on both sides, as one double layer; on one side they would pass for metal.</summary>
    public static void RefuseOneBlocking(YamlMap map, Electrode working, Electrode counter)
    {
        if (working != counter && (working == Core.Cells.Electrode.Nickel || counter == Core.Cells.Electrode.Nickel))
            map.Report("counter", "Ni on one side only is not simulated; write Ni for `working` and `counter`, or for neither");
    }

    private static Electrode Electrode(YamlMap map, string key) => map.Choice(
        key, ("Li", Core.Cells.Electrode.Lithium), ("LiMg", Core.Cells.Electrode.LithiumMagnesium), ("Na", Core.Cells.Electrode.Sodium), ("Ni", Core.Cells.Electrode.Nickel));

    private static CellLimits Limits(YamlMap map)
    {
        var limits = new CellLimits(
            new(map.Quantity("voltage_min", Dimension.Voltage)),
            new(map.Quantity("voltage_max", Dimension.Voltage)),
            new(map.Quantity("current_max", Dimension.Current, 0, lowIsAllowed: false)),
            new(map.Quantity("charge_max", Dimension.Charge, 0, lowIsAllowed: false)),
            new(map.Quantity("temperature_min", Dimension.Temperature, 0)),
            new(map.Quantity("temperature_max", Dimension.Temperature, 0)),
            new(map.Quantity("pressure_min", Dimension.Pressure, 0)),
            new(map.Quantity("pressure_max", Dimension.Pressure, 0)));
        if (limits.VoltageMin >= limits.VoltageMax)
            map.Report("voltage_max", "voltage_max is not above voltage_min; write a higher voltage");
        if (limits.TemperatureMin >= limits.TemperatureMax)
            map.Report("temperature_max", "temperature_max is not above temperature_min; write a higher temperature");
        if (limits.PressureMin >= limits.PressureMax)
            map.Report("pressure_max", "pressure_max is not above pressure_min; write a higher pressure");
        return limits;
    }
}
