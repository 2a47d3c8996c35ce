using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Cells;

/// <summary>Sweeps by the closed form of <see cref="RecordingBuilder.Symmetric"/>, whose interface improves within the sweep.</summary>
public sealed class CellModelTests
{
    private const double Area = RecordingBuilder.AreaSquareCentimetres;
    private const double Noise = 0.001;

    [Fact]
    public void The_model_follows_a_cell_that_drifts_and_its_residuals_are_the_noise()
    {
        var sweep = Sweep(1, drift: -0.05);
        var reading = CellSpectrumFit.Read(sweep, null, Area);
        Assert.True(reading.Valid, reading.WhyNotValid);
        var points = CellModel.Of(sweep, reading, null);
        Assert.Equal(sweep.Points.Length, points.Length);
        Assert.Equal(points.Select(point => point.Measured.FrequencyHz).OrderDescending(), points.Select(point => point.Measured.FrequencyHz));
        // Noise of 0.1 % in each part; a model that stood still would leave some per cent at the ends.
        Assert.InRange(Rms(points), 0.7 * Noise, 1.2 * Noise);
        // It is the residual of the fit itself.
        Assert.Equal(reading.Residual, Rms(points), 0.02 * reading.Residual);
    }

    [Fact]
    public void The_upper_part_has_the_model_of_its_own_fit()
    {
        CellReading? cell = null;
        for (var k = 0; k < 9; k++)
            cell = CellSpectrumFit.Read(Sweep(k), cell, Area);
        var whole = Sweep(20, bulk: 2400);
        var part = whole with { Points = whole.Points.RemoveAll(point => point.FrequencyHz < SweepPart.LowestHertz) };
        var reading = CellSpectrumFit.Read(part, cell, Area);
        Assert.True(reading is { Valid: true, BulkOnly: true }, reading.WhyNotValid);
        var points = CellModel.Of(part, reading, cell);
        Assert.Equal(reading.Residual, Rms(points), 0.05 * reading.Residual);
        Assert.All(points, point => Assert.InRange(point.Measured.FrequencyHz, SweepPart.LowestHertz, 3e6));
    }

    [Fact]
    public void A_reading_that_is_none_has_no_model() =>
        Assert.Empty(CellModel.Of(Sweep(1), new() { Valid = false, WhyNotValid = "made up" }, null));

    private static double Rms(ImmutableArray<ModelledPoint> points) =>
        Math.Sqrt(points.Average(point => (point.Residual.Real * point.Residual.Real) + (point.Residual.Imaginary * point.Residual.Imaginary)) / 2);

    private static Spectrum Sweep(int seed, double bulk = 2460, double drift = 0)
    {
        var (draw, time) = (new Random(seed), 0.0);
        var frequencies = Enumerable.Range(0, 70).Select(k => 7e6 * Math.Pow(10, -k / 10.0)).ToList();
        var span = frequencies.Sum(frequency => 0.06 + (3 / frequency));
        return new(seed, 0, [.. frequencies.Select(frequency =>
        {
            time += 0.06 + (3 / frequency);
            var z = RecordingBuilder.Symmetric(bulk, 16_000 * (1 + (drift * time / span)))(frequency);
            z += Noise * z.Magnitude * new Complex(Gaussian.Draw(draw), Gaussian.Draw(draw));
            return new SpectrumPoint(frequency, z.Real, z.Imaginary, time, 0, 30, 5);
        })]);
    }
}
