using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>Two arcs of a garnet cell, computed here: the bulk at MHz, the interface at 10 Hz. A swap would read as a fall of 76 %.</summary>
public sealed class ArcOrderTests
{
    private static readonly double[] Frequencies = [.. Enumerable.Range(0, 60).Select(i => 7e6 * Math.Pow(10, -i / 8.0))];

    [Theory]
    [InlineData("R0-p(R1,CPE1)-p(R2,CPE2)", "50 3800 6.7e-11 0.95 16000 1.5e-6 0.9", "50 16000 1.5e-6 0.9 3800 6.7e-11 0.95")]
    [InlineData("R0-p(CPE1,R1)-p(CPE2,R2)", "50 6.7e-11 0.95 3800 1.5e-6 0.9 16000", "50 1.5e-6 0.9 16000 6.7e-11 0.95 3800")]
    [InlineData("R0-p(R1,C1)-p(R2,C2)", "50 3800 3e-11 16000 1e-6", "50 16000 1e-6 3800 3e-11")]
    [InlineData("R0-Zarc1-Zarc2", "50 3800 1.1e-7 0.95 16000 0.016 0.9", "50 16000 0.016 0.9 3800 1.1e-7 0.95")]
    public void The_fastest_arc_comes_first_whatever_the_start(string text, string truth, string swapped)
    {
        var circuit = Circuit.Parse(text);
        var expected = Numbers(truth);
        var z = Frequencies.Select(f => circuit.Impedance(f, expected.AsSpan())).ToList();
        var data = new ImpedanceData(Frequencies, [.. z.Select(p => p.Real)], [.. z.Select(p => p.Imaginary)]);
        foreach (var start in (ImmutableArray<double>[])[expected, Numbers(swapped), []])
        {
            var fit = CircuitFit.Fit(circuit, data, FitOptions.Default with { Start = start });
            Assert.True(fit.Converged, fit.Reason);
            for (var k = 1; k < expected.Length; k++)
                Assert.Equal(1, fit.Values[k] / expected[k], 1e-3);
        }
    }

    [Fact]
    public void What_is_fixed_by_name_stays_under_its_name()
    {
        var circuit = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
        var truth = Numbers("50 16000 1.5e-6 0.9 3800 6.7e-11 0.95");
        var z = Frequencies.Select(f => circuit.Impedance(f, truth.AsSpan())).ToList();
        var data = new ImpedanceData(Frequencies, [.. z.Select(p => p.Real)], [.. z.Select(p => p.Imaginary)]);
        Assert.Equal(16000, CircuitFit.Fit(circuit, data, FitOptions.Default with { Start = truth, Fixed = ["R1"] })["R1"], 1e-6);
    }

    private static ImmutableArray<double> Numbers(string text) =>
        [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
