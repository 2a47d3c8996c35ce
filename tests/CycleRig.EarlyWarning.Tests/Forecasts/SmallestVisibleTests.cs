using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

public sealed class SmallestVisibleTests
{
    private static Pellet Under(double millimetres) =>
        new(Area.OfDisc(Length.FromMillimetres(millimetres)), Length.FromMillimetres(1.2));

    /// <summary>A loss of 0.5 % of one filament of 1 µm: half-spheroid, computed apart from this code.</summary>
    [Theory]
    [InlineData(2, 0.37)]
    [InlineData(8, 0.98)]
    public void Half_a_percent_is_seen_at_the_depth_of_the_formula(double diameter, double depth)
    {
        var seen = SmallestVisible.Of(Under(diameter), 0.001);
        Assert.Equal(0.005, seen.Loss, 1e-12);
        Assert.Equal(depth, seen.Depth!.Value.Millimetres, 0.005);
        Assert.Equal(depth / 1.2, seen.ThicknessShare!.Value, 0.005);
    }

    /// <summary>Four times the sweeps halve the noise; that is the loss of two filaments seen each at half its share.</summary>
    [Fact]
    public void Averages_and_more_filaments_make_smaller_ones_seen()
    {
        var averaged = SmallestVisible.Of(Under(2), 0.001, sweeps: 4);
        Assert.Equal(0.0025, averaged.Loss, 1e-12);
        var together = SmallestVisible.Of(Under(2), 0.0005, count: 10);
        var gain = 0.0025 / 0.9975;
        Assert.Equal(gain, FilamentLaw.Gain(Under(2), averaged.Depth!.Value), 1e-9);
        Assert.Equal(gain / 10, FilamentLaw.Gain(Under(2), together.Depth!.Value), 1e-9);
    }

    [Fact]
    public void What_a_large_electrode_never_shows_is_said()
    {
        var seen = SmallestVisible.Of(Under(20), 0.001);
        Assert.Null(seen.Depth);
        Assert.Null(seen.ThicknessShare);
        Assert.Equal("one filament not before the short", seen.ToString());
        Assert.Equal("one filament from 0.37 mm (31 % of the thickness)", SmallestVisible.Of(Under(2), 0.001).ToString());
    }
}
