using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Cells;

/// <summary>A pellet on nickel by its own formula: leads, bulk arc, and the line of a constant phase element.</summary>
public sealed class BlockingSpectrumFitTests
{
    /// <summary>95 % of 100 is 95 ± 2.2.</summary>
    [Fact]
    public void The_bulk_is_recovered_within_its_error()
    {
        var held = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var ohms = 500 * Math.Pow(10, seed / 50.0);
            var reading = BlockingSpectrumFit.Read(Sweep(ohms, seed));
            Assert.True(reading.Valid, $"{ohms} Ω: {reading.WhyNotValid}");
            held += Math.Abs(Math.Log(reading.BulkOhms / ohms)) <= 1.96 * reading.BulkRelativeSd ? 1 : 0;
            Assert.Equal(25, reading.TemperatureCelsius, 1e-9);
        }

        Assert.InRange(held, 88, 100);
    }

    [Fact]
    public void The_line_of_blocking_electrodes_is_told_from_an_arc()
    {
        Assert.True(BlockingSpectrumFit.IsBlocking(Sweep(2400, 1)));
        Assert.False(BlockingSpectrumFit.IsBlocking(Sweep(2400, 1, blocks: false)));
        Assert.False(BlockingSpectrumFit.IsBlocking(new(0, 0, [])));
    }

    [Fact]
    public void Too_few_points_and_no_points_give_no_reading()
    {
        var sweep = Sweep(2400, 1);
        Assert.Contains("usable points", BlockingSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Take(8)] }).WhyNotValid, StringComparison.Ordinal);
        Assert.False(BlockingSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Select(point => point with { RealOhms = double.NaN })] }).Valid);
    }

    private static Spectrum Sweep(double ohms, int seed, bool blocks = true)
    {
        var draw = new Random(seed);
        return new(0, 0, [.. Enumerable.Range(0, 60).Select(k =>
        {
            var frequency = 7e6 * Math.Pow(10 / 7e6, k / 59.0);
            var s = new Complex(0, 2 * Math.PI * frequency);
            var z = (s * 4e-7) + (ohms / (1 + (ohms * 1.2e-11 * Complex.Pow(s, 0.985)))) + (blocks ? 1 / (3e-8 * Complex.Pow(s, 0.92)) : 300);
            var noise = 0.002 * z.Magnitude;
            return new SpectrumPoint(frequency, z.Real + (noise * Gaussian.Draw(draw)), z.Imaginary + (noise * Gaussian.Draw(draw)), k, 0, 25, 5);
        })]);
    }
}
