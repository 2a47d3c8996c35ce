using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using MathNet.Numerics.Distributions;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

public sealed class ProfileLikelihoodTests
{
    /// <summary>R and L are linear in Z: the interval is Student's, known in closed form for unit weights and equal frequencies.</summary>
    [Fact]
    public void For_a_linear_circuit_the_interval_is_that_of_Student()
    {
        var draw = new Random(1);
        double[] frequencies = [.. Enumerable.Range(0, 20).Select(i => 1000.0 + i)];
        double[] real = [.. frequencies.Select(_ => 100 + Gaussian.Draw(draw))];
        double[] imaginary = [.. frequencies.Select(f => (2 * Math.PI * f * 0.01) + Gaussian.Draw(draw))];
        var circuit = Circuit.Parse("R0-L0");
        var options = FitOptions.Default with { Weighting = Weighting.Unit };
        var data = new ImpedanceData(frequencies, real, imaginary);
        var fit = CircuitFit.Fit(circuit, data, options);
        var half = StudentT.InvCDF(0, 1, 38, 0.975) * Math.Sqrt(fit.ChiSquare / 38 / 20);
        var (low, high) = ProfileLikelihood.Interval(circuit, data, fit, options, "R0");
        Assert.Equal(real.Average() - half, low, half * 0.01);
        Assert.Equal(real.Average() + half, high, half * 0.01);
    }

    /// <summary>A diffusion whose end is not in sight: its length may be anything above (exampleData.csv of the shared data says the same).</summary>
    [Fact]
    public void What_the_data_leave_open_goes_to_the_bound()
    {
        var circuit = Circuit.Parse("R0-Wo1");
        double[] frequencies = [.. Enumerable.Range(0, 30).Select(i => 1000 * Math.Pow(10, -i / 10.0))];
        double[] truth = [10, 1000, 1000];
        var draw = new Random(2);
        var z = frequencies.Select(f => circuit.Impedance(f, truth)).Select(v => v + (0.01 * v.Magnitude * new System.Numerics.Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)))).ToArray();
        var data = new ImpedanceData(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]);
        var fit = CircuitFit.Fit(circuit, data, FitOptions.Default with { Start = [.. truth] });
        Assert.Equal(["Wo1_0", "Wo1_1"], fit.Undetermined);
        Assert.Contains("not determined by these points: Wo1_0, Wo1_1", fit.Reason, StringComparison.Ordinal);
        var (low, high) = ProfileLikelihood.Interval(circuit, data, fit, FitOptions.Default, "Wo1_1");
        Assert.InRange(low, 1e-3, 100);
        Assert.True(high > 1e5, $"the upper end is {high} s");
    }

    [Fact]
    public void A_parameter_without_an_error_has_no_interval()
    {
        var data = DriftFitTests.Sweep(1, 0, 0);
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var fit = CircuitFit.Fit(circuit, data, FitOptions.Default);
        Assert.Contains("`R7`", Assert.Throws<ArgumentException>(() => ProfileLikelihood.Interval(circuit, data, fit, FitOptions.Default, "R7")).Message, StringComparison.Ordinal);
    }
}
