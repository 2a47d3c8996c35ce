using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using Xunit;

namespace CycleRig.Core.Tests.Cells;

public sealed class MetalReserveTests
{
    [Theory]
    // 200 µm of lithium are 41 mAh/cm². Molar volumes, 6.941/0.534 = 13.0 and 22.990/0.968 = 23.75 cm³/mol, and 26.801 Ah/mol give the same.
    [InlineData(Electrode.Lithium, 200, 41.2)]
    [InlineData(Electrode.LithiumMagnesium, 200, 41.2)]
    [InlineData(Electrode.Sodium, 1000, 112.9)]
    public void A_foil_holds_what_its_density_and_faraday_say(Electrode electrode, double micrometres, double milliampereHours) =>
        Assert.Equal(milliampereHours, MetalReserve.Of(electrode, Length.FromMicrometres(micrometres))!.Value.MilliampereHoursPerSquareCentimetre, 0.1);

    [Fact]
    public void Nickel_gives_no_metal() => Assert.Null(MetalReserve.Of(Electrode.Nickel, Length.FromMicrometres(200)));
}
