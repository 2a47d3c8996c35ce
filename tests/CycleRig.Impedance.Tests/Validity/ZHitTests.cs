using System.Numerics;
using CycleRig.Impedance.Validity;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

/// <summary>Against impedances by their own formula.</summary>
public sealed class ZHitTests
{
    private static readonly double[] Frequencies = KnownSpectra.Sweep(1e5, 0.01, 71);

    /// <summary>A constant phase has no slope: the formula is exact.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_constant_phase_element_is_reconstructed_exactly(double exponent)
    {
        Complex[] z = [.. Frequencies.Select(f => 1 / Complex.Pow(new(0, 2 * Math.PI * f * 1e-3), exponent))];
        var hit = ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies, z, 0, new(1)));
        for (var i = 0; i < z.Length; i++)
            Assert.Equal(1, hit.ModulusOhms[i] / z[i].Magnitude, 9);
    }

    [Fact]
    public void An_arc_is_reconstructed_within_two_percent()
    {
        Complex[] z = [.. Frequencies.Select(f => 100 + KnownSpectra.Arc(f, 1000, 0.01, 0.8))];
        Assert.All(ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies, z, 0, new(1))).Residuals, residual => Assert.InRange(residual, -0.02, 0.02));
    }

    /// <summary>The modulus below 1 Hz grows by 20 % while the phase is kept: what a drifting cell shows.</summary>
    [Fact]
    public void A_modulus_that_drifts_is_told_from_the_phase()
    {
        Complex[] z = [.. Frequencies.Select(f => 100 + KnownSpectra.Arc(f, 1000, 0.01, 0.8))];
        Complex[] drifting = [.. z.Select((point, i) => point * (1 + (Frequencies[i] < 1 ? 0.1 * -Math.Log10(Frequencies[i]) : 0)))];
        var hit = ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies, drifting, 0, new(1)));
        Assert.InRange(hit.Residuals[^1], Math.Log(1.2) - 0.02, Math.Log(1.2) + 0.02);
        Assert.Equal(1, hit.ModulusOhms[^1] / z[^1].Magnitude, 0.02);
        Assert.Equal(1, hit.WindowLowHz, 9);
    }

    [Fact]
    public void Order_and_repeated_frequencies_do_not_matter_and_too_few_are_refused()
    {
        Complex[] z = [.. Frequencies.Select(f => 100 + KnownSpectra.Arc(f, 1000, 0.01, 0.8))];
        var sorted = ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies, z, 0, new(1)));
        int[] order = [.. Enumerable.Range(0, z.Length).Reverse(), 7, 7];
        var mixed = ZHit.Reconstruct(KnownSpectra.Noisy([.. order.Select(i => Frequencies[i])], [.. order.Select(i => z[i])], 0, new(1)));
        for (var k = 0; k < order.Length; k++)
            Assert.Equal(1, mixed.ModulusOhms[k] / sorted.ModulusOhms[order[k]], 9);
        Assert.Throws<ArgumentException>(() => ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies[..4], z[..4], 0, new(1))));
        Assert.Throws<ArgumentException>(() => ZHit.Reconstruct(KnownSpectra.Noisy(Frequencies, z, 0, new(1)), new() { SmoothingPoints = 2 }));
    }
}
