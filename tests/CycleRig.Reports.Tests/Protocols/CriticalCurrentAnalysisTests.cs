using CycleRig.Reports.Protocols;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

public sealed class CriticalCurrentAnalysisTests
{
    private const double Bulk = 2460;
    private const double Interface = 800;

    private static readonly double[] Densities = [0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2];

    /// <summary>What shows an onset: R_bulk lower at rest, a voltage that collapses, a cell that conducts better than its electrolyte, a halt.</summary>
    [Theory]
    [InlineData("loss", "R_bulk has fallen by")]
    [InlineData("collapse", "the voltage collapsed")]
    [InlineData("short", "conducts better than its electrolyte")]
    [InlineData("dendrite_onset", "halted: dendrite_onset")]
    public void The_critical_density_lies_between_the_last_step_without_onset_and_the_first_with_it(string what, string expected)
    {
        var report = Reported.Analyse("critical-current-density", Cell(1, onsetAt: 0.8, what));
        var row = report.Row("CCD");
        Assert.Equal(0.6, row.Value!.Value, 1e-3);
        Assert.Equal(0.8, row.High!.Value, 1e-3);
        Assert.Contains(expected, row.Verdict, StringComparison.Ordinal);
        Assert.Contains(report.Notes, note => note.Contains("0 of 1", StringComparison.Ordinal) || note.Contains("1 of 1 cells failed; a Weibull distribution needs 2", StringComparison.Ordinal));
        report.AssertDraws($"ccd-{what}");
    }

    /// <summary>Nothing was survived, and 0 mA/cm² was not tried: there is a bound and no value.</summary>
    [Fact]
    public void An_onset_in_the_first_step_is_below_it_and_not_0()
    {
        var report = Reported.Analyse("critical-current-density", Cell(1, onsetAt: 0.1, "collapse"), Cell(2, onsetAt: 0.8, "loss", "cell-2"));
        var row = report.Row("CCD of cell-1");
        Assert.Equal((null, null), (row.Value, row.Low));
        Assert.Equal(0.1, row.High!.Value, 1e-3);
        Assert.Contains(ReportText.Lines(report), line => line.StartsWith("CCD of cell-1", StringComparison.Ordinal) && line.Contains("below 0.1 mA/cm²", StringComparison.Ordinal));
        Assert.Equal([0.1, 0.8], report.Charts[0].Marks.Select(mark => Math.Round(mark.X, 3)));
        Assert.Equal(["onset: cell-1", "onset: cell-2"], report.Charts[0].Marks.Select(mark => mark.Text));
        report.AssertDraws("ccd-marks");
    }

    [Fact]
    public void A_cell_without_onset_is_censored_at_the_last_step_that_it_finished()
    {
        var row = Reported.Analyse("critical-current-density", Cell(1, onsetAt: 99, "none")).Row("CCD");
        Assert.Equal((1.2, null), (Math.Round(row.Value!.Value, 3), row.High));
        Assert.StartsWith("or more", row.Verdict, StringComparison.Ordinal);
        // An interlock says nothing of the cell: the step in which it acted does not count.
        var tripped = Reported.Analyse("critical-current-density", Cell(1, onsetAt: 0.8, "temperature_limit")).Row("CCD");
        Assert.Equal((0.6, null), (Math.Round(tripped.Value!.Value, 3), tripped.High));
    }

