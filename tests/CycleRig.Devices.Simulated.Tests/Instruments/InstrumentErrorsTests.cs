using System.Numerics;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Instruments;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Instruments;

public sealed class InstrumentErrorsTests
{
    private const int Count = 40_000;

    /// <summary>No error but those that a test turns on.</summary>
    private static readonly InstrumentRecipe Quiet = new() { RelativeNoise = 0, FloorVolts = 0, Outliers = 0, SampleVolts = 0, RangeNoise = 0 };

    [Theory]
    [InlineData(1e5, 0.002)]
    [InlineData(3e6, 0.006)]
    public void Noise_is_relative_and_three_times_as_large_in_the_top_decade(double hertz, double sd)
    {
        var errors = New(Quiet with { RelativeNoise = 0.002 });
        var draw = new Draw(1, "sweeps");
        var seen = Enumerable.Range(0, Count).Select(_ => errors.Sweep(new(3000, -4000), hertz, 1e-6, 0, 0, draw) - new Complex(3000, -4000)).ToList();
        Assert.Equal(sd * 5000, Math.Sqrt(seen.Average(z => z.Real * z.Real)), sd * 5000 * 0.02);
        Assert.Equal(sd * 5000, Math.Sqrt(seen.Average(z => z.Imaginary * z.Imaginary)), sd * 5000 * 0.02);
    }

    [Fact]
    public void The_floor_is_volts_over_the_amplitude()
    {
        var errors = New(Quiet with { FloorVolts = 1.57e-6 });
        var draw = new Draw(1, "sweeps");
        Assert.Equal(1, Math.Sqrt(Enumerable.Range(0, Count).Average(_ => Math.Pow(errors.Sweep(4000, 1e4, 1.57e-6, 0, 0, draw).Real - 4000, 2))), 0.02);
    }

    [Fact]
    public void Four_points_of_ten_thousand_are_outliers()
    {
        const int points = 400_000;
        var errors = New(Quiet with { Outliers = new InstrumentRecipe().Outliers });
        var draw = new Draw(1, "sweeps");
        var outliers = Enumerable.Range(0, points).Count(_ => errors.Sweep(4000, 1e4, 1e-6, 0, 0, draw) != 4000);
        // 160, and four standard deviations of a Poisson law.
        Assert.InRange(outliers, 160 - 51, 160 + 51);
    }

