using System.Numerics;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>An arc by its own formula, R0 = 100 Ω, R1 = 1000 Ω, τ = 1 ms, α = 0.9.</summary>
public sealed class CircuitFitterTests
{
    private static readonly Circuit Arc = Circuit.Parse("R0-Zarc1");
    private static readonly double[] Truth = [100, 1000, 1e-3, 0.9];
    private static readonly double[] Start = [80, 1300, 2e-3, 0.8];

    [Fact]
    public void A_refit_of_another_spectrum_allocates_nothing()
    {
        var (first, second) = (Data(1, 0.01), Data(2, 0.01));
        var fitter = new CircuitFitter(Arc, first, FitOptions.Default with { Noise = 0.01, RejectAbove = 5, Loss = Loss.Tukey });
        var values = new double[4];
        for (var i = 0; i < 200; i++)
            Once();
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < 100; i++)
                Once();
        }));
        Assert.InRange(values[1], 980, 1020);

        void Once()
        {
            fitter.Load(second.RealOhms.AsSpan(), second.ImaginaryOhms.AsSpan());
            Start.CopyTo(values, 0);
            Assert.True(fitter.Refine(values).Converged);
        }
    }

    [Theory]
    [InlineData(Loss.Squares, 5)]
    [InlineData(Loss.Tukey, 0)]
    [InlineData(Loss.Huber, 0)]
    public void Outliers_move_a_robust_fit_by_less_than_its_error(Loss loss, double reject)
    {
        var clean = Data(3, 0.002);
        double[] real = [.. clean.RealOhms];
        foreach (var i in (int[])[36, 45, 52])
            real[i] *= 1.4;
        var spoiled = new ImpedanceData(clean.FrequenciesHz, real, clean.ImaginaryOhms);
        var plain = CircuitFit.Fit(Arc, spoiled, FitOptions.Default with { Noise = 0.002, Start = [.. Start] });
        var robust = CircuitFit.Fit(Arc, spoiled, FitOptions.Default with { Noise = 0.002, Start = [.. Start], Loss = loss, RejectAbove = reject });
        var without = CircuitFit.Fit(Arc, clean, FitOptions.Default with { Noise = 0.002, Start = [.. Start] });
        Assert.True(Math.Abs(plain["Zarc1_0"] - without["Zarc1_0"]) > 5 * without.StandardErrors[1], "the outliers should spoil a plain fit");
        Assert.True(Math.Abs(robust["Zarc1_0"] - without["Zarc1_0"]) < 1.5 * without.StandardErrors[1], $"{robust["Zarc1_0"]} against {without["Zarc1_0"]} ± {without.StandardErrors[1]}");
        Assert.Equal(loss == Loss.Huber ? [] : [36, 45, 52], robust.LeftOut);
    }

    [Fact]
    public void Neighbours_that_stand_out_together_count_and_show_that_the_circuit_is_wrong()
    {
        var clean = Data(3, 0.002);
        double[] real = [.. clean.RealOhms.Select((value, i) => i is >= 30 and < 35 ? 1.2 * value : value)];
        var fit = CircuitFit.Fit(Arc, new(clean.FrequenciesHz, real, clean.ImaginaryOhms), FitOptions.Default with { Noise = 0.002, Start = [.. Start], RejectAbove = 5 });
        Assert.Empty(fit.LeftOut);
        Assert.True(fit.ReducedChiSquare > 10, $"{fit.ReducedChiSquare}");
    }

    [Fact]
    public void Intervals_after_outliers_are_of_the_points_that_were_kept()
    {
        var clean = Data(3, 0.002);
        var spoiled = new ImpedanceData(clean.FrequenciesHz, [.. clean.RealOhms.Select((value, i) => i is 36 or 45 ? 1.4 * value : value)], clean.ImaginaryOhms);
        var options = FitOptions.Default with
        {
            Start = [.. Start], RejectAbove = 5, Weighting = Weighting.Measured,
            SigmasReal = [.. Enumerable.Range(0, clean.Count).Select(i => 0.002 * clean.Modulus(i))], SigmasImaginary = [.. Enumerable.Range(0, clean.Count).Select(i => 0.002 * clean.Modulus(i))],
        };
        var fit = CircuitFit.Fit(Arc, spoiled, options);
        Assert.Equal([36, 45], fit.LeftOut);
        var (low, high) = ProfileLikelihood.Interval(Arc, spoiled, fit, options, "Zarc1_0");
        Assert.Equal(2 * 1.98 * fit.StandardErrors[1], high - low, 0.1 * fit.StandardErrors[1]);
        Assert.Equal(fit.StandardErrors[1], Bootstrap.Run(Arc, spoiled, fit, options, 1000).StandardErrors[1], 0.15 * fit.StandardErrors[1]);
    }

    /// <summary>There a step of Gauss and Newton is 1/R0 long, and what is cut from it must not stop the others.</summary>
    [Fact]
    public void A_start_at_the_bound_ends_at_the_optimum()
    {
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        for (var seed = 0; seed < 20; seed++)
        {
            var data = DriftFitTests.Sweep(seed, 0, 0);
            var options = FitOptions.Default with { Noise = 0.002 };
            var cold = CircuitFit.Fit(circuit, data, options);
            var bound = CircuitFit.Fit(circuit, data, options with { Start = [1e-9, 3838, 6.7e-11, 0.95, 16000, 1.5e-6, 0.9] });
            Assert.Equal(cold.ChiSquare, bound.ChiSquare, 1e-3 * cold.ChiSquare);
        }
    }

    /// <summary>For independent errors of each part, the weights are all that counts: those of the true σ give the least error.</summary>
    [Fact]
    public void Measured_weights_take_the_errors_as_given()
    {
        var clean = Data(4, 0);
        double[] sigmasReal = [.. Enumerable.Range(0, clean.Count).Select(i => i < 30 ? 0.01 : 50)];
        double[] sigmasImaginary = [.. Enumerable.Range(0, clean.Count).Select(i => i < 30 ? 50 : 0.01)];
        var draw = new Random(5);
        var data = new ImpedanceData(
            clean.FrequenciesHz,
            [.. clean.RealOhms.Select((re, i) => re + (sigmasReal[i] * Gaussian.Draw(draw)))],
            [.. clean.ImaginaryOhms.Select((im, i) => im + (sigmasImaginary[i] * Gaussian.Draw(draw)))]);
        var fit = CircuitFit.Fit(Arc, data, FitOptions.Default with
        {
            Start = [.. Start], Weighting = Weighting.Measured, SigmasReal = [.. sigmasReal], SigmasImaginary = [.. sigmasImaginary],
        });
        Assert.Equal(1000, fit["Zarc1_0"], 0.5);
        Assert.InRange(fit.ReducedChiSquare, 0.6, 1.5);
    }

    [Fact]
    public void Proportional_weights_give_back_an_exact_spectrum()
    {
        var fit = CircuitFit.Fit(Arc, Data(6, 0), FitOptions.Default with { Start = [.. Start], Weighting = Weighting.Proportional });
        for (var k = 0; k < Truth.Length; k++)
            Assert.Equal(1, fit.Values[k] / Truth[k], 1e-6);
    }

    [Fact]
    public void A_negative_resistance_keeps_its_sign()
    {
        Assert.SkipWhen(MockCircuits.Path is null, "shared/data/impedance/mock_circuits.json is not beside the project");
        var (frequencies, z) = MockCircuits.Read("CIRCUIT_8");
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var data = new ImpedanceData(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]);
        double[] truth = [25, 125, 1e-6, 0.97, -250, 5e-5, 0.95];
        foreach (var start in (System.Collections.Immutable.ImmutableArray<double>[])[[20, 100, 2e-6, 0.9, -200, 1e-4, 0.9], []])
        {
            var fit = CircuitFit.Fit(circuit, data, FitOptions.Default with { Start = start });
            Assert.True(fit.Converged, fit.Reason);
            for (var k = 0; k < truth.Length; k++)
                Assert.Equal(1, fit.Values[k] / truth[k], 1e-4);
        }
    }

    private static ImpedanceData Data(int seed, double noise)
    {
        var draw = new Random(seed);
        double[] frequencies = [.. Enumerable.Range(0, 60).Select(i => 1e6 * Math.Pow(10, -i / 10.0))];
        var z = frequencies.Select(f => 100 + (1000 / (1 + Complex.Pow(new(0, 2 * Math.PI * f * 1e-3), 0.9))))
            .Select(value => value + (noise * value.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)))).ToArray();
        return new(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]);
    }
}
