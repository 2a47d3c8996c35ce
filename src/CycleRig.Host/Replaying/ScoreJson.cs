using System.Text.Json.Nodes;
using CycleRig.EarlyWarning.Scoring;
using static CycleRig.Host.Demo.OutputJson;

namespace CycleRig.Host.Replaying;

/// <summary>The table of scores as one JSON document.</summary>
internal static class ScoreJson
{
    /// <summary>Writes it.</summary>
    /// <param name="run">What was replayed.</param>
    /// <param name="groups">The table.</param>
    public static string Of(ReplayRun run, IReadOnlyList<ScoreTable.Group> groups) => new JsonObject
    {
        ["recordings"] = run.Lines.Count,
        ["read"] = run.Read,
        ["scored"] = run.Rows.Count,
        ["not_scored"] = new JsonArray([.. run.Unscored.Select(why => (JsonNode)why)]),
        ["wander_assumed"] = run.Rows.Count(row => row.Recording.IsWanderAssumed),
        ["groups"] = Groups(groups),
    }.ToJsonString(Readable);

    /// <summary>The groups of a table.</summary>
    public static JsonArray Groups(IReadOnlyList<ScoreTable.Group> groups) => new([.. groups.Select(group => (JsonNode)Group(group))]);

    private static JsonObject Group(ScoreTable.Group group) => new()
    {
        ["by"] = group.By,
        ["name"] = group.Name,
        ["recordings"] = group.Recordings,
        ["hours"] = Rounded(group.Hours, 3),
        ["foreseeable"] = group.Foreseeable,
        ["sudden"] = group.Sudden,
        ["detectors"] = new JsonArray([.. group.Detectors.Select(score => (JsonNode)Detector(group, score))]),
    };

    private static JsonObject Detector(ScoreTable.Group group, ScoreSummary score) => new()
    {
        ["detector"] = score.Detector,
        ["detected"] = score.Detected,
        ["detected_percent"] = group.Foreseeable > 0 ? Rounded(100.0 * score.Detected / group.Foreseeable, 2) : null,
        ["false_halts"] = Rate(score.FalseHalts),
        ["false_warnings"] = Rate(score.FalseWarnings),
        ["delay_over_bound_median"] = Rounded(score.DelayOverBoundMedian, 4),
        ["delay_over_bound_90"] = Rounded(score.DelayOverBoundNinetieth, 4),
        ["lead_fraction_median"] = Rounded(score.LeadFractionMedian, 4),
        ["charge_onset_to_halt_mAh_cm2_median"] = Rounded(score.ChargeMedian, 5),
        ["sudden_in_time"] = score.SuddenInTime,
        ["silent"] = score.Silent,
    };

    private static JsonObject Rate(PoissonRate rate) => new()
    {
        ["count"] = rate.Count,
        ["per_1000_h"] = Finite(rate.PerThousandHours),
        ["low_95"] = Finite(rate.Low),
        ["high_95"] = Finite(rate.High),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? Rounded(value, 3) : null;
}