    [Fact]
    public void Calibration_is_wrong_above_a_megahertz_only_by_a_share_for_each_decade_and_always_the_same()
    {
        var recipe = InstrumentRecipe.Drawn(new(7, "instrument"));
        var errors = New(Quiet with { GainPerDecade = recipe.GainPerDecade, PhasePerDecade = recipe.PhasePerDecade });
        var draw = new Draw(1, "sweeps");
        Assert.Equal(4000, errors.Sweep(4000, 1e6, 1e-6, 0, 0, draw));
        var top = errors.Sweep(4000, 7e6, 1e-6, 0, 0, draw) / 4000;
        Assert.Equal(top, errors.Sweep(4000, 7e6, 1e-6, 0, 1e5, draw) / 4000);
        Assert.InRange((top - 1).Magnitude, 1e-5, 0.02 * Math.Log10(7) * Math.Sqrt(2));
        Assert.Equal(1 / Math.Log10(7), (errors.Sweep(4000, 1e7, 1e-6, 0, 0, draw) - 4000).Magnitude / (4000 * (top - 1)).Magnitude, 1e-6);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    public void A_drifting_voltage_leaks_into_a_point_as_its_fourier_integral_says(double hertz)
    {
        const double slope = 2e-4;
        const double amperes = 1.57e-6;
        const int periods = 3;
        const int steps = 200_000;
        // Fundamental of k t over whole periods against a current a cos ωt.
        var sum = Complex.Zero;
        var span = periods / hertz;
        for (var i = 0; i < steps; i++)
        {
            var time = (i + 0.5) / steps * span;
            sum += slope * time * Complex.Exp(new Complex(0, -2 * Math.PI * hertz * time));
        }

        var expected = 2.0 / steps * sum / amperes;
        var leaked = New(Quiet).Sweep(4000, hertz, amperes, slope, 0, new(1, "sweeps")) - 4000;
        Assert.Equal(expected.Magnitude, leaked.Magnitude, expected.Magnitude * 1e-3);
        Assert.Equal(expected.Imaginary, leaked.Imaginary, expected.Magnitude * 1e-3);
    }

    [Fact]
    public void A_current_reads_with_noise_and_offset_of_its_range_in_whole_levels_and_no_further_than_full_scale()
    {
        const double range = 1e-4;
        var errors = New(Quiet with { RangeNoise = 2e-4, RangeOffset = 1e-3 });
        var draw = new Draw(1, "samples");
        var seen = Enumerable.Range(0, Count).Select(_ => errors.Sample(-15.7e-6, -0.3, range, 0, draw).Amperes).ToList();
        // An offset of 0.1 % of the range.
        Assert.Equal(-15.7e-6 + 1e-7, seen.Average(), 1e-9);
        Assert.Equal(2e-8, Math.Sqrt(seen.Average(amperes => Math.Pow(amperes - seen.Average(), 2))), 1e-9);
        Assert.All(seen.Take(100), amperes => Assert.Equal(0, Math.IEEERemainder(amperes / (range / 32768), 1), 1e-6));
        Assert.Equal(-range, errors.Sample(-1, 0, range, 0, draw).Amperes);
        Assert.Equal(range, errors.Sample(1, 0, range, 0, draw).Amperes);
    }

    [Fact]
    public void A_voltage_reads_in_sixteen_bits_of_two_and_a_half_volts_either_way()
    {
        var volts = New(Quiet).Sample(0, -0.31234567, 1e-4, 0, new(1, "samples")).Volts;
        Assert.Equal(0, Math.IEEERemainder(volts / (5.0 / 65536), 1), 1e-9);
        Assert.Equal(-0.31234567, volts, 5.0 / 65536 / 2);
    }

    [Theory]
    [InlineData(0.0104e-3, 1e-4)]
    [InlineData(1e-5, 1e-5)]
    [InlineData(16.1e-6, 1e-4)]
    [InlineData(0, 1e-8)]
    public void A_range_is_the_next_decade(double most, double range) => Assert.Equal(range, InstrumentErrors.Range(most), range * 1e-9);

    [Theory]
    [InlineData(50, 1)]
    [InlineData(101, 2)]
    [InlineData(150, 3)]
    [InlineData(75, 0)]
    [InlineData(200, 0)]
    [InlineData(45, 0)]
    public void Mains_falls_on_points_near_it_and_its_first_multiples(double hertz, int order)
    {
        var upset = new UpsetSchedule([new(UpsetKind.Mains, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), 1e-3)]);
        var errors = new InstrumentErrors(Quiet, upset);
        var draw = new Draw(1, "sweeps");
        Assert.Equal(4000, errors.Sweep(4000, hertz, 1e-6, 0, 9, draw));
        Assert.Equal(order == 0 ? 0 : 1e-3 / 1e-6 / order, (errors.Sweep(4000, hertz, 1e-6, 0, 11, draw) - 4000).Magnitude, 1e-6);
        Assert.Equal(4000, errors.Sweep(4000, hertz, 1e-6, 0, 20, draw));
        // On samples it is a sine at any phase: rms of amplitude/√2.
        Assert.Equal(1e-3 / Math.Sqrt(2), Math.Sqrt(Enumerable.Range(0, Count).Average(_ => Math.Pow(errors.Sample(0, 0, 1e-4, 11, draw).Volts, 2))), 3e-5);
    }

    [Fact]
    public void Upsets_of_sweeps_do_what_they_say()
    {
        var draw = new Draw(1, "sweeps");
        var (seen, first) = (new Complex(3000, -4000), new Complex(100, 0));
        Assert.Equal(seen, With(UpsetKind.NoisySpectra, 1).Upset(seen, first, 1, draw));
        Assert.Equal(first, With(UpsetKind.FrozenSpectra, 0).Upset(seen, first, 1, draw));
        var clipped = With(UpsetKind.ClippedSpectra, 1000).Upset(seen, first, 1, draw)!.Value;
        Assert.Equal(1000, clipped.Magnitude, 1e-9);
        Assert.Equal(seen.Phase, clipped.Phase, 1e-9);
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => With(UpsetKind.MissingPoints, 0.3).Upset(seen, first, 1, draw) is null), 240, 360);
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => double.IsNaN(With(UpsetKind.InvalidPoints, 0.3).Upset(seen, first, 1, draw)!.Value.Real)), 240, 360);
        var outliers = With(UpsetKind.OutlierPoints, 0.3);
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => outliers.Sweep(seen, 1e4, 1e-6, 0, 1, draw) != seen), 240, 360);
        var noisy = new InstrumentErrors(Quiet with { RelativeNoise = 1e-3 }, Lasting(UpsetKind.NoisySpectra, 10));
        Assert.Equal(0.01 * 4000, Math.Sqrt(Enumerable.Range(0, Count).Average(_ => Math.Pow(noisy.Sweep(4000, 1e4, 1e-6, 0, 1, draw).Real - 4000, 2))), 1.0);
        var stuck = With(UpsetKind.StuckRange, 1e-6);
        Assert.Equal(-1e-6, stuck.Sample(-15.7e-6, 0, 1e-4, 1, draw).Amperes);

        InstrumentErrors With(UpsetKind kind, double size) => new(Quiet, Lasting(kind, size));
    }

    private static UpsetSchedule Lasting(UpsetKind kind, double size) => new([new(kind, TimeSpan.Zero, TimeSpan.FromDays(1), size)]);

    private static InstrumentErrors New(InstrumentRecipe recipe) => new(recipe, UpsetSchedule.None);
}
