using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Storage.Journals;

namespace CycleRig.Reports.Verdicts;

/// <summary>A verdict as the journal has it.</summary>
/// <param name="Spectrum">Number of the sweep that it judges; null where it judges none.</param>
/// <param name="TimeSeconds">End of that sweep on the run's clock, s.</param>
/// <param name="PassedMilliampereHoursPerSquareCentimetre">Charge that had passed by then in either direction, mAh/cm².</param>
/// <param name="MilliamperesPerSquareCentimetre">Current density then, mA/cm², negative for plating the working electrode; 0 at rest.</param>
/// <param name="Level">The verdict.</param>
/// <param name="Detail">In words.</param>
/// <param name="Evidence">What it rested on; null where the sweep could not be used.</param>
/// <param name="FitVersion">Of the fit; null in journals that were written before it was noted.</param>
/// <param name="Part">The points of a sweep that the halt cut; null where the journal has the whole sweep.</param>
public sealed record VerdictRow(
    int? Spectrum,
    double TimeSeconds,
    double PassedMilliampereHoursPerSquareCentimetre,
    double MilliamperesPerSquareCentimetre,
    WarningLevel Level,
    string Detail,
    Evidence? Evidence,
    string? FitVersion,
    Spectrum? Part)
{
    /// <summary>Reads one.</summary>
    /// <param name="record">Of the kind `fit`.</param>
    /// <param name="passed">Charge by then, mAh/cm².</param>
    /// <param name="density">Current density then, mA/cm².</param>
    internal static VerdictRow Of(JournalRecord record, double passed, double density)
    {
        var json = record.DecodeJson();
        var spectrum = json["spectrum"]?.GetValue<int>();
        return new(
            spectrum, record.TimeSeconds, passed, density,
            Enum.TryParse<WarningLevel>(json["level"]?.ToString(), ignoreCase: true, out var level) ? level : WarningLevel.Watch,
            json["detail"]?.ToString() ?? "",
            json["evidence"]?.Deserialize<Evidence>(CanonicalJson.Options),
            json["fit_version"]?.ToString(),
            json["part"] is JsonObject part && spectrum is { } index ? SpectrumPartJson.Read(part, index) : null);
    }
}
