using System.Globalization;
using CycleRig.EarlyWarning.Scoring;

namespace CycleRig.Host.Replaying;

/// <summary>The table of scores as aligned text.</summary>
internal static class ScoreText
{
    private const string Heading =
        """
                          detected      false per 1,000 h (95 % interval)            delay/bound       lead   charge    sudden  silent
                                        halts                  warnings              median   90 %     median mAh/cm²   in time
        """;

    public static IEnumerable<string> Lines(IReadOnlyList<ScoreTable.Group> groups)
    {
        yield return Heading;
        var by = "all";
        foreach (var group in groups)
        {
            if (group.By != by)
            {
                by = group.By;
                yield return $"\nby {by.Replace('_', ' ')}";
            }

            yield return string.Create(
                CultureInfo.InvariantCulture, $"{group.Name}: {group.Recordings} recordings, {group.Hours:F1} h, {group.Foreseeable} foreseeable shorts, {group.Sudden} sudden");
            foreach (var detector in group.Detectors)
                yield return Row(group, detector);
        }
    }

    private static string Row(ScoreTable.Group group, ScoreSummary score)
    {
        var isIdeal = score.Detector == RecordingScoring.Ideal;
        var detected = group.Foreseeable == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{score.Detected}/{group.Foreseeable} {100.0 * score.Detected / group.Foreseeable:F0} %");
        var sudden = group.Sudden == 0 ? "-" : $"{score.SuddenInTime}/{group.Sudden}";
        return $"  {score.Detector,-15} {detected,-13} {(isIdeal ? "-" : Rate(score.FalseHalts)),-22} {(isIdeal ? "-" : Rate(score.FalseWarnings)),-22}"
            + $"{Number(score.DelayOverBoundMedian, "F2"),6} {Number(score.DelayOverBoundNinetieth, "F2"),6} {Number(score.LeadFractionMedian, "F2"),10}"
            + $" {Number(score.ChargeMedian, "F3"),7} {sudden,9} {(group.Foreseeable + group.Sudden == 0 ? "-" : score.Silent),7}";
    }

    private static string Rate(PoissonRate rate) => rate.Hours > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{rate.PerThousandHours:F1} ({rate.Low:F1}-{rate.High:F1})") : "-";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
