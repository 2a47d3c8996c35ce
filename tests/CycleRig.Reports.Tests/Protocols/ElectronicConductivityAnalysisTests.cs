using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>8 mm electrodes on 1.2 mm: 1e-8 S/cm at 0.1 V is I = σ A V/L = 4.19 nA.</summary>
public sealed class ElectronicConductivityAnalysisTests
{
    private const double Area = 0.502654825;
    private const double Sigma = 1e-8;
    private const double Volts = 0.1;
    private const double Steady = Sigma * Area * Volts / 0.12;

    [Fact]
    public void The_conductivity_is_recovered_and_its_interval_holds_it_as_often_as_it_says() =>
        Assert.InRange(Reported.Held(seed => (Reported.Analyse("electronic-conductivity", Step(seed, time => Steady + (20 * Steady * Math.Exp(-time / 1200)))).Row("σ_e"), Sigma)), 90, 100);

    [Fact]
    public void A_current_that_still_falls_is_not_steady_and_one_below_the_floor_is_a_bound()
    {
        var steady = Reported.Analyse("electronic-conductivity", Step(1, time => Steady + (20 * Steady * Math.Exp(-time / 1200))));
        Assert.StartsWith("steady", steady.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Equal(Sigma, steady.Row("σ_e").Value!.Value, 0.02 * Sigma);
        steady.AssertDraws();
        var falling = Reported.Analyse("electronic-conductivity", Step(1, time => Steady + (20 * Steady * Math.Exp(-time / 12_000))));
        Assert.StartsWith("not steady yet", falling.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.True(falling.Row("drift").High < 0);
        // The floor of 0.05 nA that is assumed is 1.2e-10 S/cm here.
        var dark = Reported.Analyse("electronic-conductivity", Step(1, _ => 1e-11));
        Assert.StartsWith("below the instrument's floor", dark.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Equal(5e-11 * 0.12 / (Area * Volts), dark.Row("σ_e").High!.Value, 1e-12);
        Assert.Contains(dark.Notes, note => note.Contains("50 pA, assumed", StringComparison.Ordinal));
        Assert.Contains(dark.Notes, note => note.StartsWith("not corrected for current spreading", StringComparison.Ordinal));
    }

    /// <summary>
    /// A range of 16 bits whose offset is 0.009 % of it, as an instrument's data sheet allows: at 1 mA it is twenty times the current, whatever its
    /// sign, at 10 µA a fifth of it.
    /// </summary>
    [Theory]
    [InlineData(1e-3, 0.9e-4)]
    [InlineData(1e-3, -0.9e-4)]
    [InlineData(1e-5, 0.9e-4)]
    [InlineData(1e-5, -0.9e-4)]
    public void A_range_far_above_the_current_does_not_exclude_the_truth(double range, double offset)
    {
        var report = Reported.Analyse("electronic-conductivity", Ranged(range, offset));
        var row = report.Row("σ_e");
        Assert.InRange(Sigma, row.Low ?? 0, row.High!.Value);
        Assert.Equal(range > 1e-4, report.Row("verdict").Verdict.StartsWith("below the instrument's floor", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("four of the steps in which its currents are written", StringComparison.Ordinal));
    }

    [Fact]
    public void A_floor_in_the_cell_file_counts_as_it_stands()
    {
        var recording = Ranged(1e-3, 0);
        recording.Cell.All["current_floor_A"] = 1e-6;
        var report = Reported.Analyse("electronic-conductivity", recording);
        Assert.Equal(1e-6 * 0.12 / (Area * Volts), report.Row("σ_e").High!.Value, 1e-10);
        Assert.Contains(report.Notes, note => note.Contains("1 µA, from cell.json", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        Assert.Contains("flow at the end against a step", Reported.Refusal("electronic-conductivity", Step(1, _ => -Steady)), StringComparison.Ordinal);
        Assert.Contains("no step of potential", Reported.Refusal("electronic-conductivity", new RecordingBuilder(1).Rest(600).Build()), StringComparison.Ordinal);
        var open = Step(1, _ => 1e4 * Steady) with { Spectra = new RecordingBuilder(1).Sweep(RecordingBuilder.Symmetric(2460, 800)).Build().Spectra };
        Assert.StartsWith("no electronic conductivity", Reported.Analyse("electronic-conductivity", open).Row("verdict").Verdict, StringComparison.Ordinal);
        var lithium = Step(1, _ => Steady);
        lithium.Cell.All["electrode"] = new System.Text.Json.Nodes.JsonObject { ["working"] = "Li" };
        Assert.Contains("electrodes of Li let ions through", Reported.Refusal("electronic-conductivity", lithium), StringComparison.Ordinal);
        var holes = Step(1, time => Steady + (20 * Steady * Math.Exp(-time / 1200)));
        holes = holes with { Samples = [.. holes.Samples.Select((sample, i) => i % 5 == 0 ? sample with { CurrentAmperes = double.NaN } : sample)] };
        Assert.Equal(Sigma, Reported.Analyse("electronic-conductivity", holes).Row("σ_e").Value!.Value, 0.03 * Sigma);
    }

    private static Recording Ranged(double range, double offset)
    {
        var (draw, step) = (new RecordingBuilder(1), range / 32768);
        return Step(1, time => step * Math.Round((Steady + (20 * Steady * Math.Exp(-time / 1200)) + (offset * range) + draw.Normal(2e-5 * range)) / step), noise: 0);
    }

    /// <summary>A rest, then four hours in samples each 20 s with 20 pA of noise.</summary>
    private static Recording Step(int seed, Func<double, double> amperes, double noise = 2e-11)
    {
        var pellet = new RecordingBuilder(seed) { Period = 20, CurrentNoise = noise, VoltageNoise = 1e-5 }.Named("electronic-conductivity");
        (pellet.Cell["diameter_mm"], pellet.Cell["area_cm2"]) = (8, Area);
        return pellet.Rest(600).Hold(14_400, amperes, _ => Volts).Build();
    }
}
