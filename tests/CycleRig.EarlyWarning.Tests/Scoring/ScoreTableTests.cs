using CycleRig.EarlyWarning.Scoring;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

public sealed class ScoreTableTests
{
    private static readonly RecordingScore Nothing = new(0, 0, false, 0, null, null, false, false);

    /// <summary>Three foreseeable shorts (leads 0.9, 0.5, a miss), a sudden one, and a sound cell with a false halt in 6 h.</summary>
    private static readonly ScoreTable.Row[] Rows =
    [
        Row(new("dendrite", 0.59, 2, 1, 100, 1000, 200, null, false), Nothing with { IsDetected = true, LeadFraction = 0.9, DelayOverBound = 1, ChargeMilliampereHoursPerSquareCentimetre = 0.1 }),
        Row(new("dendrite", 0.6, 2, 1, 100, 1000, 200, null, false), Nothing with { IsDetected = true, LeadFraction = 0.5, DelayOverBound = 2, ChargeMilliampereHoursPerSquareCentimetre = 0.4 }),
        Row(new("dendrite", 1.2, 8, 1, 100, 1000, 200, null, false), Nothing with { IsSilent = true }),
        Row(new("sudden-short", 1.21, 2, 1, null, 1000, null, null, false), Nothing with { IsInTime = true, FalseWarnings = 1 }),
        Row(new("contact", 1.21, 4, 6, null, null, null, null, false), Nothing with { FalseHalts = 1 }),
    ];

    [Fact]
    public void Over_all_recordings_it_says_what_the_definitions_say()
    {
        var all = ScoreTable.Of(Rows, ["one", "other"])[0];
        Assert.Equal(("all", 5, 10, 3, 1), (all.By, all.Recordings, all.Hours, all.Foreseeable, all.Sudden));
        Assert.Equal(["one", "other"], all.Detectors.Select(detector => detector.Detector));
        var one = all.Detectors[0];
        Assert.Equal((2, 1, 1), (one.Detected, one.SuddenInTime, one.Silent));
        Assert.Equal((100, 100), (one.FalseHalts.PerThousandHours, one.FalseWarnings.PerThousandHours));
        Assert.Equal(0.5, one.LeadFractionMedian);
        Assert.Equal((1.5, 1.9), (one.DelayOverBoundMedian, one.DelayOverBoundNinetieth));
        Assert.Equal(0.25, one.ChargeMedian!.Value, 1e-12);
        Assert.Equal((0, 0, null, 0), (all.Detectors[1].Detected, all.Detectors[1].SuddenInTime, all.Detectors[1].ChargeMedian, all.Detectors[1].LeadFractionMedian));
    }

    [Fact]
    public void Parts_are_by_class_then_by_density_then_by_diameter_rising() => Assert.Equal(
        [
            ("all", "all", 5), ("class", "contact", 1), ("class", "dendrite", 3), ("class", "sudden-short", 1),
            ("current_density", "< 0.6 mA/cm²", 1), ("current_density", "0.6-1.2 mA/cm²", 2), ("current_density", "> 1.2 mA/cm²", 2),
            ("diameter", "< 4 mm", 3), ("diameter", ">= 4 mm", 2),
        ],
        ScoreTable.Of(Rows, ["one", "other"]).Select(group => (group.By, group.Name, group.Recordings)));

    [Fact]
    public void Where_there_is_nothing_to_foresee_there_is_no_median()
    {
        var contact = ScoreTable.Of(Rows, ["one", "other"]).First(group => group.Name == "contact").Detectors[0];
        Assert.Equal((null, null, null), (contact.LeadFractionMedian, contact.DelayOverBoundMedian, contact.ChargeMedian));
    }

    private static ScoreTable.Row Row(ScoredRecording recording, RecordingScore score) => new(recording, [score, Nothing]);
}
