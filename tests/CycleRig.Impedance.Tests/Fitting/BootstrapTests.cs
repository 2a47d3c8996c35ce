using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

public sealed class BootstrapTests
{
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
    private static readonly FitOptions Options = FitOptions.Default with { Noise = 0.002 };

    [Fact]
    public void Where_the_fit_is_a_parabola_errors_and_intervals_are_those_of_the_covariance()
    {
        var data = DriftFitTests.Sweep(3, 0, 0);
        var fit = CircuitFit.Fit(TwoArcs, data, Options);
        var drawn = Bootstrap.Run(TwoArcs, data, fit, Options, 2000);
        Assert.Equal(2000, drawn.Converged);
        for (var k = 1; k < fit.Names.Length; k++)
            Assert.Equal(1, drawn.StandardErrors[k] / fit.StandardErrors[k], 0.15); // 1.6 % of chance, and what the sample of residuals is not normal.
        var (low, high) = drawn.Interval("R1");
        Assert.Equal(fit["R1"] - (1.96 * fit.StandardErrors[1]), low, fit.StandardErrors[1] * 0.3);
        Assert.Equal(fit["R1"] + (1.96 * fit.StandardErrors[1]), high, fit.StandardErrors[1] * 0.3);
    }

    [Fact]
    public void The_seed_decides()
    {
        var data = DriftFitTests.Sweep(3, 0, 0);
        var fit = CircuitFit.Fit(TwoArcs, data, Options);
        var (one, same, other) = (Bootstrap.Run(TwoArcs, data, fit, Options, 50, 7), Bootstrap.Run(TwoArcs, data, fit, Options, 50, 7), Bootstrap.Run(TwoArcs, data, fit, Options, 50, 8));
        Assert.Equal(one.Samples[1], same.Samples[1]);
        Assert.NotEqual(one.Samples[1], other.Samples[1]);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        var data = DriftFitTests.Sweep(3, 0, 0);
        var fit = CircuitFit.Fit(TwoArcs, data, Options);
        Assert.Throws<ArgumentException>(() => Bootstrap.Run(TwoArcs, data, fit, Options, 3));
        Assert.Contains("R0, R1", Assert.Throws<ArgumentException>(() => Bootstrap.Run(TwoArcs, data, fit, Options, 20).Interval("R7")).Message, StringComparison.Ordinal);
    }
}
