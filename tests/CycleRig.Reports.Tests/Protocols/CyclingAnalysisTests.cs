using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>An acid-treated cell whose R_int stripping raises: closed forms for each half-cycle.</summary>
public sealed class CyclingAnalysisTests
{
    private const double Amperes = 15.7e-6;
    private const double Bulk = 2460;

    [Fact]
    public void The_growth_per_cycle_is_recovered_and_its_interval_holds_it_as_often_as_it_says() => Assert.InRange(
        Reported.Held(seed => (Reported.Analyse("strip-plate-cycling", Cycled(seed, 5, growth: 1.08, strips: 1)).Row("R_int after plating, change"), 8)), 90, 100);

    /// <summary>A11: from below 25 Ω cm² to hundreds by stripping.</summary>
    [Fact]
    public void Stripping_that_makes_voids_is_told()
    {
        var report = Reported.Analyse("strip-plate-cycling", Cycled(1, 5, growth: 1.02, strips: 12));
        Assert.StartsWith("voids: stripping raises R_int", report.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Equal(12, report.Row("R_int after / before a strip").Value!.Value, 1.5);
        Assert.Equal(20 * 12 * Math.Pow(1.02, 5), report.Row("R_int after stripping, last").Value!.Value, 25.0);
        Assert.Equal(0, report.Row("net charge").Value!.Value, 1.0);
        report.AssertDraws();
        var whole = Reported.Analyse("strip-plate-cycling", Cycled(1, 5, growth: 1, strips: 1));
        Assert.StartsWith("no voids", whole.Row("verdict").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Electrodes_that_differ_show_as_asymmetry()
    {
        var report = Reported.Analyse("strip-plate-cycling", Cycled(1, 5, growth: 1, strips: 1, asymmetry: 1.2));
        Assert.Equal(1.2, report.Row("asymmetry").Value!.Value, 0.02);
        Assert.Equal("stripping meets more resistance", report.Row("asymmetry").Verdict);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        var cycled = Cycled(1, 2, growth: 1, strips: 1);
        Assert.Contains("no readable spectrum after a half-cycle", Reported.Refusal("strip-plate-cycling", cycled with { Spectra = [] }), StringComparison.Ordinal);
        var oneWay = new RecordingBuilder(1).Rest(20).Hold(100, _ => -Amperes, _ => -0.2).Rest(20).Build();
        Assert.Contains("all in one direction", Reported.Refusal("strip-plate-cycling", oneWay), StringComparison.Ordinal);
    }

    private static Recording Cycled(int seed, int cycles, double growth, double strips, double asymmetry = 1)
    {
        var cell = new RecordingBuilder(seed) { VoltageNoise = 1e-4 }.Named("strip-plate-cycling").Rest(30);
        var areal = 20.0;
        Sweep(1);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            areal *= growth;
            cell.Hold(300, _ => -Amperes, _ => -Amperes * (Bulk + (areal / RecordingBuilder.AreaSquareCentimetres))).Rest(20);
            Sweep(Math.Exp(cell.Normal(0.01)));
            cell.Hold(300, _ => Amperes, _ => Amperes * asymmetry * (Bulk + (areal / RecordingBuilder.AreaSquareCentimetres))).Rest(20);
            Sweep(strips * Math.Exp(cell.Normal(0.01)));
        }

        return cell.Build();

        void Sweep(double times) => cell.Sweep(RecordingBuilder.Symmetric(Bulk, areal * times / RecordingBuilder.AreaSquareCentimetres)).Rest(10);
    }
}
