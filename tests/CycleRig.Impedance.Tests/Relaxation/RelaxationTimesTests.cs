using System.Numerics;
using CycleRig.Impedance.Relaxation;
using Xunit;

namespace CycleRig.Impedance.Tests.Relaxation;

/// <summary>Against problem P, and against arcs by their own formula with noise drawn here.</summary>
public sealed class RelaxationTimesTests
{
    private static readonly double[] Frequencies = KnownSpectra.Sweep(7e6, 0.5, 73);

    /// <summary>R1 3800 Ω at (R1 Q1)^(1/n1) = 1.14e-7 s, R2 16 kΩ at 16 ms (truth of problem_p.json).</summary>
    [Theory]
    [InlineData(LambdaSelection.Gcv, "GCV")]
    [InlineData(LambdaSelection.LCurve, "L-curve")]
    public void Problem_P_has_two_peaks_at_their_places_with_their_resistances(LambdaSelection selection, string method)
    {
        var found = RelaxationTimes.Solve(KnownSpectra.ProblemP(), new() { Selection = selection });
        Assert.Equal(method, found.Method);
        Assert.InRange(found.Lambda, 1e-8, 1e-2);
        Assert.InRange(found.PolarisationOhms, 19800 * 0.98, 19800 * 1.02);
        Assert.True(found.Applies, found.Reason);
        Assert.InRange(found.RmsResidual, 0.003, 0.006);
        var main = found.Peaks.OrderByDescending(peak => peak.ResistanceOhms).Take(2).OrderBy(peak => peak.TimeConstantSeconds).ToArray();
        Assert.InRange(main[0].ResistanceOhms, 3800 * 0.95, 3800 * 1.05);
        Assert.InRange(main[1].ResistanceOhms, 16000 * 0.95, 16000 * 1.05);
        Assert.InRange(main[0].TimeConstantSeconds, 1.14e-7 * 0.9, 1.14e-7 * 1.1);
        Assert.InRange(main[1].TimeConstantSeconds, 0.016 * 0.9, 0.016 * 1.1);
        Assert.All(found.GammaOhms, gamma => Assert.True(gamma >= 0));
    }

    [Fact]
    public void A_given_lambda_is_kept_and_more_of_it_leaves_more()
    {
        var (little, much) = (RelaxationTimes.Solve(KnownSpectra.ProblemP(), new() { Lambda = 1e-4 }), RelaxationTimes.Solve(KnownSpectra.ProblemP(), new() { Lambda = 1 }));
        Assert.Equal(("given", 1e-4), (little.Method, little.Lambda));
        Assert.True(much.RmsResidual > 3 * little.RmsResidual);
        Assert.True(much.EffectiveParameters < little.EffectiveParameters);
    }

    /// <summary>The shape of a depressed arc's distribution (Cole and Cole 1941): γ = R/(2π) sin((1-n)π) / (cosh(n ln(τ/τ0)) - cos((1-n)π)).</summary>
    [Fact]
    public void The_distribution_of_a_depressed_arc_is_that_of_Cole_and_Cole()
    {
        Complex[] z = [.. Frequencies.Select(f => 20 + KnownSpectra.Arc(f, 1000, 1e-4, 0.8))];
        var found = RelaxationTimes.Solve(KnownSpectra.Noisy(Frequencies, z, 0.001, new(1)));
        for (var k = 0; k < found.TimeConstantsSeconds.Length; k++)
        {
            var u = Math.Log(found.TimeConstantsSeconds[k] / 1e-4);
            var expected = 1000 / (2 * Math.PI) * Math.Sin(0.2 * Math.PI) / (Math.Cosh(0.8 * u) - Math.Cos(0.2 * Math.PI));
            Assert.True(Math.Abs(found.GammaOhms[k] - expected) < 50, $"γ at {found.TimeConstantsSeconds[k]:G3} s is {found.GammaOhms[k]}, not {expected}"); // Peak 490 Ω.
        }

        Assert.Equal(20, found.OhmicOhms, 10.0);
    }

