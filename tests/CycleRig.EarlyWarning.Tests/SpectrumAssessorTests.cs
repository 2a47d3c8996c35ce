using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests;

/// <summary>
/// Spectra by a formula of this test: an inductance and arcs R/(1 + (jωτ)ⁿ) in series, 7 MHz to 0.5 Hz, 10 points a decade, as of the
/// paper's 2 mm cell (docs/simulated-rig.md), with 0.2 % noise in each part.
/// </summary>
public sealed class SpectrumAssessorTests
{
    private const double Area = 0.0314;

    [Theory]
    [InlineData(2460, 16_000)] // 500 Ω cm², contact is good.
    [InlineData(2460, 64_000)] // 2000 Ω cm², before plating.
    [InlineData(1700, 20_000)]
    public void A_reading_gives_the_resistances_within_one_percent(double bulk, double inner)
    {
        var (_, assessment, reading) = SpectrumAssessor.Assess(AssessorState.Initial, Spectrum(0, bulk, inner), Area, DetectorSettings.Default);
        Assert.True(reading.Valid, reading.WhyNotValid);
        Assert.True(assessment.Valid);
        Assert.InRange(reading.BulkOhms / bulk, 0.99, 1.01);
        Assert.InRange(reading.InterfaceOhms / inner, 0.99, 1.01);
        Assert.InRange(reading.BulkRelativeSd, 1e-4, 2e-3); // 0.2 % noise on 70 points leaves 0.1 % or so.
    }

    [Fact]
    public void A_warm_start_finds_what_a_cold_one_does()
    {
        var (state, _, _) = SpectrumAssessor.Assess(AssessorState.Initial, Spectrum(0, 2460, 16_000), Area, DetectorSettings.Default);
        var next = Spectrum(1, 2440, 15_500);
        var (_, _, warm) = SpectrumAssessor.Assess(state, next, Area, DetectorSettings.Default);
        var (_, _, cold) = SpectrumAssessor.Assess(AssessorState.Initial, next, Area, DetectorSettings.Default);
        // The warm one knows the shape of the first sweep too: they agree within their errors.
        Assert.InRange(Math.Log(warm.BulkOhms / cold.BulkOhms), -cold.BulkRelativeSd, cold.BulkRelativeSd);
        Assert.InRange(Math.Log(warm.InterfaceOhms / cold.InterfaceOhms), -2 * cold.InterfaceRelativeSd, 2 * cold.InterfaceRelativeSd);
    }

    [Fact]
    public void A_spoiled_warm_start_does_not_make_the_channel_blind()
    {
        var (state, _, reading) = SpectrumAssessor.Assess(AssessorState.Initial, Spectrum(0, 2460, 16_000), Area, DetectorSettings.Default);
        var spoiled = state with { Reading = reading with { Parameters = [.. reading.Parameters.Select((value, k) => k % 2 == 0 ? value * 1e4 : value * 1e-4)] } };
        var (_, assessment, again) = SpectrumAssessor.Assess(spoiled, Spectrum(1, 2460, 16_000), Area, DetectorSettings.Default);
        Assert.True(assessment.Valid, assessment.Detail);
        Assert.InRange(again.BulkOhms / 2460, 0.99, 1.01);
    }

    [Fact]
    public void An_unusable_sweep_is_watched_and_the_last_reading_is_kept()
    {
        var (state, _, reading) = SpectrumAssessor.Assess(AssessorState.Initial, Spectrum(0, 2460, 16_000), Area, DetectorSettings.Default);
        var cut = Spectrum(1, 2460, 16_000);
        var (next, assessment, _) = SpectrumAssessor.Assess(state, cut with { Points = cut.Points[..5] }, Area, DetectorSettings.Default);
        Assert.Equal((WarningLevel.Watch, false), (assessment.Level, assessment.Valid));
        Assert.Same(reading, next.Reading);
        Assert.Equal(state.Detector.Sweeps, next.Detector.Sweeps);
    }

    [Fact]
    public void A_reading_carries_the_time_and_the_conditions_of_the_points_that_carry_the_bulk()
    {
        var spectrum = Spectrum(0, 2460, 16_000);
        var (_, _, reading) = SpectrumAssessor.Assess(AssessorState.Initial, spectrum, Area, DetectorSettings.Default);
        Assert.Equal(spectrum.EndSeconds, reading.EndSeconds);
        Assert.InRange(reading.TimeSeconds, spectrum.StartSeconds, spectrum.StartSeconds + 5); // The high frequencies come first.
        Assert.Equal((30.0, 5.0, -15.7e-6), (reading.TemperatureCelsius, reading.PressureMegapascals, reading.CurrentAmperes));
    }

    private static Spectrum Spectrum(int index, double bulk, double inner)
    {
        var draw = new Random(index + 1);
        var start = index * 60.0;
        var seconds = start;
        var points = ImmutableArray.CreateBuilder<SpectrumPoint>();
        for (var hertz = 7e6; hertz > 0.4; hertz /= Math.Pow(10, 0.1))
        {
            var omega = 2 * Math.PI * hertz;
            var z = new Complex(0, omega * 4e-7)
                + Arc(bulk, bulk * 1e-11, 0.98, omega)
                + Arc(0.35 * inner, 0.35 * inner * 3.14e-8, 0.86, omega)
                + Arc(0.65 * inner, 0.65 * inner * 3.14e-8, 0.88, omega);
            var noise = 0.002 * z.Magnitude;
            seconds += 0.06 + (2 / hertz);
            points.Add(new(hertz, z.Real + (noise * Gaussian.Draw(draw)), z.Imaginary + (noise * Gaussian.Draw(draw)), seconds, -15.7e-6, 30, 5));
        }

        return new(index, start, points.ToImmutable());
    }

    private static Complex Arc(double ohms, double tau, double exponent, double omega) =>
        ohms / (1 + Complex.Pow(new Complex(0, omega * tau), exponent));
}
