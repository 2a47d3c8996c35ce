using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

/// <summary>Readings drawn here: a sweep a minute under 15.7 µA, standard error 0.15 %.</summary>
public sealed class FilterStepTests
{
    private const double Sd = 0.0015;
    private const double Amperes = 15.7e-6;
    private const double Boltzmann = 8.617333e-5;
    private static readonly DetectorSettings Settings = DetectorSettings.Default;

    [Theory]
    [InlineData(4)]
    [InlineData(17)]
    [InlineData(90)]
    public void The_statistic_of_every_onset_is_that_of_the_whole_covariance_matrix(int count)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            // Half of the noise that the filter reckons with, so that no innovation is clipped, which no matrix does.
            var draw = new Random(seed);
            var logs = Enumerable.Range(0, count).Select(i => Math.Log(2460) + (0.5 * Sd * Gaussian.Draw(draw)) - (seed % 2 == 0 ? 0 : 1e-4 * i)).ToArray();
            var state = DetectorState.Initial;
            for (var i = 0; i < count; i++)
                state = FilterStep.Run(state with { Scatter = 1 }, Reading(i, Math.Exp(logs[i])), Settings).Next; // Scatter that is learned is in no matrix.
            var metal = state.Signatures.Where(signature => signature.Kind == SignatureKind.Metal).ToList();
            Assert.NotEmpty(metal);
            Assert.All(metal, signature =>
            {
                var (statistic, slope) = Dense(logs, signature.OnsetPassed);
                Assert.Equal(statistic, signature.Statistic, 1e-6);
                Assert.Equal(1, slope / signature.Slope, 1e-6);
            });
        }
    }

    [Fact]
    public void A_constant_level_changes_nothing() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[6, 120], Gen.Double[-3, 3]).Sample((seed, count, level) =>
            Assert.Equal(Best(seed, count, 1), Best(seed, count, Math.Exp(level)), 1e-6));

    [Fact]
    public void A_wrong_activation_energy_is_not_significant_while_the_chamber_warms() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0.01, 0.1]).Sample((sds, warming) =>
        {
            // An error of one standard deviation, over 1 to 10 K.
            var state = DetectorState.Initial;
            for (var i = 0; i < 100; i++)
            {
                var kelvins = 303.15 + (warming * i);
                var lagged = kelvins - (warming / 60 * ThermalLag.Seconds);
                var energy = Settings.ActivationElectronVolts + (sds * Settings.ActivationSdElectronVolts);
                var bulk = 2460 * lagged / 303.15 * Math.Exp(energy / Boltzmann * ((1 / lagged) - (1 / 303.15)));
                state = FilterStep.Run(state, Reading(i, bulk) with { TemperatureCelsius = kelvins - 273.15 }, Settings).Next;
            }

            Assert.InRange(SignatureBank.Best(state.Signatures.AsSpan(), SignatureKind.Metal)!.Value.Statistic, double.NegativeInfinity, 2.5);
        }, iter: 40);

    [Fact]
    public void What_is_remembered_stays_bounded_over_a_month_of_sweeps_each_minute()
    {
        var draw = new Random(1);
        var state = DetectorState.Initial;
        for (var i = 0; i < 30 * 24 * 60; i++)
            state = FilterStep.Run(state, Reading(i, 2460 * (1 + (Sd * Gaussian.Draw(draw)))), Settings).Next;
        // A signature: its fields, its array and the header of that.
        var bytes = (state.Signatures.Length * ((10 + CellFilter.Size) * sizeof(double))) + ((state.Mean.Length + state.Covariance.Length) * sizeof(double));
        Assert.InRange(bytes, 1, 64 * 1024);
    }

    private static double Best(int seed, int count, double factor)
    {
        var draw = new Random(seed);
        var state = DetectorState.Initial;
        for (var i = 0; i < count; i++)
            state = FilterStep.Run(state, Reading(i, factor * 2460 * (1 + (Sd * Gaussian.Draw(draw)))), Settings).Next;
        return SignatureBank.Best(state.Signatures.AsSpan(), SignatureKind.Metal)!.Value.Statistic;
    }

    /// <summary>d'S⁻¹y/√(d'S⁻¹d) of a fall d with the charge from an onset on, S written down entry by entry.</summary>
    private static (double Statistic, double Slope) Dense(double[] logs, double onset)
    {
        var count = logs.Length;
        var covariance = Matrix<double>.Build.Dense(count, count, (i, j) =>
        {
            double Creep(int k) => Math.Log(1 + (k * 60 / 600.0));
            double Warms(int k) => (Settings.ActivationElectronVolts / (Boltzmann * 303.15 * 303.15)) - (1 / 303.15);
            var drift = Settings.DriftPerRootHour * Settings.DriftPerRootHour * Math.Min(i, j) / 60.0;
            var wander = Warms(i) * Warms(j) * Settings.WanderKelvins * Settings.WanderKelvins * Math.Exp(-Math.Abs(i - j) * 60 / Settings.WanderSeconds);
            var noise = i == j ? (Sd * Sd) + (Settings.NoiseFloor * Settings.NoiseFloor) : 0;
            return 1 + drift + wander + (Settings.CreepPerEFold * Settings.CreepPerEFold * Creep(i) * Creep(j)) + noise;
        });
        var y = Vector<double>.Build.Dense(count, i => logs[i] - logs[0]);
        var d = Vector<double>.Build.Dense(count, i => -Math.Max(0, (i * Amperes / 60) - onset));
        var weighted = covariance.Cholesky().Solve(d);
        return (weighted * y / Math.Sqrt(weighted * d), weighted * y / (weighted * d));
    }

    /// <summary>R_int is not determined, so that R_bulk alone decides; the thermometer does not stand still to the last digit.</summary>
    private static CellReading Reading(int minute, double bulk) => new()
    {
        Valid = true, BulkOhms = bulk, BulkRelativeSd = Sd, InterfaceOhms = 400, InterfaceRelativeSd = 0.5, TimeSeconds = minute * 60,
        EndSeconds = (minute * 60) + 30, TemperatureCelsius = 30 + (1e-10 * (minute % 2)), PressureMegapascals = 5, CurrentAmperes = -Amperes,
    };
}
