using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.Impedance.Tests.Cells;

/// <summary>
/// A cell whose contact improves to a quarter while bulk and grain boundaries stay as they are, by a formula of this test: 2300 Ω of grains, boundaries
/// of 230 Ω and 1 nF between them and the interface, 0.2 % noise.
/// </summary>
public sealed class CellShapeTests
{
    private const double Area = 0.0314;
    private const double GrainOhms = 2300;
    private const double BoundaryOhms = 230;
    private const double Noise = 0.002;
    private const int Sweeps = 40;
    private const int Learning = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void R_bulk_of_a_cell_with_grain_boundaries_holds_as_contact_improves(int seed)
    {
        var readings = Readings(seed);
        Assert.All(readings, reading => Assert.Equal(1, reading.BulkOhms / (GrainOhms + BoundaryOhms), 0.01));
        // From the ninth sweep to the last R_int falls to 30 %; a change of R_bulk of 0.3 % would be read as damage.
        var (first, last) = (readings[Learning..(Learning + 8)], readings[^8..]);
        Assert.InRange(last.Average(reading => reading.InterfaceOhms) / first.Average(reading => reading.InterfaceOhms), 0.2, 0.5);
        Assert.Equal(0, Math.Log(last.Average(reading => reading.BulkOhms) / first.Average(reading => reading.BulkOhms)), 0.003);
    }

    [Fact]
    public void The_shape_is_learned_from_eight_spectra_and_then_stays()
    {
        var readings = Readings(seed: 4);
        Assert.Equal([.. Enumerable.Range(1, Learning), Learning, Learning], readings[..(Learning + 2)].Select(reading => reading.Shape!.Spectra));
        Assert.Equal([false, true], new[] { Learning - 2, Learning - 1 }.Select(i => readings[i].Shape!.IsLearnt));
        Assert.All(readings[Learning..], reading => Assert.Same(readings[Learning - 1].Shape, reading.Shape));
    }

    [Fact]
    public void With_the_shape_a_spectrum_tells_R_bulk_better_than_alone()
    {
        var readings = Readings(seed: 5);
        var alone = Enumerable.Range(Learning, Sweeps - Learning).Average(i => CellSpectrumFit.Read(Sweep(5, i), null, Area).BulkRelativeSd);
        Assert.InRange(readings[Learning..].Average(reading => reading.BulkRelativeSd), 0, 0.8 * alone);
    }

    private static List<CellReading> Readings(int seed)
    {
        CellReading? last = null;
        return [.. Enumerable.Range(0, Sweeps).Select(i =>
        {
            var reading = CellSpectrumFit.Read(Sweep(seed, i), last, Area);
            Assert.True(reading.Valid, reading.WhyNotValid);
            return last = reading;
        })];
    }

    private static Spectrum Sweep(int seed, int index)
    {
        var draw = new Random((1000 * seed) + index);
        var contact = 16_000 * Math.Pow(4, 1 - (index / (Sweeps - 1.0)));
        return new(index, 60 * index, [.. Enumerable.Range(0, 72).Select(i =>
        {
            var frequency = 7e6 * Math.Pow(0.5 / 7e6, i / 71.0);
            var omega = 2 * Math.PI * frequency;
            var z = new Complex(0, omega * 4e-7) + (GrainOhms / (1 + new Complex(0, omega * GrainOhms * 10e-12))) + Arc(BoundaryOhms, BoundaryOhms * 1e-9, 0.95, omega)
                + Arc(0.4 * contact, 0.4 * contact * 2.5e-8, 0.88, omega) + Arc(0.6 * contact, 0.6 * contact * 4.7e-8, 0.88, omega);
            var scale = Noise * z.Magnitude;
            return new SpectrumPoint(frequency, z.Real + (scale * Normal(draw)), z.Imaginary + (scale * Normal(draw)), (60 * index) + (i * 0.5), -1.57e-5, 30, 5);
        })]);
    }

    private static Complex Arc(double ohms, double seconds, double exponent, double omega) => ohms / (1 + Complex.Pow(new(0, omega * seconds), exponent));

    private static double Normal(Random draw) => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}
