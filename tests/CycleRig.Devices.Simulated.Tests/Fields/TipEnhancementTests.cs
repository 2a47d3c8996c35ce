using CsCheck;
using CycleRig.Devices.Simulated.Fields;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Fields;

public sealed class TipEnhancementTests
{
    private const double Bound = 0.02;

    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(1, 0.6)]
    [InlineData(3.3, 0.93)]
    [InlineData(5, 0.5)]
    [InlineData(11, 0.94)]
    [InlineData(25, 0.95)]
    public void The_table_gives_back_the_solver(double aspect, double depthShare) =>
        Assert.Equal(1, TipEnhancement.At(aspect, depthShare) / CrackField.Solve(aspect, depthShare, 16).TipEnhancement, Bound);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1 / 0.1736)]
    [InlineData(10, 1 / 0.0203)]
    public void A_shallow_crack_has_the_closed_form_of_the_half_space(double aspect, double expected) =>
        Assert.Equal(1, TipEnhancement.At(aspect, 0.01) / expected, 0.005);

    [Fact]
    public void At_and_beyond_the_counter_electrode_it_stays_as_just_before_it() =>
        Assert.All([0.95, 1, 1.2], depthShare => Assert.Equal(TipEnhancement.At(5, 0.95), TipEnhancement.At(5, depthShare), 1e-9));

    [Fact]
    public void A_sharper_or_a_deeper_crack_concentrates_more() =>
        Gen.Select(Gen.Double[0.5, 300], Gen.Double[1, 2], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((aspect, sharper, depth, deeper) =>
        {
            Assert.True(TipEnhancement.At(aspect, depth + ((1 - depth) * deeper)) >= TipEnhancement.At(aspect, depth) - 1e-12);
            Assert.True(TipEnhancement.At(aspect, depth) >= HalfSpheroid.Enhancement(aspect) - 1e-12);
            if (depth < 0.4)
                Assert.True(TipEnhancement.At(aspect * sharper, depth) >= TipEnhancement.At(aspect, depth) - 1e-9);
        });
}
