using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class HalfSpheroidTests
{
    /// <summary>Depolarisation factors as tabled by Osborn 1945 and Stoner 1945 for prolate spheroids.</summary>
    [Theory]
    [InlineData(1, 1 / 3.0)]
    [InlineData(2, 0.1736)]
    [InlineData(5, 0.0558)]
    [InlineData(10, 0.0203)]
    public void Enhancement_is_the_inverse_of_the_depolarisation_factor(double aspect, double depolarisation) =>
        Assert.Equal(depolarisation, 1 / HalfSpheroid.Enhancement(aspect), 5e-5);

    /// <summary>Nearly flat, N = 1 - π a/2; and nothing jumps at the hemisphere.</summary>
    [Fact]
    public void Flat_bumps_hardly_concentrate_and_the_hemisphere_lies_between()
    {
        Assert.Equal(1 - (Math.PI * 0.001 / 2), 1 / HalfSpheroid.Enhancement(0.001), 1e-5);
        Assert.Equal(HalfSpheroid.Enhancement(0.9995), HalfSpheroid.Enhancement(1.0005), 5e-3);
    }
}
