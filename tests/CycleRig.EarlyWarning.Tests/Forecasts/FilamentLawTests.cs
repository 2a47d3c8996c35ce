using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

public sealed class FilamentLawTests
{
    private static Pellet Under(double millimetres) =>
        new(Area.OfDisc(Length.FromMillimetres(millimetres)), Length.FromMillimetres(1.2));

    /// <summary>One filament of 1 µm in 1.2 mm under 2 mm, evaluated by hand from the half-spheroid's formula.</summary>
    [Theory]
    [InlineData(0.3, 0.0028)]
    [InlineData(0.6, 0.020)]
    [InlineData(0.9, 0.062)]
    public void A_filament_raises_the_conductance_as_the_half_spheroid_does(double millimetres, double gain) =>
        Assert.Equal(gain, FilamentLaw.Gain(Under(2), Length.FromMillimetres(millimetres)), 0.02 * gain);

    [Fact]
    public void Sixteen_times_the_area_shows_a_sixteenth() =>
        Assert.Equal(16, FilamentLaw.Gain(Under(2), Length.FromMillimetres(0.5)) / FilamentLaw.Gain(Under(8), Length.FromMillimetres(0.5)), 1e-9);

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.7, 1)]
    [InlineData(0.7, 12)]
    [InlineData(1.19, 3)]
    public void Depth_is_the_inverse_of_the_loss(double millimetres, int count)
    {
        var loss = FilamentLaw.LossOf(FilamentLaw.Gain(Under(2), Length.FromMillimetres(millimetres), count));
        Assert.Equal(millimetres, FilamentLaw.Depth(Under(2), loss, count)!.Value.Millimetres, 1e-6);
    }

    /// <summary>At 1.2 mm the formula gives a gain of 0.1415, a loss of 12.4 %.</summary>
    [Fact]
    public void A_loss_beyond_that_of_the_whole_thickness_has_no_depth()
    {
        Assert.NotNull(FilamentLaw.Depth(Under(2), 0.123));
        Assert.Null(FilamentLaw.Depth(Under(2), 0.125));
    }
}
