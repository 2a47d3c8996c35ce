using System.Numerics;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>Two arcs by their own formula whose time constants cross while their resistances stay (pyimpspec issue 11 is about such a batch).</summary>
public sealed class SeriesFitTests
{
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");

    [Fact]
    public void Arcs_that_cross_keep_their_names()
    {
        var fits = SeriesFit.Fit(TwoArcs, [.. Enumerable.Range(0, 41).Select(i => Crossing(i / 40.0))], FitOptions.Default with { Noise = 0.001 }, null, TestContext.Current.CancellationToken);
        Assert.All(fits, fit => Assert.True(fit.Converged, fit.Reason));
        Assert.Equal(100, fits[0]["R1"], 3.0);
        Assert.Equal(300, fits[0]["R2"], 5.0);
        // The fast one has become the slow one: by time constant alone R1 would have tripled.
        Assert.Equal(100, fits[^1]["R1"], 3.0);
        Assert.Equal(300, fits[^1]["R2"], 5.0);
        var alone = CircuitFit.Fit(TwoArcs, Crossing(1), FitOptions.Default);
        Assert.Equal(300, alone["R1"], 5.0);
        Assert.Equal(1, fits[^1].StandardErrors[1] / alone.StandardErrors[4], 1e-3); // Errors go with their values.
    }

    [Fact]
    public void A_jump_is_followed_by_a_cold_fit()
    {
        var told = 0;
        var fits = SeriesFit.Fit(
            TwoArcs, [Crossing(0), DriftFitTests.Sweep(1, 0, 0), Crossing(0)], FitOptions.Default with { Noise = 0.001 },
            new Told(n => told = n), TestContext.Current.CancellationToken);
        Assert.Equal(3, told);
        Assert.Equal(3800, fits[1]["R1"], 40.0);
        Assert.Equal(16000, fits[1]["R2"], 200.0);
        Assert.Equal(300, fits[2]["R2"], 5.0);
    }

    /// <summary>100 Ω from 0.1 ms to 1 s, 300 Ω always at 10 ms.</summary>
    private static ImpedanceData Crossing(double share)
    {
        var draw = new Random((int)(share * 1000));
        var moving = 1e-4 * Math.Pow(1e4, share);
        double[] frequencies = [.. Enumerable.Range(0, 60).Select(i => 1e5 * Math.Pow(10, -i / 9.0))];
        var z = frequencies.Select(f => 50 + Arc(100, moving, f, 0.95) + Arc(300, 1e-2, f, 0.95))
            .Select(value => value + (0.001 * value.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)))).ToArray();
        return new(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)]);
    }

    private static Complex Arc(double ohms, double seconds, double hertz, double exponent) =>
        ohms / (1 + Complex.Pow(new(0, 2 * Math.PI * hertz * seconds), exponent));

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
