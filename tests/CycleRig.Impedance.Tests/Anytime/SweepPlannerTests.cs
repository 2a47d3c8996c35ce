using System.Numerics;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Anytime;

public sealed class SweepPlannerTests
{
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
    private static readonly double[] Garnet = [50, 3800, 6.7e-11, 0.95, 16000, 1.5e-6, 0.9];

    private static readonly SweepPlanOptions Sentinel = new()
    {
        Noise = 0.002, Known = ["R0", "CPE1_0", "CPE1_1", "R2", "CPE2_1"], LowHertz = 1e3, HighHertz = 3e6, OverheadSeconds = 0.06, StartSeconds = 0.2,
    };

    /// <summary>R alone, in Re only: any frequency says the same, so the fastest is best; sd of ln R of n points is noise/√n (Im says nothing).</summary>
    [Fact]
    public void For_a_resistor_the_plan_is_the_fastest_and_its_error_in_closed_form()
    {
        var plan = SweepPlanner.Plan(Circuit.Parse("R1"), [100], Sentinel with { Known = [], Points = 9, Spread = 0 });
        Assert.All(plan.FrequenciesHz, hertz => Assert.Equal(3e6, hertz, 1.0));
        Assert.Equal(0.002 / 3, plan.RelativeSd, 1e-7);
        Assert.Equal(0.2 + (9 * (0.06 + (3 / 3e6))), plan.DurationSeconds, 1e-9);
    }

    /// <summary>A bound computed beforehand: a dozen points with the shape known give 0.11-0.15 % at 0.2 % noise, in 0.7 s and the start.</summary>
    [Fact]
    public void The_sentinel_sweep_of_a_garnet_cell_is_as_good_as_it_can_be()
    {
        var plan = SweepPlanner.Plan(TwoArcs, Garnet, Sentinel);
        Assert.Equal(12, plan.FrequenciesHz.Length);
        Assert.Equal(plan.FrequenciesHz.OrderDescending(), plan.FrequenciesHz);
        Assert.InRange(plan.RelativeSd, 0, 0.0015);
        Assert.InRange(plan.DurationSeconds, 0.7, 1.2);
        Assert.True(plan.VarianceSeconds <= plan.EvenVarianceSeconds, $"{plan.VarianceSeconds} against {plan.EvenVarianceSeconds} for even spacing");
        Assert.True(SweepPlanner.Plan(TwoArcs, Garnet, Sentinel with { Spread = 0 }).VarianceSeconds <= plan.VarianceSeconds);
    }

    /// <summary>Sweeps drawn at the plan's frequencies and fitted with the same parameters known scatter as the plan says.</summary>
    [Fact]
    public void What_the_plan_promises_is_what_fits_give()
    {
        var plan = SweepPlanner.Plan(TwoArcs, Garnet, Sentinel);
        var draw = new Random(1);
        var errors = Enumerable.Range(0, 500).Select(_ =>
        {
            var z = plan.FrequenciesHz.Select(f => TwoArcs.Impedance(f, Garnet)).Select(v => v + (0.002 * v.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)))).ToArray();
            var fit = CircuitFit.Fit(
                TwoArcs, new(plan.FrequenciesHz, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]),
                FitOptions.Default with { Noise = 0.002, Start = [.. Garnet], Fixed = Sentinel.Known });
            return Math.Log(fit["R1"] / 3800);
        }).ToArray();
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)) / plan.RelativeSd, 0.9, 1.1); // 3 % of chance.
    }

    [Theory]
    [InlineData("R9", 12, 1e3, "`R9`")]
    [InlineData("R0", 12, 1e3, "`R0` is known")]
    [InlineData("R1", 0, 1e3, "0 points cannot determine 2 parameters")]
    [InlineData("R1", 12, 1e7, "is no sweep")]
    public void What_cannot_be_planned_is_refused(string parameter, int points, double low, string expected) => Assert.Contains(expected, Assert.Throws<ArgumentException>(
        () => SweepPlanner.Plan(TwoArcs, Garnet, Sentinel with { Parameter = parameter, Points = points, LowHertz = low })).Message, StringComparison.Ordinal);
}