    /// <summary>Cells drawn from Weibull 0.8 mA/cm², 4: the steps hide where in them each failed.</summary>
    [Fact]
    public void Over_cells_the_distribution_is_recovered()
    {
        var draw = new Random(11);
        var cells = Enumerable.Range(0, 16).Select(i =>
        {
            var critical = 0.8 * Math.Pow(-Math.Log(1 - draw.NextDouble()), 0.25);
            return Cell(i, Densities.FirstOrDefault(density => density >= critical, 99), i % 2 == 0 ? "collapse" : "loss", $"cell-{i}");
        }).ToArray();
        var report = Reported.Analyse("critical-current-density", cells);
        Assert.InRange(0.8, report.Row("Weibull scale").Low!.Value, report.Row("Weibull scale").High!.Value);
        Assert.InRange(4, report.Row("Weibull shape").Low!.Value, report.Row("Weibull shape").High!.Value);
        report.AssertDraws();
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        var censored = Reported.Analyse("critical-current-density", Cell(1, 99, "none"), Cell(2, 99, "none", "cell-2"));
        Assert.Contains(censored.Notes, note => note.Contains("0 of 2 cells failed; a Weibull distribution needs 2 or more", StringComparison.Ordinal));
        Assert.DoesNotContain(censored.Rows, row => row.Name.StartsWith("Weibull", StringComparison.Ordinal));
        Assert.Contains("no current flowed", Reported.Refusal("critical-current-density", new RecordingBuilder(1).Rest(100).Build()), StringComparison.Ordinal);
        var mixed = Reported.Analyse("critical-current-density", Cell(1, 0.8, "collapse"), new RecordingBuilder(1).Rest(100).Build("idle"));
        Assert.Contains(mixed.Notes, note => note.StartsWith("left out: idle: no current flowed", StringComparison.Ordinal));
        var bare = Cell(1, 0.8, "collapse") with { Spectra = [] };
        Assert.Equal(0.8, Reported.Analyse("critical-current-density", bare).Row("CCD").High!.Value, 1e-3);
    }

    /// <summary>At 0.1 mA/cm² a sine of 0.05 mA/cm² takes the voltage to half and to one and a half of its mean, as a sampler sees it aliased.</summary>
    [Fact]
    public void A_superimposed_sine_is_no_collapse()
    {
        const double amperes = 0.1e-3 * RecordingBuilder.AreaSquareCentimetres;
        var cell = new RecordingBuilder(1).Named("critical-current-density");
        cell.Cell["geis"] = new System.Text.Json.Nodes.JsonObject { ["amplitude_mA_cm2"] = 0.05 };
        cell.Rest(20).Hold(60, _ => -amperes, _ => -0.3).Hold(60, _ => -amperes, time => -0.3 * (1 + (0.5 * Math.Sin(2 * Math.PI * time / 50)))).Hold(60, _ => -amperes, _ => -0.3).Rest(20);
        var recording = cell.Build();
        var sweep = new RecordingBuilder(1).Sweep(RecordingBuilder.Symmetric(Bulk, Interface), -amperes).Build().Spectra[0];
        var over = sweep with { StartSeconds = 80, Points = [.. sweep.Points.Select((point, i) => point with { TimeSeconds = 80 + (60.0 * i / (sweep.Points.Length - 1)) })] };
        Assert.StartsWith("or more", Reported.Analyse("critical-current-density", recording with { Spectra = [over] }).Row("CCD").Verdict, StringComparison.Ordinal);
        Assert.Contains("collapsed", Reported.Analyse("critical-current-density", recording).Row("CCD").Verdict, StringComparison.Ordinal);
    }

    private static Recording Cell(int seed, double onsetAt, string what, string id = "cell-1")
    {
        var cell = new RecordingBuilder(seed) { VoltageNoise = 1e-4 }.Named("critical-current-density");
        cell.Cell["id"] = id;
        cell.Rest(20).Sweep(RecordingBuilder.Symmetric(Bulk, Interface));
        foreach (var density in Densities)
        {
            foreach (var sign in (double[])[-1, 1])
            {
                var (amperes, has) = (sign * density * 1e-3 * RecordingBuilder.AreaSquareCentimetres, density >= onsetAt);
                if (has && what is "dendrite_onset" or "temperature_limit" && density >= onsetAt)
                    return cell.Hold(30, _ => amperes, _ => amperes * (Bulk + Interface)).Halted(what).Rest(30).Build();
                cell.Hold(120, _ => amperes, time => amperes * (Bulk + Interface) * (has && what == "collapse" && time > 60 ? 0.2 : 1)).Rest(10);
                cell.Sweep(has && what == "short" ? RecordingBuilder.Shorted(Bulk, Interface, 440) : RecordingBuilder.Symmetric(has && what == "loss" ? 0.95 * Bulk : Bulk, Interface)).Rest(10);
            }

            if (density >= onsetAt)
                break;
        }

        return cell.Build(id);
    }
}
