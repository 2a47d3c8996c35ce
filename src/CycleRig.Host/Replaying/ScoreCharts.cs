using System.Collections.Immutable;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Reports.Protocols;

namespace CycleRig.Host.Replaying;

/// <summary>The score of our detector as pictures: how late it is against the slope of the fall, and what that costs by current and electrode.</summary>
internal static class ScoreCharts
{
    public const string Title = "foreseeable shorts: how late, and what it costs";

    /// <summary>Two panels; empty where no recording has a bound.</summary>
    /// <param name="rows">The recordings; our detector's score is the first.</param>
    public static ImmutableArray<ReportChart> Of(IReadOnlyList<ScoreTable.Row> rows)
    {
        List<ScoreTable.Row> bounded = [.. rows.Where(row => row.Recording is { FallPercentPerHour: > 0 })];
        List<ScoreTable.Row> found = [.. bounded.Where(row => row.Scores[0].DelayOverBound is not null)];
        List<ScoreTable.Row> missed = [.. bounded.Where(row => row.Recording.IsForeseeable && !row.Scores[0].IsDetected)];
        if (bounded.Count == 0)
            return [];
        return
        [
            new(
                "fall of R_bulk from onset to bound / (%/h)", "(halt - onset) / (bound - onset)",
                [
                    .. found.GroupBy(row => ScoreTable.Density(row.Recording.MilliamperesPerSquareCentimetre)).OrderBy(group => group.Min(row => row.Recording.MilliamperesPerSquareCentimetre))
                        .Select(group => Points(group.Key, group, row => row.Recording.FallPercentPerHour!.Value, row => row.Scores[0].DelayOverBound!.Value)),
                    Points("missed: its short", missed, row => row.Recording.FallPercentPerHour!.Value, Short),
                ]) { LogX = true, LogY = true },
            new(
                "current density / (mA/cm²)", "charge from onset to halt / (mAh/cm²)",
                [
                    .. found.Where(row => row.Scores[0].ChargeMilliampereHoursPerSquareCentimetre is not null).GroupBy(row => ScoreTable.Diameter(row.Recording.DiameterMillimetres))
                        .OrderBy(group => group.Key, StringComparer.Ordinal)
                        .Select(group => Points($"electrode {group.Key}", group, row => row.Recording.MilliamperesPerSquareCentimetre, row => row.Scores[0].ChargeMilliampereHoursPerSquareCentimetre!.Value)),
                ]) { LogX = true, LogY = true },
        ];
    }

    /// <summary>When a short came that nobody halted, on the same scale.</summary>
    private static double Short(ScoreTable.Row row) =>
        (row.Recording.ShortSeconds!.Value - row.Recording.OnsetSeconds!.Value) / (row.Recording.BoundSeconds!.Value - row.Recording.OnsetSeconds.Value);

    private static ChartSeries Points(string name, IEnumerable<ScoreTable.Row> rows, Func<ScoreTable.Row, double> x, Func<ScoreTable.Row, double> y)
    {
        var all = rows.ToList();
        return new(name, [.. all.Select(x)], [.. all.Select(y)], ChartStyle.Points);
    }
}
