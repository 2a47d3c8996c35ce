using CsCheck;
using CycleRig.Core.Safety;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

public sealed class VoltageCollapseTests
{
    private const double Amperes = -15.7e-6;

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.1)]
    public void A_hard_short_is_found_within_two_samples(double interval)
    {
        var test = default(VoltageCollapse);
        double seconds = 0;
        for (; seconds < 100; seconds += interval)
            Assert.False(test.Test(seconds, -0.3, Amperes, 1.57e-6));
        // 440 Ω of filament against 19 kΩ of cell: 7 mV are left.
        Assert.False(test.Test(seconds, -0.007, Amperes, 1.57e-6));
        Assert.True(test.Test(seconds + interval, -0.007, Amperes, 1.57e-6));
    }

    [Fact]
    public void The_sine_of_a_sweep_and_better_contact_are_no_collapse() => Gen.Select(Gen.Double[0, 6.28], Gen.Double[60, 600], Gen.Bool).Sample((phase, tau, negative) =>
    {
        var test = default(VoltageCollapse);
        for (var seconds = 0.0; seconds < 1800; seconds += 1)
        {
            // 1.06 V falls to 0.31 V as R_int goes from 2000 to 500 Ω cm², with a sine of a tenth of the current on it.
            var level = 0.31 + (0.75 * Math.Exp(-seconds / tau));
            var volts = level * (1 + (0.1 * Math.Sin(phase + (seconds * 2.3))));
            Assert.False(test.Test(seconds, negative ? -volts : volts, negative ? Amperes : -Amperes, 1.57e-6));
        }
    });

    [Fact]
    public void A_change_of_current_is_no_collapse()
    {
        var test = default(VoltageCollapse);
        for (var seconds = 0; seconds < 100; seconds++)
            test.Test(seconds, -0.3, Amperes, 0);
        for (var seconds = 100; seconds < 200; seconds++)
            Assert.False(test.Test(seconds, -0.06, Amperes / 5, 0));
    }
}
