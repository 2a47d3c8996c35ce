using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class CrackFieldTests
{
    /// <summary>A pellet so thick that its other side changes less than 0.2 %.</summary>
    private const double Shallow = 0.05;

    private const double Bound = 0.02;

    private static readonly int[] Resolutions = [4, 8, 16];

    private static readonly double[] Depths = [0.1, 0.5, 0.8, 0.95];

    /// <summary>The table of docs/simulated-rig-fields.md.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void The_tip_converges_to_the_closed_form_as_the_grid_is_refined(double aspect)
    {
        var exact = HalfSpheroid.Enhancement(aspect);
        double[] errors = [.. Resolutions.Select(resolution =>
        {
            var field = CrackField.Solve(aspect, Shallow, resolution);
            TestContext.Current.TestOutputHelper!.WriteLine($"aspect {aspect}, step {field.StepAtTip:F3} tip radii, {field.Unknowns} nodes: "
                + $"{field.TipEnhancement:F3}, {100 * ((field.TipEnhancement / exact) - 1):F2} %");
            return Math.Abs((field.TipEnhancement / exact) - 1);
        })];
        Assert.True(errors[0] > 2 * errors[1] && errors[1] > 2 * errors[2], string.Join(", ", errors));
        Assert.True(errors[0] < 0.06 && errors[1] < Bound && errors[2] < 0.003, string.Join(", ", errors));
    }

    [Theory]
    [InlineData(2, 0.9)]
    [InlineData(10, 0.9)]
    public void Near_the_counter_electrode_where_no_closed_form_exists_a_finer_grid_changes_little(double aspect, double depthShare) =>
        Assert.Equal(1, CrackField.Solve(aspect, depthShare, 8).TipEnhancement / CrackField.Solve(aspect, depthShare, 16).TipEnhancement, Bound);

    [Fact]
    public void The_tip_and_the_face_before_it_carry_more_the_nearer_they_are()
    {
        CrackField[] fields = [.. Depths.Select(share => CrackField.Solve(5, share, 8))];
        for (var i = 1; i < fields.Length; i++)
        {
            Assert.True(fields[i].TipEnhancement > fields[i - 1].TipEnhancement);
            Assert.True(fields[i].CounterEnhancement > fields[i - 1].CounterEnhancement);
        }
    }

    /// <summary>Between a blunt tip and a plane that nearly touch, the whole voltage falls over the gap: thickness over gap.</summary>
    [Fact]
    public void A_narrow_gap_before_a_blunt_tip_is_a_plate_capacitor() =>
        Assert.Equal(100, CrackField.Solve(0.5, 0.99, 16).TipEnhancement, 5.0);

    [Fact]
    public void Far_from_the_crack_the_field_is_uniform_and_in_the_metal_there_is_none()
    {
        var field = CrackField.Solve(5, 0.2, 8);
        Assert.Equal(1, field.Density(10, 2.5), 1e-3);
        Assert.Equal(2.5, field.Potential(10, 2.5), 1e-2);
        Assert.Equal(0, field.Potential(0, 0.5), 1e-12);
        Assert.True(double.IsNaN(field.Density(0, 0.5)));
    }

    /// <summary>Along the axis of a prolate spheroid of foci ±c, with ζ = z/c: φ = z (1 - k(ζ)/k(1/c)), k = arcoth ζ - 1/ζ.</summary>
    [Fact]
    public void Above_the_tip_potential_and_density_fall_as_the_closed_form_says()
    {
        var field = CrackField.Solve(5, Shallow, 16);
        var focus = Math.Sqrt(1 - (1 / 25.0));
        foreach (var height in new[] { 1.01, 1.04, 1.2, 2 })
        {
            var (zeta, at) = (height / focus, K(height / focus) / K(1 / focus));
            var slope = ((1 / (zeta * zeta)) - (1 / ((zeta * zeta) - 1))) / K(1 / focus);
            Assert.Equal(1, field.Potential(0, height) / (height * (1 - at)), Bound);
            Assert.Equal(1, field.Density(0, height) / (1 - at - (zeta * slope)), Bound);
        }

        static double K(double zeta) => Math.Atanh(1 / zeta) - (1 / zeta);
    }

    [Theory]
    [InlineData(0.05, 0.5)]
    [InlineData(5, 0.995)]
    public void A_geometry_that_the_grid_cannot_resolve_is_refused(double aspect, double depthShare) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CrackField.Solve(aspect, depthShare));
}
