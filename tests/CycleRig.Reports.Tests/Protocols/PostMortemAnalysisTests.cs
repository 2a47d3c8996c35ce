using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>The dendrite of the reference paper: 440 Ω through 1.2 mm, as a lithium wire of 0.57 µm.</summary>
public sealed class PostMortemAnalysisTests
{
    private const double Ohms = 440;

    private static readonly double[] Millivolts = [1, 2, 3, 4, 6, 8, 10, 8, 6, 4, 3, 2, 1, -1, -2, -3, -4, -6, -8, -10, -8, -6, -4, -3, -2, -1];

    [Fact]
    public void The_resistance_is_recovered_and_its_interval_holds_it_as_often_as_it_says() =>
        Assert.InRange(Reported.Held(seed => (Reported.Analyse("post-mortem", Staircase(seed, volts => volts / Ohms)).Row("resistance"), Ohms)), 90, 100);

    [Fact]
    public void A_wire_is_ohmic_and_has_its_diameter()
    {
        var report = Reported.Analyse("post-mortem", Staircase(1, volts => volts / Ohms));
        Assert.EndsWith("a metal connects the electrodes", report.Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Equal(0.57, report.Row("diameter").Value!.Value, 0.005);
        report.AssertDraws();
        // A diode is none: 5 % of a cubic term at 10 mV.
        var bent = Reported.Analyse("post-mortem", Staircase(1, volts => volts / Ohms * (1 + (0.05 * volts * volts / 1e-4))));
        Assert.StartsWith("not ohmic", bent.Row("verdict").Verdict, StringComparison.Ordinal);
    }

    /// <summary>Cubic terms at 10 mV: none, half a percent, which a gain may bend, and five. Noise is 0.2 % of the largest current, or a hundredth of that.</summary>
    [Theory]
    [InlineData(0, 5e-8, "straight")]
    [InlineData(0.005, 5e-10, "the line bends by 0.5")]
    [InlineData(0.05, 5e-8, "the line bends, and not by chance")]
    public void What_is_said_of_the_linearity_follows_from_the_data(double cubic, double noise, string expected)
    {
        var row = Reported.Analyse("post-mortem", Staircase(1, volts => volts / Ohms * (1 + (cubic * volts * volts / 1e-4)), noise)).Row("linearity");
        Assert.StartsWith(expected, row.Verdict, StringComparison.Ordinal);
        Assert.Equal(expected == "straight", row.Value > 0.01);
    }

    /// <summary>1 mS/cm through 1.2 mm on 2 mm: lithium electrodes let ions through, and the line is straight as well.</summary>
    [Fact]
    public void A_whole_cell_is_ohmic_and_not_called_shorted() => Assert.EndsWith(
        "a short is not shown", Reported.Analyse("post-mortem", Staircase(1, volts => volts / 3820)).Row("verdict").Verdict, StringComparison.Ordinal);

    [Fact]
    public void A_sweep_without_levels_serves_as_well_as_a_staircase()
    {
        var cell = new RecordingBuilder(3) { Period = 0.1, CurrentNoise = 1e-8 };
        cell.Hold(80, time => Ramp(time) / Ohms, Ramp);
        Assert.Equal(Ohms, Reported.Analyse("post-mortem", cell.Build()).Row("resistance").Value!.Value, 2.0);

        static double Ramp(double time) => time < 20 ? 5e-4 * time : time < 60 ? 0.01 - (5e-4 * (time - 20)) : -0.01 + (5e-4 * (time - 60));
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        Assert.Contains("0 levels of voltage within ±20 mV", Reported.Refusal("post-mortem", new RecordingBuilder(1).Rest(60, 0.3).Build()), StringComparison.Ordinal);
        Assert.Contains("the current falls as the voltage rises", Reported.Refusal("post-mortem", Staircase(1, volts => -volts / Ohms)), StringComparison.Ordinal);
        var whole = Staircase(1, _ => 0);
        Assert.StartsWith("no conduction", Reported.Analyse("post-mortem", whole).Row("verdict").Verdict, StringComparison.Ordinal);
        Assert.Empty(Reported.Analyse("post-mortem", whole).Row("linearity").Verdict);
    }

    private static Recording Staircase(int seed, Func<double, double> amperes, double noise = 5e-8)
    {
        var cell = new RecordingBuilder(seed) { CurrentNoise = noise }.Named("post-mortem").Rest(30);
        foreach (var level in Millivolts)
            cell.Hold(10, _ => amperes(level * 1e-3), _ => level * 1e-3);
        return cell.Rest(30).Build();
    }
}
