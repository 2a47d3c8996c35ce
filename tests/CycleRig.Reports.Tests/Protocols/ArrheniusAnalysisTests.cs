using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>A pellet of 1 mS/cm at 30 °C and 0.385 eV; R = f L/(σ A) with f 0.64 is what the electrodes see.</summary>
public sealed class ArrheniusAnalysisTests
{
    private const double Ea = 0.385;
    private const double Boltzmann = 8.617333262e-5;
    private const double Spread = 0.64;

    private static readonly double[] Celsius = [20, 30, 40, 50, 60];

    [Fact]
    public void The_activation_energy_is_recovered_and_its_interval_holds_it_as_often_as_it_says() =>
        Assert.InRange(Reported.Held(seed => (Reported.Analyse("arrhenius", Pellet(seed, Celsius)).Row("Ea, σT"), Ea)), 90, 100);

    [Fact]
    public void Conductivities_are_corrected_for_spreading_where_cell_json_says_how_and_otherwise_say_that_they_are_not()
    {
        var corrected = Reported.Analyse("arrhenius", Pellet(1, Celsius, again: 20));
        Assert.Equal(1, corrected.Row("σ at 30 °C by the law").Value!.Value, 0.02);
        Assert.Contains(corrected.Notes, note => note.StartsWith("corrected for current spreading with f = 0.64", StringComparison.Ordinal));
        // Without T in the law the energy is smaller by k times the mean temperature, 313 K: 0.027 eV.
        Assert.Equal(Ea - 0.027, corrected.Row("Ea, σ = A").Value!.Value, 0.006);
        Assert.Contains("the same", corrected.Row("σ back at ").Verdict, StringComparison.Ordinal);
        corrected.AssertDraws();
        var straight = Reported.Analyse("arrhenius", Pellet(1, Celsius, spread: false));
        Assert.Equal(1 / Spread, straight.Row("apparent σ at 30 °C by the law").Value!.Value, 0.03);
        Assert.EndsWith("apparent ionic conductivity, 5 temperatures", straight.Title, StringComparison.Ordinal);
        Assert.DoesNotContain("apparent", corrected.Title + string.Concat(corrected.Rows.Select(row => row.Name)), StringComparison.Ordinal);
        Assert.Contains(straight.Notes, note => note.StartsWith("not corrected for current spreading", StringComparison.Ordinal));
    }

    [Fact]
    public void Leads_that_cell_json_tells_are_taken_off_and_otherwise_named_with_their_share()
    {
        // In series with a pellet whose conductivity makes 2446 Ω at 30 °C; 60 Ω do not change with temperature.
        const double leads = 60;
        var bare = Pellet(1, Celsius, leads: leads);
        bare.Cell.All["lead_resistance_ohm"] = leads;
        var known = Reported.Analyse("arrhenius", bare);
        Assert.Equal(Ea, known.Row("Ea, σT").Value!.Value, 0.004);
        Assert.Contains("leads of 60 Ω, from cell.json, are taken off", known.Notes);
        var unknown = Reported.Analyse("arrhenius", Pellet(1, Celsius, leads: leads));
        // ln R rises by 60 Ω less: 60/722 at 60 °C against 60/4138 at 20 °C.
        Assert.InRange(unknown.Row("Ea, σT").Value!.Value, Ea - 0.020, Ea - 0.010);
        Assert.Contains(unknown.Notes, note => note.StartsWith("leads are not taken off", StringComparison.Ordinal));
    }

    [Fact]
    public void Lithium_electrodes_serve_as_well_as_blocking_ones()
    {
        var cell = new RecordingBuilder(4).Named("arrhenius");
        foreach (var celsius in Celsius)
        {
            cell.Celsius = celsius;
            cell.Rest(60).Sweep(RecordingBuilder.Symmetric(Ohms(celsius), 3 * Ohms(celsius)));
        }

        Assert.Equal(Ea, Reported.Analyse("arrhenius", cell.Build()).Row("Ea, σT").Value!.Value, 0.004);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        Assert.Contains("spectra at 2 temperatures; an activation energy needs 3 or more", Reported.Refusal("arrhenius", Pellet(1, [20, 30])), StringComparison.Ordinal);
        Assert.Contains("no spectra", Reported.Refusal("arrhenius", new RecordingBuilder(1).Rest(60).Build()), StringComparison.Ordinal);
        var pellet = Pellet(1, Celsius);
        Assert.Contains("no thickness", Reported.Refusal("arrhenius", pellet with { Cell = pellet.Cell with { ThicknessMillimetres = double.NaN } }), StringComparison.Ordinal);
        var holes = pellet with
        {
            Spectra = [.. pellet.Spectra.Select((sweep, k) => sweep with { Points = [.. sweep.Points.Select((point, i) => k == 2 || i % 9 == 0 ? point with { RealOhms = double.NaN } : point)] })],
        };
        var report = Reported.Analyse("arrhenius", holes);
        Assert.Equal(Ea, report.Row("Ea, σT").Value!.Value, 0.02);
        Assert.Contains("4 temperatures", report.Title, StringComparison.Ordinal);
    }

    private static double Ohms(double celsius)
    {
        var kelvins = celsius + 273.15;
        var sigma = 1e-3 * 303.15 / kelvins * Math.Exp(-Ea / Boltzmann * ((1 / kelvins) - (1 / 303.15))); // S/cm
        return Spread * 0.12 / (sigma * RecordingBuilder.AreaSquareCentimetres);
    }

    /// <summary>The thermometer is off by 0.1 K (1 sd) at each temperature: it is what scatters the points.</summary>
    private static Recording Pellet(int seed, double[] celsius, bool spread = true, double? again = null, double leads = 0)
    {
        var pellet = new RecordingBuilder(seed).Named("arrhenius");
        if (spread)
            pellet.Cell["spread_factor"] = Spread;
        foreach (var temperature in again is { } first ? [.. celsius, first] : celsius)
        {
            pellet.Celsius = temperature + pellet.Normal(0.1);
            pellet.Rest(30).Sweep(RecordingBuilder.Blocking(Ohms(temperature) + leads), lowestHertz: 10);
        }

        return pellet.Build();
    }
}
