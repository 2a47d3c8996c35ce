using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Reports.Verdicts;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Running;

/// <summary>Reads what the outlook of a run follows from: its facts, its verdicts with their evidence, and the charge from its samples.</summary>
internal static class RunOutlook
{
    /// <summary>The outlook of a run; null where the journal does not say area and thickness of its cell.</summary>
    public static Outlook? Of(JournalReader reader, Guid run)
    {
        if (reader.OfRun(run, RecordKind.RunStarted).FirstOrDefault()?.Record.DecodeJson()["facts"] is not JsonObject facts
            || Number(facts["thickness_mm"]) is not > 0 || RunVerdicts.Of(reader, run) is not { } verdicts)
            return null;
        var area = verdicts.AreaSquareCentimetres;
        var material = facts["material"]?.ToString() == Material.Llzto.Name ? Material.Llzto : Material.SodiumBetaAlumina;
        var surface = facts["surface"]?.ToString() == "acid-treated" ? Surface.AcidTreated : Surface.Untreated;
        var highest = ((facts["protocol"]?["steps"] as JsonArray) ?? []).Select(step => Number(step?["current_density_mA_cm2"])).Where(double.IsFinite).DefaultIfEmpty().Max();
        return Outlook.Of(
            Sweeps(verdicts), (material, surface), new(Area.FromSquareCentimetres(area), Length.FromMillimetres(Number(facts["thickness_mm"]))),
            CurrentDensity.FromMilliamperesPerSquareCentimetre(highest));
    }

    /// <summary>Verdicts on valid sweeps.</summary>
    private static List<JudgedSweep> Sweeps(RunVerdicts verdicts) =>
    [
        .. verdicts.Rows.Where(row => row.Evidence is { CompensatedOhms: > 0 and < double.PositiveInfinity }).Select(row => new JudgedSweep(
            row.TimeSeconds, row.PassedMilliampereHoursPerSquareCentimetre, row.MilliamperesPerSquareCentimetre, row.Evidence!.CompensatedOhms,
            row.Evidence.InterfaceOhms, row.Evidence.Statistic, row.Evidence.OnsetSeconds)),
    ];

    private static double Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : double.NaN;
}
