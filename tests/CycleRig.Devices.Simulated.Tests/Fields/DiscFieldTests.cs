using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class DiscFieldTests
{
    /// <summary>Middle plane and rim a thousand radii away change the half-space's resistance by 0.03 %.</summary>
    private const double Far = 1000;

    private static readonly int[] Resolutions = [4, 8, 16];

    /// <summary>The table of docs/simulated-rig-fields.md. Closed form: ρ/(4 a).</summary>
    [Fact]
    public void The_resistance_of_a_disc_on_a_half_space_converges_to_the_closed_form()
    {
        double[] errors = [.. Resolutions.Select(resolution =>
        {
            var field = DiscField.Solve(2 * Far, Far, 0, fullCounter: false, resolution);
            var resistance = field.Factor * Far / Math.PI;
            TestContext.Current.TestOutputHelper!.WriteLine($"resolution {resolution}, {field.Unknowns} rings: {resistance:F5}, {100 * ((4 * resistance) - 1):F2} %");
            return Math.Abs((4 * resistance) - 1);
        })];
        Assert.True(errors[0] > 2 * errors[1] && errors[1] > 2 * errors[2], string.Join(", ", errors));
        Assert.True(errors[0] < 0.03 && errors[1] < 0.01 && errors[2] < 0.003, string.Join(", ", errors));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void The_primary_distribution_on_a_half_space_is_that_of_the_closed_form(double radius) =>
        Assert.Equal(1, DiscField.Solve(2 * Far, Far, 0, fullCounter: false).DensityAt(radius) * 2 * Math.Sqrt(1 - (radius * radius)), 0.02);

    /// <summary>Factors that the literature's geometries have. The 100 µm mask's 0.032 is with a full counter electrode.</summary>
    [Theory]
    [InlineData(2, 20, false, 0.625, 0.66)]
    [InlineData(2, 20, true, 0.435, 0.445)]
    [InlineData(2, 2.1, false, 0.905, 0.915)]
    [InlineData(8, 10, false, 0.80, 0.885)]
    [InlineData(8, 10, true, 0.795, 0.88)]
    [InlineData(0.1, 10, true, 0.0315, 0.0325)]
    public void Known_geometries_on_1_2_mm_have_their_known_factors(double diameter, double pellet, bool fullCounter, double low, double high) =>
        Assert.InRange(DiscField.Solve(2 * 1.2 / diameter, pellet / diameter, 0, fullCounter).Factor, low, high);

    /// <summary>The sum of what the rings carry is the whole, and a large resistance of the interface levels the density.</summary>
    [Fact]
    public void Density_has_the_mean_one_and_levels_with_the_wagner_number()
    {
        foreach (var wagner in new[] { 0, 0.1, 5 })
            Assert.Equal(1, DiscField.Solve(2.4, 10, wagner, fullCounter: false, 8).RimMean(0), 1e-9);
        Assert.Equal(1, DiscField.Solve(2.4, 10, 1000, fullCounter: false, 8).DensityAt(1), 1e-3);
    }
}
