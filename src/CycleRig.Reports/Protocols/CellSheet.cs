using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Core.Quantities;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>What cell.json says beside the facts that every reader needs.</summary>
internal static class CellSheet
{
    /// <summary>The pellet with its dimensions and, where they are given, their errors and the spreading factor.</summary>
    /// <exception cref="ReportException">The thickness is missing.</exception>
    public static PelletGeometry Pellet(Recording recording)
    {
        var cell = recording.Cell;
        if (!(cell.ThicknessMillimetres > 0))
            throw new ReportException($"{recording.Name}: cell.json has no thickness; write `thickness_mm`");
        var diameter = Number(recording, "diameter_mm") ?? 10 * Math.Sqrt(4 * cell.AreaSquareCentimetres / Math.PI);
        return new(Length.FromMillimetres(cell.ThicknessMillimetres), Length.FromMillimetres(diameter))
        {
            ThicknessStandardError = Length.FromMillimetres(Number(recording, "thickness_sd_mm") ?? 0),
            DiameterStandardError = Length.FromMillimetres(Number(recording, "diameter_sd_mm") ?? 0),
            SpreadingFactor = Number(recording, "spread_factor"),
        };
    }

    /// <summary>Whether spreading was corrected, and with which factor.</summary>
    public static string SpreadingNote(PelletGeometry pellet) => pellet.SpreadingFactor is { } factor
        ? string.Create(CultureInfo.InvariantCulture, $"corrected for current spreading with f = {factor:G4} from cell.json")
        : "not corrected for current spreading: cell.json has no `spread_factor`, and the current is taken to flow straight";

    /// <summary>Resistance of the leads that was measured on a short-circuited holder, Ω; null where cell.json has no `lead_resistance_ohm`.</summary>
    public static double? LeadOhms(Recording recording) => Number(recording, "lead_resistance_ohm");

    /// <summary>A number of cell.json; null where it is missing or none.</summary>
    public static double? Number(Recording recording, string key) =>
        recording.Cell.All[key] is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Name for titles: the cell's id, or the folder.</summary>
    public static string Name(Recording recording) => recording.Cell.Id.Length > 0 ? recording.Cell.Id : recording.Name;
}
