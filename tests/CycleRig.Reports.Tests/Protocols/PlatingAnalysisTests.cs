using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>0.5 mA/cm² on a lithiophobic cell: R_int 500 Ω cm² under current, R_bulk falls or holds by closed form.</summary>
public sealed class PlatingAnalysisTests
{
    private const double Amperes = 0.5e-3 * RecordingBuilder.AreaSquareCentimetres;
    private const double Bulk = 2460;
    private const double Interface = 500 / RecordingBuilder.AreaSquareCentimetres;

    /// <summary>The first and the last three sweeps stand for the ends: their median sweeps are the second and the last but one.</summary>
    [Fact]
    public void The_fall_of_the_bulk_is_recovered_and_its_interval_holds_it_as_often_as_it_says() => Assert.InRange(
        Reported.Held(seed => (Reported.Analyse("plating", Plated(seed, fall: 0.05, sweeps: 8)).Row("R_bulk last / first"), (1 - (0.05 * 6 / 7)) / (1 - (0.05 / 7)))), 90, 100);

    [Fact]
    public void Metal_and_better_contact_are_told_apart()
    {
        var metal = Reported.Analyse("plating", Plated(1, fall: 0.05));
        Assert.Equal("R_bulk fell, R_int held: metal in the electrolyte", metal.Row("verdict").Verdict);
        Assert.Equal(500, metal.Row("R_int under current, last").Value!.Value, 10.0);
        Assert.Equal("voltage and impedance agree within 5 %", metal.Row("voltage / (I").Verdict);
        metal.AssertDraws();
        Assert.Equal("R_bulk held, R_int fell: contact improved", Reported.Analyse("plating", Plated(1, fall: 0, contact: 0.5)).Row("verdict").Verdict);
    }

    /// <summary>Five deviations of 0.1 % are one half-spheroid of 0.37 mm under 2 mm.</summary>
    [Fact]
    public void The_smallest_depth_that_the_cell_shows_is_stated() => Assert.Equal(
        "one filament from 0.37 mm (31 % of the thickness), if R_bulk scatters by 0.1 % (assumed)", Reported.Analyse("plating", Plated(1, fall: 0)).Row("smallest visible depth").Verdict);

    /// <summary>Better contact takes 0.5 to 2 % off R_bulk by the constriction alone.</summary>
    [Fact]
    public void A_small_fall_while_the_contact_improves_is_not_called_metal() => Assert.Contains(
        "does not tell metal from constriction", Reported.Analyse("plating", Plated(1, fall: 0.012, contact: 0.4)).Row("verdict").Verdict, StringComparison.Ordinal);

    /// <summary>1.5 K warmer at 0.39 eV: R_bulk is 6.9 % lower, and no metal.</summary>
    [Fact]
    public void Warming_is_no_metal()
    {
        var report = Reported.Analyse("plating", Plated(1, fall: 0, warming: 1.5));
        Assert.StartsWith("R_bulk held", report.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.True(report.Row("R_bulk under current, last").Value < 0.95 * Bulk);
        Assert.Equal(["R_bulk / Ω", "R_int / Ω cm²", "temperature / °C"], report.Charts.Select(chart => chart.Y));
        Assert.Equal(1.5, report.Charts[2].Series[0].Y[^1] - report.Charts[2].Series[0].Y[0], 0.01);
        report.AssertDraws("plating-warming");
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        var plated = Plated(1, fall: 0);
        Assert.Contains("0 readable spectra under plating current", Reported.Refusal("plating", plated with { Spectra = [] }), StringComparison.Ordinal);
        var stripped = plated with { Samples = [.. plated.Samples.Select(sample => sample with { CurrentAmperes = -sample.CurrentAmperes })] };
        Assert.Contains("no plating current; plating is negative current", Reported.Refusal("plating", stripped), StringComparison.Ordinal);
        var unknown = Assert.Throws<CycleRig.Reports.Protocols.ReportException>(() => Reported.Analyse("platting", plated));
        Assert.Contains("no analysis of a protocol `platting`; with --protocol give one of plating, plate-and-stop,", unknown.Message, StringComparison.Ordinal);
    }

    private static Recording Plated(int seed, double fall, double contact = 1, double warming = 0, int sweeps = 10)
    {
        const double boltzmann = 8.617333262e-5;
        var cell = new RecordingBuilder(seed) { VoltageNoise = 1e-3 }.Named("plating").Rest(30).Sweep(RecordingBuilder.Symmetric(Bulk, 4 * Interface)).Rest(10);
        for (var k = 0; k < sweeps; k++)
        {
            var part = k / (sweeps - 1.0);
            // As a thermometer sees it, the cell wanders by 20 mK.
            cell.Celsius = 30 + (warming * part);
            var kelvins = cell.Celsius + 273.15 + cell.Normal(0.02);
            var bulk = Bulk * (1 - (fall * part)) * kelvins / 303.15 * Math.Exp(0.39 / boltzmann * ((1 / kelvins) - (1 / 303.15)));
            var inner = Interface * (1 - ((1 - contact) * part));
            cell.Hold(30, _ => -Amperes, _ => -Amperes * (bulk + inner)).Sweep(RecordingBuilder.Symmetric(bulk, inner), -Amperes);
        }

        return cell.Hold(30, _ => -Amperes, _ => -Amperes * (Bulk + Interface)).Rest(10).Build();
    }
}
