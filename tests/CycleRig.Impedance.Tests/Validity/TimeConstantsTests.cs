using CycleRig.Impedance.Validity;
using Xunit;

namespace CycleRig.Impedance.Tests.Validity;

/// <summary>Against the small cases of shared/data/impedance/README.md.</summary>
public sealed class TimeConstantsTests
{
    [Fact]
    public void Mu_of_as_much_above_zero_as_below_is_zero() => Assert.Equal(0, TimeConstants.Mu([1, 2, 3, -3, -2, -1]));

    [Fact]
    public void Mu_of_half_as_much_below_zero_as_above_is_a_half() => Assert.Equal(0.5, TimeConstants.Mu([-1, 2, 4, -3, 4, -1]), 12);

    [Fact]
    public void Three_time_constants_between_a_tenth_and_a_thousand_radians_per_second_are_known()
    {
        double[] expected = [0.001, 0.1, 10];
        var seconds = TimeConstants.Between(0.1, 1000, 3);
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(1, seconds[k] / expected[k], 12);
    }

    [Fact]
    public void A_single_one_is_the_longest_and_an_extension_goes_beyond_both_ends()
    {
        Assert.Equal(10, Assert.Single(TimeConstants.Between(0.1, 1000, 1)), 12);
        var seconds = TimeConstants.Between(0.1, 1000, 7, extensionDecades: 1);
        Assert.Equal(1e-4, seconds[0], 12);
        Assert.Equal(100, seconds[^1], 9);
    }
}
