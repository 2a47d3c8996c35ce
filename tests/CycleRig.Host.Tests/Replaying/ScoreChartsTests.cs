using CycleRig.EarlyWarning.Scoring;
using CycleRig.Host.Replaying;
using CycleRig.Reports.Plots;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Host.Tests.Replaying;

public sealed class ScoreChartsTests
{
    [Fact]
    public void What_is_halted_and_what_is_missed_stand_on_one_scale_by_the_slope_of_the_fall()
    {
        // Onset at 1,000 s, bound 600 s later, short 3,000 s later; halted 720 s after the onset at 0.5 mA/cm², missed at 2 mA/cm².
        ScoreTable.Row[] rows = [Row(0.5, 2, 1.2, 0.1), Row(2, 8, null, null), Row(0.5, 2, null, null, foreseeable: false)];
        var charts = ScoreCharts.Of(rows);
        Assert.Equal(["< 0.6 mA/cm²", "missed: its short"], charts[0].Series.Select(series => series.Name));
        Assert.Equal((3.0, 1.2), (charts[0].Series[0].X[0], charts[0].Series[0].Y[0]));
        Assert.Equal((3.0, 5.0), (charts[0].Series[1].X[0], charts[0].Series[1].Y[0]));
        var charge = Assert.Single(charts[1].Series);
        Assert.Equal(("electrode < 4 mm", 0.5, 0.1), (charge.Name, charge.X[0], charge.Y[0]));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "score.png");
        ReportPlot.Save(ScoreCharts.Title, charts, path);
        Assert.True(new FileInfo(path).Length > 5000);
    }

    [Fact]
    public void Where_nothing_could_be_told_nothing_is_drawn() => Assert.Empty(ScoreCharts.Of([Row(0.5, 2, null, null, foreseeable: false)]));

    private static ScoreTable.Row Row(double density, double millimetres, double? delay, double? charge, bool foreseeable = true) => new(
        new("dendrite", density, millimetres, 1, 1000, 4000, foreseeable ? 1600 : null, foreseeable ? 3 : null, false),
        [new(0, 0, delay is not null, 0.5, delay, charge, false, false)]);
}
