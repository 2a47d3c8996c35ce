using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>R_int = 200 Ω cm² at 1 MPa, m = 0.5, a tenth less on the way back; contacts scatter by 2 %.</summary>
public sealed class PressureSweepAnalysisTests
{
    private const double Exponent = 0.5;
    private const double Falling = 0.9;

    private static readonly double[] Up = [2, 3, 4, 5.5, 8];

    [Fact]
    public void The_exponent_is_recovered_and_its_interval_holds_it_as_often_as_it_says() =>
        Assert.InRange(Reported.Held(seed => (Reported.Analyse("pressure-sweep", Sweep(seed)).Row("exponent"), Exponent)), 90, 100);

    [Fact]
    public void Hysteresis_is_told_where_the_pressure_fell()
    {
        var report = Reported.Analyse("pressure-sweep", Sweep(2));
        Assert.InRange(Falling, report.Row("R_int falling / rising").Low!.Value, report.Row("R_int falling / rising").High!.Value);
        Assert.StartsWith("contact that pressure made stays", report.Row("R_int falling / rising").Verdict, StringComparison.Ordinal);
        Assert.Equal(200, report.Row("R_int at 1 MPa").Value!.Value, 20.0);
        report.AssertDraws();
        Assert.StartsWith("not measured", Reported.Analyse("pressure-sweep", Sweep(2, goesBack: false)).Row("R_int falling / rising").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void The_air_that_presses_on_a_pouch_is_added_where_cell_json_tells_it()
    {
        // What the press says is 0.1 MPa less than what acts, so that R ~ (P + 0.1)^-m.
        var cell = Sweep(2, pouch: 0.1); // One seed: an interval of 95 % misses one in twenty.
        var pressed = Reported.Analyse("pressure-sweep", cell);
        Assert.Contains(pressed.Notes, note => note.Contains("an evacuated pouch adds 0.1 MPa", StringComparison.Ordinal));
        cell.Cell.All["pouch_pressure_MPa"] = 0.1;
        var whole = Reported.Analyse("pressure-sweep", cell);
        Assert.InRange(Exponent, whole.Row("exponent").Low!.Value, whole.Row("exponent").High!.Value);
        // d ln(P + 0.1)/d ln P is 0.95 at 2 MPa and 0.99 at 8 MPa.
        Assert.InRange(pressed.Row("exponent").Value!.Value / whole.Row("exponent").Value!.Value, 0.95, 0.99);
        Assert.NotNull(whole.Row("R_int at 2.10 MPa, rising"));
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        Assert.Contains("at 0 pressures; an exponent needs 3", Reported.Refusal("pressure-sweep", new RecordingBuilder(1).Rest(60).Build()), StringComparison.Ordinal);
        var pressed = Sweep(1);
        var blind = pressed with { Spectra = [.. pressed.Spectra.Select(sweep => sweep with { Points = [.. sweep.Points.Select(point => point with { PressureMegapascals = double.NaN })] })] };
        Assert.Contains("at 0 pressures", Reported.Refusal("pressure-sweep", blind), StringComparison.Ordinal);
    }

    private static Recording Sweep(int seed, bool goesBack = true, double pouch = 0)
    {
        var cell = new RecordingBuilder(seed).Named("pressure-sweep");
        double[] pressures = goesBack ? [.. Up, .. Up.Reverse().Skip(1)] : Up;
        for (var i = 0; i < pressures.Length; i++)
        {
            cell.Megapascals = pressures[i];
            var areal = 200 * Math.Pow(pressures[i] + pouch, -Exponent) * (i >= Up.Length ? Falling : 1) * Math.Exp(cell.Normal(0.02));
            cell.Rest(30).Sweep(RecordingBuilder.Symmetric(2460, areal / RecordingBuilder.AreaSquareCentimetres));
        }

        return cell.Build();
    }
}
