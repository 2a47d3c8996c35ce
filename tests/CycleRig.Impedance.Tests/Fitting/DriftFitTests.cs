using System.Numerics;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Fitting;

/// <summary>A garnet cell by its own formula while its interface, or nothing, changes.</summary>
public sealed class DriftFitTests
{
    private const double Noise = 0.002;
    private static readonly Circuit TwoArcs = Circuit.Parse("R0-p(R1,CPE1)-p(R2,CPE2)");
    private static readonly FitOptions Options = FitOptions.Default with { Noise = Noise, RejectAbove = 5 };

    [Fact]
    public void The_resistance_that_changes_is_found_and_its_value_holds_at_the_reference()
    {
        var data = Sweep(1, 0, -0.10);
        var fit = DriftFit.Fit(TwoArcs, data, Options);
        Assert.Equal(["R2"], fit.Drifting);
        Assert.Equal(-0.10, fit.RelativeChange("R2"), 0.02);
        Assert.Equal(0, fit.RelativeChange("R1"));
        Assert.InRange(Math.Abs(fit.Fit["R2"] - 16000), 0, 3.5 * fit.Fit.StandardErrors[4]);
        // At its end the interface is lower by half of the change.
        var end = DriftFit.Fit(TwoArcs, data, Options with { ReferenceSeconds = data.TimesSeconds[^1] });
        var part = (data.TimesSeconds[^1] - data.TimesSeconds.Average()) / (data.TimesSeconds[^1] - data.TimesSeconds[0]);
        Assert.Equal(16000 * (1 - (0.10 * part)), end.Fit["R2"], 5 * end.Fit.StandardErrors[4]);
    }

    [Fact]
    public void A_cell_that_stands_still_gets_no_slope_in_nineteen_of_twenty_cases()
    {
        var false_ = Enumerable.Range(0, 100).Count(seed => !DriftFit.Fit(TwoArcs, Sweep(seed, 0, 0), Options).Drifting.IsEmpty);
        Assert.InRange(false_, 0, 9); // 5 % expected at most: three candidates at 2.2 σ each; 9 is 2 σ above.
    }

    [Fact]
    public void Points_without_times_are_refused()
    {
        var data = Sweep(1, 0, 0);
        Assert.Contains("no times", Assert.Throws<ArgumentException>(() => DriftFit.Fit(TwoArcs, new(data.FrequenciesHz, data.RealOhms, data.ImaginaryOhms), Options)).Message, StringComparison.Ordinal);
    }

    internal static ImpedanceData Sweep(int seed, double first, double second, double begin = 0)
    {
        var draw = new Random(seed);
        double[] frequencies = [.. Enumerable.Range(0, 73).Select(i => 7e6 * Math.Pow(10, -i / 10.06))];
        var time = begin;
        double[] times = [.. frequencies.Select(f => time += 0.05 + (3 / f))];
        var (mean, span) = (times.Average(), times[^1] - times[0]);
        var z = frequencies.Select((f, i) =>
        {
            var (s, part) = (new Complex(0, 2 * Math.PI * f), (times[i] - mean) / span);
            var (bulk, contact) = (3800 * (1 + (first * part)), 16000 * (1 + (second * part)));
            var exact = 50 + (bulk / (1 + (bulk * 6.7e-11 * Complex.Pow(s, 0.95)))) + (contact / (1 + (contact * 1.5e-6 * Complex.Pow(s, 0.9))));
            return exact + (Noise * exact.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw)));
        }).ToArray();
        return new(frequencies, [.. z.Select(v => v.Real)], [.. z.Select(v => v.Imaginary)], times);
    }
}
