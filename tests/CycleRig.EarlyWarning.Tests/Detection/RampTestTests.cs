using System.Collections.Immutable;
using CsCheck;
using CycleRig.EarlyWarning.Detection;
using MathNet.Numerics.LinearAlgebra;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Tracks drawn here: a sweep a minute, standard error 0.15 %, a chamber that may warm, an interface that may improve.</summary>
public sealed class RampTestTests
{
    private const double Sd = 0.0015;
    private const double Boltzmann = 8.617333e-5;
    private static readonly DetectorSettings Settings = DetectorSettings.Default;

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(17)]
    [InlineData(90)]
    public void The_statistic_is_that_of_the_whole_covariance_matrix(int count)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var track = Track(seed, count, warming: 0.1, improving: true, slope: seed % 2 == 0 ? 0 : 2e-6);
            var outcome = Run(track, scale: 1.3);
            var expected = Onsets(track).Select(onset => (Onset: onset, Test: Dense(track, onset, scale: 1.3))).MaxBy(at => at.Test.Statistic);
            Assert.Equal(expected.Onset, outcome.OnsetSeconds);
            // Woodbury subtracts numbers of the size of a free level, 1/Sd² = 4e5 times the difference.
            Assert.Equal(1, outcome.Statistic / expected.Test.Statistic, 1e-6);
            Assert.Equal(1, outcome.Slope / expected.Test.Slope, 1e-6);
        }
    }

    [Fact]
    public void A_constant_level_changes_nothing() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[6, 120], Gen.Double[-10, 10]).Sample((seed, count, level) =>
        {
            var track = Track(seed, count, warming: 0.05, improving: true, slope: 1e-6);
            var moved = Run([.. track.Select(p => p with { LogBulk = p.LogBulk + level })]);
            Assert.Equal(Run(track).Statistic, moved.Statistic, 1e-6);
        });

    [Fact]
    public void A_wrong_activation_energy_is_not_significant_while_the_chamber_warms() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[-1, 1], Gen.Double[0.01, 0.3]).Sample((seed, sds, warming) =>
        {
            // An error of one standard deviation, over 1 to 30 K: up to 7 % of R_bulk, 50 times the noise.
            var track = Track(seed, 100, warming, improving: false, slope: 0, noise: 0);
            var wrong = Run([.. track.Select(p => p with { LogBulk = p.LogBulk + (sds * Settings.ActivationSdElectronVolts * p.Arrhenius) })]);
            Assert.InRange(wrong.Statistic, double.NegativeInfinity, 1.5);
        });

    [Fact]
    public void The_same_fall_without_warming_is_significant()
    {
        var track = Track(1, 100, warming: 0.1, improving: false, slope: 0, noise: 0);
        var cold = track.Select(p => p with { LogBulk = p.LogBulk + (Settings.ActivationSdElectronVolts * p.Arrhenius), Arrhenius = 0, Celsius = 30 });
        Assert.True(Run([.. cold]).Statistic > 10);
    }

    [Fact]
    public void Without_noise_the_statistic_is_proportional_to_the_slope() =>
        Gen.Select(Gen.Int[12, 120], Gen.Double[1e-7, 1e-5], Gen.Double[1.01, 10]).Sample((count, slope, factor) =>
        {
            var slow = Run(Track(1, count, warming: 0.05, improving: true, slope, noise: 0));
            var fast = Run(Track(1, count, warming: 0.05, improving: true, slope * factor, noise: 0));
            Assert.True(slow.Statistic > 0);
            Assert.Equal(factor, fast.Statistic / slow.Statistic, 1e-6);
        });

    [Fact]
    public void A_steeper_fall_in_the_same_noise_is_more_significant() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Double[2e-6, 2e-5]).Sample((seed, slope) =>
            Run(Track(seed, 90, 0, improving: true, slope * 1.5)).Statistic > Run(Track(seed, 90, 0, improving: true, slope)).Statistic);

    [Fact]
    public void A_rise_is_no_fall() => Assert.All(Enumerable.Range(1, 100), seed =>
        Assert.True(Run(Track(seed, 90, 0, improving: false, slope: -5e-6)).Statistic < 3));

    private static RampTest.Outcome Run(ImmutableArray<TrackPoint> track, double scale = 1) =>
        RampTest.Run(track, Settings, scale, Settings.ActivationSdElectronVolts, Settings.ConstrictionSd);

    /// <summary>Windows of 3 sweeps and more, each √2 times the last, up to all.</summary>
    private static IEnumerable<double> Onsets(ImmutableArray<TrackPoint> track) =>
        Enumerable.Range(0, 20).Select(k => 3 * Math.Pow(2, k / 2.0) * (1 + 1e-12)).TakeWhile(window => window <= track.Length + 2)
            .Select(window => track[Math.Max(0, track.Length - (int)window)].TimeSeconds);

    /// <summary>(d'S⁻¹y)/√(d'S⁻¹d) and (d'S⁻¹y)/(d'S⁻¹d) with S as a matrix; a fall is positive.</summary>
    private static (double Statistic, double Slope) Dense(ImmutableArray<TrackPoint> track, double onset, double scale)
    {
        Vector<double> Of(Func<TrackPoint, double> value) => Vector<double>.Build.DenseOfEnumerable(track.Select(value));
        var last = track[^1];
        var covariance = Matrix<double>.Build.DiagonalOfDiagonalVector(
            Of(p => scale * scale * ((p.Sd * p.Sd) + (Settings.NoiseFloor * Settings.NoiseFloor))));
        Vector<double>[] nuisances =
        [
            Of(_ => 1),
            Of(p => Settings.ActivationSdElectronVolts * (p.Arrhenius - last.Arrhenius)),
            Of(p => Settings.ConstrictionSd * ((p.RootInterface / last.RootInterface) - 1)),
            Of(p => Settings.DriftPerHourSd * (p.TimeSeconds - last.TimeSeconds) / 3600),
            // d ln R_bulk/dT = ((0.39 / (8.617333e-5 * 303.15 * 303.15)) - (1 / 303.15)) per K; the first point has no rate.
            Vector<double>.Build.Dense(track.Length, i => i == 0 ? 0
                : Settings.LagSecondsSd * ((0.39 / (8.617333e-5 * 303.15 * 303.15)) - (1 / 303.15)) * (track[i].Celsius - track[i - 1].Celsius) / (track[i].TimeSeconds - track[i - 1].TimeSeconds)),
        ];
        foreach (var h in nuisances)
            covariance += h.OuterProduct(h);
        var ramp = Of(p => Math.Max(0, p.TimeSeconds - onset));
        var weighted = covariance.Solve(ramp);
        var (dy, dd) = (weighted * Of(p => last.LogBulk - p.LogBulk), weighted * ramp);
        return (dy / Math.Sqrt(dd), dy / dd);
    }

    /// <summary>Warming in K per sweep; slope as the fall of ln R_bulk per second from the middle on.</summary>
    private static ImmutableArray<TrackPoint> Track(int seed, int count, double warming, bool improving, double slope, double noise = Sd)
    {
        var draw = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var celsius = 30 + (warming * i) + (noise * draw.NextDouble());
                var inner = improving ? 16_000 * (1 + (3 * Math.Exp(-i / 10.0))) : 16_000;
                return new TrackPoint(
                    i * 60, 7.8 - (slope * 60 * Math.Max(0, i - (count / 2))) + (noise * Gaussian.Draw(draw)), Sd,
                    ((1 / (celsius + 273.15)) - (1 / 303.15)) / Boltzmann, celsius, Math.Sqrt(inner), Math.Log(inner), 0.003);
            }),
        ];
    }
}