    /// <summary>95 % intervals: of 2 x 40 peaks of garnet-like arcs at least 80 % hold the truth, for both figures.</summary>
    [Theory]
    [InlineData(0.005)]
    [InlineData(0.02)]
    public void Intervals_hold_the_truth_about_as_often_as_they_say(double noise)
    {
        var draw = new Random(3);
        var z = KnownSpectra.Garnet(Frequencies);
        var (resistances, seconds, runs) = (0, 0, 40);
        for (var run = 0; run < runs; run++)
        {
            var main = RelaxationTimes.Solve(KnownSpectra.Noisy(Frequencies, z, noise, draw)).Peaks.OrderByDescending(peak => peak.ResistanceOhms).Take(2).OrderBy(peak => peak.TimeConstantSeconds).ToArray();
            foreach (var (peak, resistance, tau) in main.Zip([3800.0, 16000], [1.14e-7, 0.016]))
            {
                resistances += peak.ResistanceLowOhms <= resistance && resistance <= peak.ResistanceHighOhms ? 1 : 0;
                seconds += peak.TimeConstantLowSeconds <= tau && tau <= peak.TimeConstantHighSeconds ? 1 : 0;
                Assert.True(peak.ResistanceHighOhms < 1.5 * peak.ResistanceLowOhms, "an interval that says nothing holds anything");
            }
        }

        Assert.InRange(resistances, (int)(0.8 * 2 * runs), 2 * runs);
        Assert.InRange(seconds, (int)(0.8 * 2 * runs), 2 * runs);
    }

    [Theory]
    [InlineData("CIRCUIT_8")]
    [InlineData("CIRCUIT_9")]
    [InlineData("CIRCUIT_13")]
    [InlineData("CIRCUIT_14")]
    public void Negative_resistances_and_inductive_loops_are_told(string id)
    {
        var mock = KnownSpectra.Mocks().Single(mock => mock.Id == id);
        var found = RelaxationTimes.Solve(KnownSpectra.Noisy(mock.FrequenciesHz, mock.Ohms, 5e-4, new(2)));
        Assert.False(found.Applies);
        Assert.Contains("Inductive loops", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Inductance_and_capacitance_in_series_are_found()
    {
        Complex[] z = [.. Frequencies.Select(f => 20 + KnownSpectra.Arc(f, 1000, 1e-4, 1) + new Complex(0, (2 * Math.PI * f * 1e-6) - (1 / (2 * Math.PI * f * 1e-3))))];
        var found = RelaxationTimes.Solve(KnownSpectra.Noisy(Frequencies, z, 0.001, new(1)), new() { Capacitance = true });
        Assert.Equal(1e-6, found.InductanceHenries, 2e-8);
        Assert.Equal(1e-3, found.CapacitanceFarads, 5e-5);
        Assert.Equal(found.CapacitanceFarads, RelaxationTimes.Solve(KnownSpectra.Noisy(Frequencies, z, 0.001, new(1))).CapacitanceFarads); // It is seen without being asked for.
        Assert.InRange(found.PolarisationOhms, 950, 1050);
        Assert.Equal(0, RelaxationTimes.Solve(KnownSpectra.ProblemP(), new() { Inductance = false }).InductanceHenries);
    }

    [Fact]
    public void The_order_of_the_points_does_not_matter_and_frequencies_may_repeat()
    {
        var data = KnownSpectra.ProblemP();
        int[] order = [.. Enumerable.Range(0, data.Count).Reverse(), 10, 11, 60];
        var mixed = RelaxationTimes.Solve(new([.. order.Select(i => data.FrequenciesHz[i])], [.. order.Select(i => data.RealOhms[i])], [.. order.Select(i => data.ImaginaryOhms[i])]));
        Assert.InRange(mixed.PolarisationOhms, 19800 * 0.98, 19800 * 1.02);
    }

    [Fact]
    public void Unit_weights_are_possible()
    {
        var found = RelaxationTimes.Solve(KnownSpectra.ProblemP(), new() { Weighting = RelaxationWeighting.Unit });
        Assert.InRange(found.PolarisationOhms, 19800 * 0.97, 19800 * 1.03);
    }

    [Fact]
    public void What_cannot_be_solved_is_refused_with_a_reason()
    {
        var data = KnownSpectra.Noisy(Frequencies, KnownSpectra.Garnet(Frequencies), 0.001, new(1));
        Assert.Contains("6 points", Assert.Throws<ArgumentException>(() => RelaxationTimes.Solve(new(Frequencies[..6], data.RealOhms[..6], data.ImaginaryOhms[..6]))).Message, StringComparison.Ordinal);
        Assert.Contains("λ is -1", Assert.Throws<ArgumentException>(() => RelaxationTimes.Solve(data, new() { Lambda = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("5 time constants", Assert.Throws<ArgumentException>(() => RelaxationTimes.Solve(data, new() { TimeConstants = 5 })).Message, StringComparison.Ordinal);
    }
}
