using CsCheck;
using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class SpreadingTests
{
    private const double Bound = 0.02;

    [Theory]
    [InlineData(2, 1.2, 20, false)]
    [InlineData(2, 1.2, 20, true)]
    [InlineData(2, 1.2, 2.1, false)]
    [InlineData(8, 1.2, 10, false)]
    [InlineData(8, 1.2, 10, true)]
    [InlineData(0.1, 1.2, 10, true)]
    [InlineData(0.1, 1.2, 0.7, false)]
    [InlineData(10, 0.15, 10.4, true)]
    [InlineData(1, 30, 5, true)]
    [InlineData(13, 0.1, 13.5, false)]
    public void The_table_gives_back_the_solver(double diameter, double thickness, double pellet, bool fullCounter) =>
        Assert.Equal(1, Spreading.Factor(diameter, thickness, pellet, fullCounter)
            / DiscField.Solve(2 * thickness / diameter, pellet / diameter, 0, fullCounter).Factor, Bound);

    [Fact]
    public void A_wide_pellet_is_one_that_never_ends_and_a_pellet_of_the_electrodes_size_does_not_spread()
    {
        Assert.Equal(Spreading.Factor(2, 1.2, 20, false), Spreading.Factor(2, 1.2, double.PositiveInfinity, false), 0.005);
        Assert.Equal(1, Spreading.Factor(2, 1.2, 2, false), 1e-12);
    }

    /// <summary>Rayleigh's bounds: opening the mask, or narrowing the pellet towards the electrode, brings the column nearer.</summary>
    [Fact]
    public void More_room_always_means_less_resistance() =>
        Gen.Select(Gen.Double[0.02, 20], Gen.Double[0.1, 5], Gen.Double[1, 10], Gen.Double[1, 1.5], Gen.Bool).Sample((diameter, thickness, width, more, full) =>
        {
            var narrow = Spreading.Factor(diameter, thickness, diameter * width, full);
            Assert.True(Spreading.Factor(diameter, thickness, diameter * width * more, full) <= narrow + 1e-12);
            Assert.InRange(narrow, 1 / (width * width * (1 + 1e-12)), 1);
        });

    [Theory]
    [InlineData(2, 1.2, 1.9)]
    [InlineData(0, 1.2, 10)]
    [InlineData(2, 0, 10)]
    public void A_geometry_that_cannot_be_is_refused(double diameter, double thickness, double pellet) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Spreading.Factor(diameter, thickness, pellet, fullCounter: true));
}
