using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Reports.Verdicts;
using Xunit;

namespace CycleRig.Reports.Tests.Verdicts;

public sealed class SpectrumDifferenceTests
{
    private static readonly double[] Grid = [1e6, 1e5, 1e4, 1e3, 1e2];

    [Fact]
    public void A_resistance_that_is_gone_is_the_difference_at_each_frequency()
    {
        // 50 Ω in series less: the arc beside it cancels.
        var difference = SpectrumDifference.Of(Sweep(Grid, 150), Sweep(Grid, 100));
        Assert.Equal(Grid, difference.Select(point => point.FrequencyHz));
        Assert.All(difference, point => Assert.Equal(0, (point.Ohms - new Complex(50, 0)).Magnitude, 1e-9));
    }

    [Fact]
    public void Only_frequencies_that_both_have_count_in_whatever_order_and_however_often()
    {
        var part = Sweep([1e4, 3e5, 1e6 * (1 + 1e-6), 1e6], 100);
        var difference = SpectrumDifference.Of(Sweep([.. Grid.Reverse()], 150), part);
        Assert.Equal([1e6, 1e4], difference.Select(point => point.FrequencyHz));
        Assert.Empty(SpectrumDifference.Of(Sweep(Grid, 150), Sweep([2e6, 2e5], 100)));
        Assert.Empty(SpectrumDifference.Of(Sweep(Grid, 150), new(0, 0, [])));
    }

    [Fact]
    public void Points_that_are_no_numbers_do_not_count()
    {
        var broken = Sweep(Grid, 100);
        broken = broken with { Points = broken.Points.SetItem(1, broken.Points[1] with { RealOhms = double.NaN }) };
        Assert.Equal([1e6, 1e4, 1e3, 1e2], SpectrumDifference.Of(Sweep(Grid, 150), broken).Select(point => point.FrequencyHz));
    }

    private static Spectrum Sweep(double[] frequencies, double seriesOhms) => new(0, 0, [.. frequencies.Select(frequency =>
    {
        var z = seriesOhms + (1000 / (1 + new Complex(0, 2 * Math.PI * frequency * 1e-5)));
        return new SpectrumPoint(frequency, z.Real, z.Imaginary, 1, 0, 30, 5);
    })]);
}
