using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Cells;

/// <summary>
/// Sweeps above 1 kHz of a cell whose whole sweeps are known, by a formula of this test: bulk of 2,460 Ω under 10 pF, grain boundaries, two arcs of
/// the interface, 0.3 % noise.
/// </summary>
public sealed class SentinelFitTests
{
    private const double Area = 0.0314;
    private const double BulkOhms = 2460;
    private const double Noise = 0.003;
    private const int Learning = 8;

    [Theory]
    [InlineData(16_000, 0)]
    [InlineData(300, 0)]
    [InlineData(16_000, 400)]
    public void R_bulk_of_a_sentinel_sweep_is_that_of_whole_sweeps(double interfaceOhms, double boundaryOhms)
    {
        var cell = Learnt(interfaceOhms, boundaryOhms);
        var readings = Enumerable.Range(0, 200).Select(seed => CellSpectrumFit.Read(Sentinel(interfaceOhms, boundaryOhms, 0.99, 1000 + seed), cell, Area)).ToList();
        Assert.All(readings, reading => Assert.True(reading.Valid && reading.BulkOnly, reading.WhyNotValid));
        var logs = readings.Select(reading => Math.Log(reading.BulkOhms / cell.BulkOhms)).ToList();
        var (mean, scatter) = (logs.Average(), Math.Sqrt(logs.Average(log => Math.Pow(log - logs.Average(), 2))));
        // The whole sweep that it is held against has an error of its own.
        Assert.InRange(mean, Math.Log(0.99) - (3 * cell.BulkRelativeSd), Math.Log(0.99) + (3 * cell.BulkRelativeSd));
        Assert.InRange(readings.Average(reading => reading.BulkRelativeSd) / scatter, 0.75, 1.4);
        Assert.InRange(scatter, 0.0003, 0.003);
    }

    [Fact]
    public void What_was_not_measured_is_that_of_the_last_whole_sweep()
    {
        var cell = Learnt(16_000, 0);
        var reading = CellSpectrumFit.Read(Sentinel(16_000, 0, 1, seed: 77), cell, Area);
        Assert.Equal((cell.InterfaceOhms, double.PositiveInfinity), (reading.InterfaceOhms, reading.InterfaceRelativeSd));
        Assert.Equal(cell.Parameters, reading.Parameters);
        Assert.Equal((30, 5, -1.57e-5), (reading.TemperatureCelsius, reading.PressureMegapascals, reading.CurrentAmperes));
    }

    [Fact]
    public void Before_the_shape_is_known_a_sentinel_sweep_says_nothing()
    {
        var reading = CellSpectrumFit.Read(Sentinel(16_000, 0, 1, seed: 1), null, Area);
        Assert.False(reading.Valid);
        Assert.Contains("1 kHz", reading.WhyNotValid, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_points_a_misfit_and_no_temperature_say_what_is_lacking()
    {
        var cell = Learnt(16_000, 0);
        var sweep = Sentinel(16_000, 0, 1, seed: 1);
        CellReading Read(Func<SpectrumPoint, int, SpectrumPoint?> change) => CellSpectrumFit.Read(
            sweep with { Points = [.. sweep.Points.Select(change).OfType<SpectrumPoint>()] }, cell, Area);
        Assert.Contains("7 usable points", Read((point, i) => i < 7 ? point : null).WhyNotValid, StringComparison.Ordinal);
        Assert.Contains("no temperature", Read((point, _) => point with { TemperatureCelsius = double.NaN }).WhyNotValid, StringComparison.Ordinal);
        Assert.False(Read((point, i) => point with { RealOhms = point.RealOhms * (i % 2 == 0 ? 1.3 : 0.8) }).Valid);
    }

    [Fact]
    public void One_outlier_is_left_out()
    {
        var cell = Learnt(16_000, 0);
        var sweep = Sentinel(16_000, 0, 1, seed: 5);
        var spoiled = sweep with { Points = sweep.Points.SetItem(11, sweep.Points[11] with { RealOhms = sweep.Points[11].RealOhms * 1.5 }) };
        Assert.InRange(CellSpectrumFit.Read(spoiled, cell, Area).BulkOhms / CellSpectrumFit.Read(sweep, cell, Area).BulkOhms, 0.997, 1.003);
    }

    private static CellReading Learnt(double interfaceOhms, double boundaryOhms)
    {
        CellReading? last = null;
        for (var sweep = 0; sweep < Learning; sweep++)
            last = CellSpectrumFit.Read(Sweep(Frequencies(7e6, 0.5, 50), interfaceOhms, boundaryOhms, 1, sweep), last, Area);
        Assert.True(last!.Valid, last.WhyNotValid);
        return last;
    }

    private static Spectrum Sentinel(double interfaceOhms, double boundaryOhms, double share, int seed) =>
        Sweep(Frequencies(3e6, 1e3, 12), interfaceOhms, boundaryOhms, share, seed);

    private static IEnumerable<double> Frequencies(double high, double low, int count) =>
        Enumerable.Range(0, count).Select(k => high * Math.Pow(low / high, k / (count - 1.0)));

    private static Spectrum Sweep(IEnumerable<double> frequencies, double interfaceOhms, double boundaryOhms, double share, int seed)
    {
        var draw = new Random(seed);
        ImmutableArray<SpectrumPoint> points = [.. frequencies.Select((hertz, k) =>
        {
            var z = Impedance(hertz, interfaceOhms, boundaryOhms, share);
            var scale = Noise * z.Magnitude;
            return new SpectrumPoint(
                hertz, z.Real + (scale * Gaussian.Draw(draw)), z.Imaginary + (scale * Gaussian.Draw(draw)), (60 * seed) + (0.1 * k), -1.57e-5, 30, 5);
        })];
        return new(seed, 60 * seed, points);
    }

    private static Complex Impedance(double hertz, double interfaceOhms, double boundaryOhms, double share)
    {
        var s = new Complex(0, 2 * Math.PI * hertz);
        Complex Arc(double ohms, double seconds, double exponent) => ohms / (1 + Complex.Pow(s * seconds, exponent));
        return (s * 4e-7) + Arc(BulkOhms * share, BulkOhms * 10e-12, 0.99) + Arc(boundaryOhms * share, 4e-7, 0.92)
            + Arc(0.35 * interfaceOhms, 0.35 * interfaceOhms * 3e-8, 0.88) + Arc(0.65 * interfaceOhms, 0.65 * interfaceOhms * 3e-8, 0.86);
    }
}
