using System.Numerics;
using CsCheck;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using Xunit;

namespace CycleRig.Impedance.Tests.Cells;

/// <summary>Spectra of a garnet cell by a formula of their own: 2460 Ω of bulk under 10 pF of pellet and fixture, untreated or treated lithium.</summary>
public sealed class CellSpectrumFitTests
{
    private const double Area = 0.0314;
    private const double BulkOhms = 2460;
    private const double Untreated = 16_000;
    private const double Treated = 300;
    private const double Noise = 0.003;

    [Theory]
    [InlineData(Untreated)]
    [InlineData(Treated)]
    public void R_bulk_is_found_within_half_a_percent(double interfaceOhms)
    {
        var reading = CellSpectrumFit.Read(Sweep(interfaceOhms, noise: 0.001, seed: 1), null, Area);
        Assert.True(reading.Valid, reading.WhyNotValid);
        Assert.InRange(reading.BulkOhms, 0.995 * BulkOhms, 1.005 * BulkOhms);
        Assert.InRange(reading.InterfaceOhms, 0.9 * interfaceOhms, 1.1 * interfaceOhms);
        Assert.InRange(reading.Residual, 0.0005, 0.002);
        Assert.Equal((30, 5, -1.57e-5), (reading.TemperatureCelsius, reading.PressureMegapascals, reading.CurrentAmperes), new Close());
    }

    [Theory]
    [InlineData(Untreated)]
    [InlineData(Treated)]
    public void The_standard_error_of_R_bulk_is_what_its_scatter_shows(double interfaceOhms)
    {
        var pulls = Enumerable.Range(0, 200).Select(seed =>
        {
            var reading = CellSpectrumFit.Read(Sweep(interfaceOhms, Noise, seed), null, Area);
            Assert.True(reading.Valid, reading.WhyNotValid);
            return Math.Log(reading.BulkOhms / BulkOhms) / reading.BulkRelativeSd;
        }).ToArray();
        var mean = pulls.Average();
        // Part of the error is that an arc between bulk and interface may be there; in these spectra there is none, and it does not scatter.
        Assert.InRange(Math.Sqrt(pulls.Average(pull => (pull - mean) * (pull - mean))), 0.4, 1.5);
        Assert.InRange(mean, -1, 1);
    }

    [Fact]
    public void Outliers_are_left_out()
    {
        var sweep = Sweep(Untreated, Noise, seed: 3);
        var points = sweep.Points.Select((point, i) => i is 8 or 20 or 33 ? point with { RealOhms = point.RealOhms * 1.6, ImaginaryOhms = point.ImaginaryOhms * 0.4 } : point);
        var reading = CellSpectrumFit.Read(sweep with { Points = [.. points] }, null, Area);
        Assert.True(reading.Valid, reading.WhyNotValid);
        Assert.InRange(reading.BulkOhms, 0.99 * BulkOhms, 1.01 * BulkOhms);
    }

