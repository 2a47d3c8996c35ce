using System.Collections.Immutable;
using CsCheck;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Tracks of white noise drawn here: one sweep a minute, standard error of the fit 0.15 %.</summary>
public sealed class ScatterTests
{
    private const double Sd = 0.0015;
    private static readonly DetectorSettings Settings = DetectorSettings.Default;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Noise_larger_than_the_fit_says_is_found(double factor)
    {
        // The median of 62 correlated moduli scatters by about 15 %; the mean over 200 tracks by about 1 %.
        var total = Math.Sqrt((Sd * Sd) + (Settings.NoiseFloor * Settings.NoiseFloor));
        var mean = Enumerable.Range(1, 200).Average(seed => Scatter.Scale(Track(seed, 64, factor * total), Settings));
        Assert.InRange(mean, factor * 0.95, factor * 1.05);
    }

    [Fact]
    public void Noise_smaller_than_the_fit_says_is_not_believed() => Assert.Equal(1, Scatter.Scale(Track(1, 64, Sd / 10), Settings));

    [Fact]
    public void A_ramp_and_a_level_are_no_scatter() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[-10, 10], Gen.Double[-0.01, 0.01]).Sample((seed, level, slope) =>
        {
            var track = Track(seed, 64, 3 * Sd);
            ImmutableArray<TrackPoint> moved = [.. track.Select((p, i) => p with { LogBulk = p.LogBulk + level + (slope * i) })];
            Assert.Equal(Scatter.Scale(track, Settings), Scatter.Scale(moved, Settings), 1e-9);
        });

    [Fact]
    public void A_few_outliers_do_not_double_it()
    {
        var track = Track(1, 64, 2 * Sd);
        ImmutableArray<TrackPoint> struck = [.. track.Select((p, i) => i % 16 == 8 ? p with { LogBulk = p.LogBulk + 0.1 } : p)];
        Assert.InRange(Scatter.Scale(struck, Settings), Scatter.Scale(track, Settings), 2 * Scatter.Scale(track, Settings));
    }

    [Fact]
    public void Only_the_newest_64_sweeps_count()
    {
        ImmutableArray<TrackPoint> track = [.. Track(1, 100, 50 * Sd), .. Track(2, 64, 2 * Sd)];
        Assert.Equal(Scatter.Scale(Track(2, 64, 2 * Sd), Settings), Scatter.Scale(track, Settings));
    }

    [Fact]
    public void Seven_sweeps_are_too_few_to_know() => Assert.Equal(1.5, Scatter.Scale(Track(1, 7, Sd), Settings));

    private static ImmutableArray<TrackPoint> Track(int seed, int count, double noise)
    {
        var draw = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new TrackPoint(i * 60, 7.8 + (noise * Gaussian.Draw(draw)), Sd, 0, 30, 126, 9.7, 0.003))];
    }
}
