using CsCheck;
using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class EdgeFactorTests
{
    private const double Bound = 0.02;

    [Theory]
    [InlineData(0.012)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(3)]
    public void The_table_gives_back_the_solver(double wagner)
    {
        var field = DiscField.Solve(2.4, 10, wagner, fullCounter: false);
        foreach (var radius in new[] { 0, 0.4, 0.7, 0.88, 0.97, 0.995, 1 })
            Assert.Equal(1, EdgeFactor.At(radius, wagner) / field.DensityAt(radius), Bound);
    }

    [Fact]
    public void The_mean_over_the_area_is_one_at_every_wagner_number() =>
        Gen.Double[-3, 3].Sample(decade => Assert.Equal(1, Mean(0, Math.Pow(10, decade)), 1e-3));

    [Fact]
    public void Density_rises_towards_the_mask_and_more_so_with_less_resistance_of_the_interface() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[-2, 1.4], Gen.Double[0, 1]).Sample((radius, outwards, decade, less) =>
        {
            var wagner = Math.Pow(10, decade);
            Assert.True(EdgeFactor.At(radius + ((1 - radius) * outwards), wagner) >= EdgeFactor.At(radius, wagner) - 1e-12);
            Assert.True(EdgeFactor.At(1, wagner * (1 - (0.9 * less))) >= EdgeFactor.At(1, wagner) - 1e-12);
        });

    /// <summary>A Wagner number of about 0.1 is a strong edge, 5 and above none. Over the outermost 20 µm of a radius of 1 mm, a crater's size.</summary>
    [Fact]
    public void The_rim_of_a_lithiophilic_cell_carries_up_to_twice_the_mean_and_that_of_a_lithiophobic_one_no_more()
    {
        Assert.InRange(Mean(0.98, 0.1), 1.5, 2);
        Assert.InRange(Mean(0.98, 5), 1, 1.05);
        Assert.InRange(EdgeFactor.At(1, 5), 1, 1.05);
    }

    /// <summary>Over the ring from a radius to the mask, by midpoints of equal steps of √(1 - (r/a)²), with 2 r dr = 2 u du.</summary>
    private static double Mean(double from, double wagner)
    {
        const int Steps = 2000;
        var whole = Math.Sqrt(1 - (from * from));
        return Enumerable.Range(0, Steps).Select(k => (k + 0.5) / Steps * whole)
            .Sum(u => EdgeFactor.At(Math.Sqrt(1 - (u * u)), wagner) * 2 * u * whole / Steps) / (whole * whole);
    }
}