    [Fact]
    public void Twelve_points_are_enough_and_eleven_are_not()
    {
        var reading = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 4, points: 12), null, Area);
        Assert.True(reading.Valid, reading.WhyNotValid);
        Assert.InRange(reading.BulkOhms, 0.95 * BulkOhms, 1.05 * BulkOhms);
        var fewer = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 4, points: 11), null, Area);
        Assert.False(fewer.Valid);
        Assert.Equal("11 usable points; 12 are needed", fewer.WhyNotValid);
    }

    [Theory]
    [InlineData(5e4, 0.5)]
    [InlineData(7e6, 2e3)]
    public void A_sweep_that_does_not_reach_says_so(double highest, double lowest)
    {
        var reading = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 5, highest: highest, lowest: lowest), null, Area);
        Assert.False(reading.Valid);
        Assert.Contains("does not reach from below 1 kHz to 100 kHz", reading.WhyNotValid, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_point_lacks_is_not_taken_from_the_sweep_and_what_all_lack_is_said()
    {
        var sweep = Sweep(Untreated, Noise, seed: 6);
        var one = CellSpectrumFit.Read(sweep with { Points = sweep.Points.SetItem(15, sweep.Points[15] with { TemperatureCelsius = double.NaN, CurrentAmperes = double.NaN }) }, null, Area);
        Assert.Equal((30, 5, -1.57e-5), (one.TemperatureCelsius, one.PressureMegapascals, one.CurrentAmperes), new Close());
        var none = CellSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Select(point => point with { TemperatureCelsius = double.NaN })] }, null, Area);
        Assert.Contains("no temperature", none.WhyNotValid, StringComparison.Ordinal);
        var still = CellSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Select(point => point with { FrequencyHz = 1e4 })] }, null, Area);
        Assert.Equal("1 usable points; 12 are needed", still.WhyNotValid);
        Assert.False(CellSpectrumFit.Read(sweep with { Points = [] }, null, Area).Valid);
    }

    /// <summary>A cell that shorts, or whose current fails, within the sweep: its slow points are of another cell.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(30)]
    public void A_sweep_that_ends_below_zero_is_read_rightly_or_not_at_all(int last)
    {
        var before = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 7), null, Area);
        var sweep = Sweep(Untreated, Noise, seed: 8);
        var points = sweep.Points.Select((point, i) => i < sweep.Points.Length - last ? point : point with { RealOhms = -0.2 * point.RealOhms }).ToArray();
        foreach (var previous in new[] { before, null })
        {
            var reading = CellSpectrumFit.Read(sweep with { Points = [.. points] }, previous, Area);
            Assert.True(!reading.Valid || Math.Abs((reading.BulkOhms / BulkOhms) - 1) < 0.02, $"{reading.BulkOhms} Ω");
            Assert.Equal(reading.Valid, reading.WhyNotValid.Length == 0);
        }
    }

    /// <summary>The end of a range: Re Z of the slow points stands at one value. Below the interface nothing is lost, in the middle of it R_int, further up all.</summary>
    [Theory]
    [InlineData(16_000, true)]
    [InlineData(14_000, true)]
    [InlineData(2_000, false)]
    public void A_range_that_ends_is_left_out(double ohms, bool isEnough)
    {
        var sweep = Sweep(Untreated, Noise, seed: 9);
        var reading = CellSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Select(point => point with { RealOhms = Math.Min(ohms, point.RealOhms) })] }, null, Area);
        Assert.Equal(isEnough, reading.Valid);
        if (isEnough)
            Assert.InRange(reading.BulkOhms, 0.99 * BulkOhms, 1.01 * BulkOhms);
    }

    [Fact]
    public void Points_that_are_there_again_do_not_make_a_reading_surer()
    {
        var sweep = Sweep(Untreated, Noise, seed: 10);
        var (once, thrice) = (CellSpectrumFit.Read(sweep, null, Area), CellSpectrumFit.Read(sweep with { Points = [.. sweep.Points, .. sweep.Points, .. sweep.Points] }, null, Area));
        Assert.Equal((once.BulkOhms, once.BulkRelativeSd), (thrice.BulkOhms, thrice.BulkRelativeSd));
    }

    [Fact]
    public void The_same_points_once_more_are_no_reading()
    {
        var sweep = Sweep(Untreated, Noise, seed: 11);
        var first = CellSpectrumFit.Read(sweep, null, Area);
        var again = CellSpectrumFit.Read(sweep with { Points = [.. sweep.Points.Select(point => point with { TimeSeconds = point.TimeSeconds + 60 })] }, first, Area);
        Assert.False(again.Valid);
        Assert.Contains("nothing new was measured", again.WhyNotValid, StringComparison.Ordinal);
    }

    /// <summary>Whatever the last reading was spoiled by, arcs exchanged among it: R_bulk is right, or the reading is none.</summary>
    [Fact]
    public void No_last_reading_leads_to_a_wrong_bulk_resistance()
    {
        var before = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 7), null, Area);
        var sweep = Sweep(Untreated, Noise, seed: 8);
        Gen.Double[-4, 4].Array[before.Parameters.Length].Sample(decades =>
        {
            var spoiled = before with { Parameters = [.. before.Parameters.Select((value, k) => value * Math.Pow(10, decades[k]))] };
            var reading = CellSpectrumFit.Read(sweep, spoiled, Area);
            Assert.True(!reading.Valid || Math.Abs((reading.BulkOhms / BulkOhms) - 1) < 0.02, $"{reading.BulkOhms} Ω");
        }, iter: 300);
        // Bulk and first contact exchanged.
        var p = before.Parameters;
        var exchanged = CellSpectrumFit.Read(sweep, before with { Parameters = [p[0], p[4], p[5], p[6], p[1], p[2], p[3], .. p[7..]] }, Area);
        Assert.Equal(1, exchanged.BulkOhms / BulkOhms, 0.02);
    }

    [Fact]
    public void A_sweep_is_read_alike_from_the_last_reading_and_from_nothing()
    {
        var before = CellSpectrumFit.Read(Sweep(Untreated, Noise, seed: 7), null, Area);
        var sweep = Sweep(Untreated, Noise, seed: 8);
        var (warm, cold) = (CellSpectrumFit.Read(sweep, before, Area), CellSpectrumFit.Read(sweep, null, Area));
        // The warm one knows the shape of the sweep before too: they agree within an error.
        Assert.Equal(0, Math.Log(warm.BulkOhms / cold.BulkOhms), cold.BulkRelativeSd);
    }

    private static Spectrum Sweep(double interfaceOhms, double noise, int seed, int points = 72, double highest = 7e6, double lowest = 0.5)
    {
        var draw = new Random(seed);
        return new(0, 0, [.. Enumerable.Range(0, points).Select(i =>
        {
            var frequency = highest * Math.Pow(lowest / highest, i / (points - 1.0));
            var z = Impedance(interfaceOhms, 2 * Math.PI * frequency);
            var scale = noise * z.Magnitude;
            return new SpectrumPoint(frequency, z.Real + (scale * Normal(draw)), z.Imaginary + (scale * Normal(draw)), i * 0.5, -1.57e-5, 30, 5);
        })]);
    }

    /// <summary>Inductance of the leads, bulk with stray capacitance, two contacts of unequal size with 1 µF/cm² or one.</summary>
    private static Complex Impedance(double interfaceOhms, double omega)
    {
        const double farads = 1e-6 * Area;
        var bulk = new Complex(0, omega * 3e-7) + (BulkOhms / (1 + new Complex(0, omega * BulkOhms * 10e-12)));
        return interfaceOhms < BulkOhms
            ? bulk + Contact(interfaceOhms, farads)
            : bulk + Contact(0.4 * interfaceOhms, 0.8 * farads) + Contact(0.6 * interfaceOhms, 1.5 * farads);

        Complex Contact(double ohms, double capacitance) => ohms / (1 + Complex.Pow(new(0, omega * ohms * capacitance), 0.88));
    }

    private static double Normal(Random draw) => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());

    /// <summary>Means of equal numbers, to rounding.</summary>
    private sealed class Close : IEqualityComparer<(double, double, double)>
    {
        public bool Equals((double, double, double) x, (double, double, double) y) =>
            Near(x.Item1, y.Item1) && Near(x.Item2, y.Item2) && Near(x.Item3, y.Item3);

        public int GetHashCode((double, double, double) obj) => 0;

        private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(b);
    }
}
