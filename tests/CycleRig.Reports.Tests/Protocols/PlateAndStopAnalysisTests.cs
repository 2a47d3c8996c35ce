using System.Text.Json.Nodes;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Reports.Tests.Protocols;

/// <summary>10 µAh/cm² on 2 mm is 1.131 mC: 72 s at 0.5 mA/cm², 15.7 µA.</summary>
public sealed class PlateAndStopAnalysisTests
{
    private const double Density = 0.5e-3;
    private const double Seconds = 72;
    private const double Amperes = Density * RecordingBuilder.AreaSquareCentimetres;
    private const double Millicoulombs = 1e3 * Amperes * Seconds;

    /// <summary>The instrument reads with a gain and an offset of 0.1 %: normal with half of that, as the interval takes them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_interval_holds_the_charge_as_often_as_it_says(bool hasCounter) => Assert.InRange(
        Reported.Held(seed =>
        {
            var draw = new Random(seed);
            var read = 1 + (0.0005 * Gaussian.Draw(draw)) + (0.0005 * 1e-4 * Gaussian.Draw(draw) / Amperes);
            var recording = Plated(seed, read, beginsLate: hasCounter ? 0 : draw.NextDouble());
            if (!hasCounter)
                recording = recording with { Samples = [.. recording.Samples.Select(sample => sample with { ChargeCoulombs = double.NaN })] };
            return (Reported.Analyse("plate-and-stop", recording).Rows.Single(row => row.Name == "charge"), Millicoulombs);
        }),
        90, 100);

    [Fact]
    public void The_charge_is_judged_against_the_plan_and_the_open_circuit_is_described()
    {
        var report = Reported.Analyse("plate-and-stop", Plated(1, 1));
        Assert.Equal(10, report.Row("charge per area").Value!.Value, 0.05);
        Assert.EndsWith("within ± 2 %", report.Row("charge per area").Verdict, StringComparison.Ordinal);
        // 13.0 cm³/mol / F · 36 mC/cm² = 0.0485 µm.
        Assert.Equal(0.0485, report.Row("lithium").Value!.Value, 0.0005);
        Assert.Equal(2, report.Row("voltage at its end").Value!.Value, 0.1);
        Assert.Contains(report.Notes, note => note.Contains("counter", StringComparison.Ordinal));
        report.AssertDraws();
        Assert.Contains("outside ± 2 %", Reported.Analyse("plate-and-stop", Plated(1, 1.1)).Row("charge per area").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said_in_one_line()
    {
        Assert.Contains("the first current strips", Reported.Refusal("plate-and-stop", Plated(1, -1)), StringComparison.Ordinal);
        Assert.Contains("no current flowed", Reported.Refusal("plate-and-stop", new RecordingBuilder(1).Rest(100).Build()), StringComparison.Ordinal);
    }

    /// <param name="seed">Of the noise.</param>
    /// <param name="read">What the instrument reads by what flows.</param>
    /// <param name="beginsLate">Part of a period from a sample to the begin of current, which lasts 72 s all the same.</param>
    private static Recording Plated(int seed, double read, double beginsLate = 0)
    {
        var cell = new RecordingBuilder(seed) { CurrentNoise = 5e-9 }.Named("plate-and-stop");
        cell.Cell["protocol"]!["steps"] = new JsonArray(new JsonObject { ["duration_s"] = Seconds, ["current_density_mA_cm2"] = 0.5, ["kind"] = "plate" });
        cell.Rest(30);
        cell.Hold(Seconds + 1, time => time >= beginsLate && time < Seconds + beginsLate ? -Amperes * read : 0, time => time < Seconds + beginsLate ? -0.3 : 0.003);
        return cell.Hold(7200, _ => 0, time => 0.002 + (0.001 * Math.Exp(-time / 600))).Build();
    }
}
