using CycleRig.EarlyWarning.Samples;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Samples;

public sealed class DirectCurrentTests
{
    [Fact]
    public void It_is_the_first_current_that_was_read_until_a_sine_cannot_explain_the_next()
    {
        var direct = default(DirectCurrent);
        Assert.Equal(10e-6, Follow(10e-6));
        Assert.Equal(10e-6, Follow(11.9e-6));
        Assert.Equal(10e-6, Follow(8.1e-6));
        Assert.Equal(20e-6, Follow(20e-6));
        Assert.Equal(-20e-6, Follow(-20e-6));
        Assert.Equal(0, Follow(1e-9));

        double Follow(double amperes) => direct.Follow(amperes, 1e-6, 0.0314);
    }

    [Fact]
    public void A_current_that_was_not_read_may_flow_and_changes_nothing()
    {
        var direct = default(DirectCurrent);
        Assert.True(double.IsNaN(direct.Follow(double.NaN, 1e-6, 0.0314)));
        Assert.Equal(10e-6, direct.Follow(10e-6, 1e-6, 0.0314));
        Assert.Equal(10e-6, direct.Follow(double.NaN, 1e-6, 0.0314));
    }
}
