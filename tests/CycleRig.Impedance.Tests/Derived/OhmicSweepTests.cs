using System.Collections.Immutable;
using CycleRig.Core.Quantities;
using CycleRig.Impedance.Derived;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Derived;

/// <summary>The paper's dendrite: 440 Ω through 1.2 mm, equal to a lithium wire of about half a micrometre.</summary>
public sealed class OhmicSweepTests
{
    private static readonly Length Thickness = Length.FromMillimetres(1.2);
    private static readonly ImmutableArray<double> Volts = [.. Enumerable.Range(-20, 41).Select(i => i * 0.5e-3)];

    [Fact]
    public void A_dendrite_of_440_ohm_is_a_lithium_wire_of_0_57_micrometres()
    {
        var sweep = Sweep(440, 1e-9, new(1));
        Assert.Equal(SweepVerdict.Ohmic, sweep.Verdict);
        Assert.Equal(440, sweep.Resistance!.Value.Ohms, 0.1);
        Assert.Equal(0.568, sweep.FilamentDiameter!.Value.Micrometres, 1e-3);
        Assert.StartsWith("ohmic, 440", sweep.ToString(), StringComparison.Ordinal);
        Assert.Contains("a wire of 0.568", sweep.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Copper at 16.8 nΩ m: the diameter goes with the root of the resistivity.</summary>
    [Fact]
    public void The_metal_can_be_another()
    {
        var sweep = OhmicSweep.Of(Volts, [.. Volts.Select(v => v / 440)], Thickness, default, Resistivity.FromNanoOhmMetres(16.8));
        Assert.Equal(0.568 * Math.Sqrt(16.8 / 93), sweep.FilamentDiameter!.Value.Micrometres, 1e-3);
    }

    /// <summary>
    /// With σ the noise of I, the slope's error is σ/√Σ(V-mean)², the line's at 0 V σ/√N; the diameter's relative error is half of that of
    /// R, and half of the thickness's.
    /// </summary>
    [Fact]
    public void Errors_are_those_of_the_straight_line()
    {
        const double noise = 2e-7;
        var squares = Volts.Sum(v => v * v);
        var errors = Enumerable.Range(0, 200).Select(seed => Sweep(440, noise, new(seed))).ToList();
        Assert.Equal(440.0 * 440 * noise / Math.Sqrt(squares), errors.Average(sweep => sweep.StandardError!.Value.Ohms), 0.15);
        Assert.Equal(noise / Math.Sqrt(Volts.Length), errors.Average(sweep => sweep.OffsetStandardError.Amperes), 1e-9);
        var thick = OhmicSweep.Of(Volts, [.. Volts.Select(v => v / 440)], Thickness, Length.FromMicrometres(120));
        Assert.Equal(0.05 * 0.568, thick.FilamentStandardError!.Value.Micrometres, 1e-3);
    }

    [Fact]
    public void An_offset_of_the_instrument_is_no_resistance()
    {
        var sweep = OhmicSweep.Of(Volts, [.. Volts.Select(v => (v / 440) + 3e-6)], Thickness);
        Assert.Equal(440, sweep.Resistance!.Value.Ohms, 1e-6);
        Assert.Equal(3, sweep.Offset.Microamperes, 1e-6);
    }

    /// <summary>At a level of 1 %, straight sweeps are called bent once in a hundred; 500 sweeps: 5 ± 2.2.</summary>
    [Fact]
    public void A_straight_line_is_hardly_ever_called_bent()
    {
        var sweeps = Enumerable.Range(0, 500).Select(seed => Sweep(440, 1e-6, new(1000 + seed))).ToList();
        Assert.InRange(sweeps.Count(sweep => sweep.Verdict == SweepVerdict.NotOhmic), 0, 12);
        Assert.InRange(sweeps.Count(sweep => sweep.LinearityPValue < 0.1), 30, 70);
    }

    [Theory]
    [InlineData(0.2, 0, true)]
    [InlineData(0, 0.2, false)]
    public void A_bend_is_no_metal(double square, double cube, bool isQuadratic)
    {
        var random = new Random(5);
        var sweep = OhmicSweep.Of(
            Volts, [.. Volts.Select(v => (v / 440 * (1 + (square * v / 10e-3) + (cube * v * v / 1e-4))) + (2e-8 * Gaussian.Draw(random)))], Thickness);
        Assert.Equal(SweepVerdict.NotOhmic, sweep.Verdict);
        Assert.Equal(isQuadratic, sweep.QuadraticPValue < 0.01);
        Assert.Equal(!isQuadratic, sweep.CubicPValue < 0.01);
        Assert.StartsWith("not ohmic", sweep.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_cell_has_no_resistance()
    {
        var random = new Random(6);
        var sweep = OhmicSweep.Of(Volts, [.. Volts.Select(_ => 1e-9 * Gaussian.Draw(random))], Thickness);
        Assert.Equal(SweepVerdict.NoConduction, sweep.Verdict);
        Assert.Null(sweep.FilamentDiameter);
        Assert.StartsWith("no conduction", sweep.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_sweep_is_refused()
    {
        Refused("40 voltages and 41 currents", Volts[1..], Volts, Thickness);
        Refused("the sweep has 5 points", Volts[..5], Volts[..5], Thickness);
        Refused("2 different voltages", [0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1], Thickness);
        Refused("no number", Volts, [.. Volts.Select(_ => double.NaN)], Thickness);
        Refused("the current falls as the voltage rises, as by -440 Ω", Volts, [.. Volts.Select(v => -v / 440)], Thickness);
        Refused("thickness is 0 mm", Volts, Volts, default);
    }

    private static void Refused(string message, ImmutableArray<double> volts, ImmutableArray<double> amperes, Length thickness) =>
        Assert.Contains(message, Assert.Throws<UnusableDataException>(() => OhmicSweep.Of(volts, amperes, thickness)).Message, StringComparison.Ordinal);

    private static OhmicSweep Sweep(double ohms, double noiseAmperes, Random random) =>
        OhmicSweep.Of(Volts, [.. Volts.Select(v => (v / ohms) + (noiseAmperes * Gaussian.Draw(random)))], Thickness);
}
