using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Cells;
using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Storage.Journals;

namespace CycleRig.Host.Running;

/// <summary>Reads what the outlook of a run follows from: its facts, its verdicts with their evidence, and the charge from its samples.</summary>
internal static class RunOutlook
{
    private const double CoulombsPerMilliampereHour = 3.6;
    private const double MilliamperesPerAmpere = 1000;

    /// <summary>The outlook of a run; null where the journal does not say area and thickness of its cell.</summary>
    public static Outlook? Of(JournalReader reader, Guid run)
    {
        if (reader.OfRun(run, RecordKind.RunStarted).FirstOrDefault()?.Record.DecodeJson()["facts"] is not JsonObject facts
            || Number(facts["area_cm2"]) is not > 0 || Number(facts["thickness_mm"]) is not > 0)
            return null;
        var area = Number(facts["area_cm2"]);
        var material = facts["material"]?.ToString() == Material.Llzto.Name ? Material.Llzto : Material.SodiumBetaAlumina;
        var surface = facts["surface"]?.ToString() == "acid-treated" ? Surface.AcidTreated : Surface.Untreated;
        var highest = ((facts["protocol"]?["steps"] as JsonArray) ?? []).Select(step => Number(step?["current_density_mA_cm2"])).Where(double.IsFinite).DefaultIfEmpty().Max();
        return Outlook.Of(
            Sweeps(reader, run, area), (material, surface), new(Area.FromSquareCentimetres(area), Length.FromMillimetres(Number(facts["thickness_mm"]))),
            CurrentDensity.FromMilliamperesPerSquareCentimetre(highest));
    }

    /// <summary>Verdicts on valid sweeps, each with the charge and the current of the newest sample before it.</summary>
    private static List<JudgedSweep> Sweeps(JournalReader reader, Guid run, double area)
    {
        var sweeps = new List<JudgedSweep>();
        using var samples = reader.Samples(run).GetEnumerator();
        double passed = 0, last = 0, density = 0;
        var more = samples.MoveNext();
        foreach (var row in reader.OfRun(run, RecordKind.Fit))
        {
            for (; more && samples.Current.TimeSeconds <= row.Record.TimeSeconds; more = samples.MoveNext())
            {
                passed += Math.Abs(samples.Current.ChargeCoulombs - last);
                last = samples.Current.ChargeCoulombs;
                density = samples.Current.CurrentAmperes * MilliamperesPerAmpere / area;
            }

            if (row.Record.DecodeJson()["evidence"] is JsonObject evidence && Number(evidence["compensated_ohms"]) is > 0 and < double.PositiveInfinity and var ohms)
                sweeps.Add(new(
                    row.Record.TimeSeconds, passed / CoulombsPerMilliampereHour / area, RestingCurrent.Is(density / MilliamperesPerAmpere, 1) ? 0 : density, ohms,
                    Number(evidence["interface_ohms"]), Number(evidence["statistic"]), Number(evidence["onset_seconds"])));
        }

        return sweeps;
    }

    private static double Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : double.NaN;
}
