using CsCheck;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Impedance.Cells;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

public sealed class DelayBoundTests
{
    private const double DriftPerSecond = 0.001 / 3600;
    private const double FalseAlarmSeconds = 3.6e6;

    /// <summary>The covariance written down as the matrix that it is, and solved.</summary>
    [Fact]
    public void The_filter_gives_what_the_whole_matrix_gives() => Gen.Select(
        Gen.Select(Gen.Double[20, 300], Gen.Double[0, 0.02], Gen.Double[0.0003, 0.004], Gen.Double[0.02, 0.05]).Array[2, 40], Gen.Double[0.002, 0.05], Gen.Double[50, 2000])
        .Sample((steps, kelvins, seconds) =>
        {
            var end = 0.0;
            List<DelayBound.Sweep> sweeps = [.. steps.Select(step => new DelayBound.Sweep(end += step.Item1, step.Item2, step.Item3, step.Item4))];
            var given = DelayBound.Evidence(sweeps, kelvins, seconds).ToList();
            Assert.Equal(sweeps.Count, given.Count);
            for (var count = 1; count <= sweeps.Count; count++)
                Assert.Equal(Dense(sweeps[..count], kelvins, seconds), given[count - 1], 1e-6 * (1 + given[count - 1]));
        }, iter: 200);

    /// <summary>docs/early-warning.md: (6 s² D ln N / r²)^(1/3) for a linear fall in white noise; a sweep a minute, s 0.15 %. Where drift is small beside the fall it is met within one sweep.</summary>
    [Theory]
    [InlineData(0.4, 90)]
    [InlineData(0.1, 228)]
    [InlineData(0.05, 359)]
    public void In_white_noise_it_is_the_formula_of_a_linear_fall(double perHour, double expectedSeconds)
    {
        const double period = 60;
        const double onset = 3600;
        List<DelayBound.Sweep> sweeps = [.. Enumerable.Range(1, 240).Select(k =>
            new DelayBound.Sweep(k * period, perHour / 3600 * Math.Max(0, (k * period) - onset), 0.0015, 0.045))];
        var bound = DelayBound.Seconds(sweeps, wanderKelvins: 1e-9, wanderSeconds: 500);
        Assert.InRange(bound!.Value - onset, expectedSeconds - period, expectedSeconds + period);
    }

    [Fact]
    public void It_is_the_first_sweep_end_at_which_the_matrix_says_so()
    {
        List<DelayBound.Sweep> sweeps = [.. Enumerable.Range(0, 120).Select(k =>
            new DelayBound.Sweep(100 + (90.0 * k), 1e-9 * Math.Pow(Math.Max(0, k - 30), 4), 0.001, 0.045))];
        var enough = Math.Log(FalseAlarmSeconds / 90);
        var first = Enumerable.Range(1, 120).First(count => Dense(sweeps[..count], 0.015, 500) >= enough);
        Assert.Equal(sweeps[first - 1].EndSeconds, DelayBound.Seconds(sweeps, 0.015, 500));
        Assert.True(DelayBound.Seconds(sweeps, 0.030, 500) > sweeps[first - 1].EndSeconds, "a temperature that wanders twice as much hides it for longer");
    }

    [Fact]
    public void What_never_shows_has_no_bound()
    {
        Assert.Null(DelayBound.Seconds([.. Enumerable.Range(0, 100).Select(k => new DelayBound.Sweep(60 * k, 0, 0.001, 0.045))], 0.015, 500));
        Assert.Null(DelayBound.Seconds([new(60, 1, 0.001, 0.045)], 0.015, 500));
        Assert.Null(DelayBound.Seconds([], 0.015, 500));
    }

    /// <summary>Each with the error of its own fit; at 0.385 eV and 30 °C R_bulk falls by 4.5 % per kelvin.</summary>
    [Fact]
    public void Sweeps_are_those_before_the_short_that_could_be_read()
    {
        var truth = new RecordingTruth("dendrite", 150, null, 450, 0, 450, [new(100, 0), new(200, 0.1), new(300, 0.2), new(400, 0.3), new(500, 1)], null, null);
        CellReading[] readings = [Read(100, 0.001), Read(191, 0.002), Read(300, 0.003) with { Valid = false }, Read(400, 0.004), Read(500, 0.005)];
        var sweeps = DelayBound.Sweeps(truth, readings, activationElectronVolts: 0.385);
        Assert.Equal([100, 200, 400], sweeps.Select(sweep => sweep.EndSeconds));
        Assert.Equal([0.001, 0.002, 0.004], sweeps.Select(sweep => sweep.Sd));
        Assert.Equal(0.105361, sweeps[1].Fall, 1e-6); // -ln 0.9
        Assert.All(sweeps, sweep => Assert.InRange(sweep.PerKelvin, 0.0445, 0.0455));
    }

    private static CellReading Read(double end, double sd) => new() { Valid = true, EndSeconds = end, BulkRelativeSd = sd, TemperatureCelsius = 30 };

    /// <summary>d'S⁻¹d/2.</summary>
    private static double Dense(IReadOnlyList<DelayBound.Sweep> sweeps, double kelvins, double seconds)
    {
        var fall = Vector<double>.Build.DenseOfEnumerable(sweeps.Select(sweep => sweep.Fall));
        var covariance = Matrix<double>.Build.Dense(sweeps.Count, sweeps.Count, (i, j) =>
        {
            var (one, other) = (sweeps[i], sweeps[j]);
            var wander = one.PerKelvin * other.PerKelvin * kelvins * kelvins * Math.Exp(-Math.Abs(one.EndSeconds - other.EndSeconds) / seconds);
            var drift = DriftPerSecond * DriftPerSecond * (one.EndSeconds - sweeps[0].EndSeconds) * (other.EndSeconds - sweeps[0].EndSeconds);
            return wander + drift + (i == j ? one.Sd * one.Sd : 0);
        });
        return fall * covariance.Solve(fall) / 2;
    }
}
