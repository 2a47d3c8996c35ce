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
            Assert.False(test.Test(seconds, -0.3, Amperes, Amperes, 1.57e-6));
        // 440 Ω of filament against 19 kΩ of cell: 7 mV are left.
        Assert.False(test.Test(seconds, -0.007, Amperes, Amperes, 1.57e-6));
        Assert.True(test.Test(seconds + interval, -0.007, Amperes, Amperes, 1.57e-6));
    }

    [Fact]
    public void The_sine_of_a_sweep_and_better_contact_are_no_collapse() => Gen.Select(Gen.Double[0, 6.28], Gen.Double[10, 600], Gen.Bool).Sample((phase, tau, negative) =>
    {
        var test = default(VoltageCollapse);
        for (var seconds = 0.0; seconds < 1800; seconds += 1)
        {
            // 1.06 V falls to 0.31 V as R_int goes from 2000 to 500 Ω cm², with a sine of a tenth of the current on it.
            var level = 0.31 + (0.75 * Math.Exp(-seconds / tau));
            var volts = level * (1 + (0.1 * Math.Sin(phase + (seconds * 2.3))));
            Assert.False(test.Test(seconds, negative ? -volts : volts, negative ? Amperes : -Amperes, negative ? Amperes : -Amperes, 1.57e-6));
        }
    });

    /// <summary>A filament that takes a minute to short the cell: 0.3 V go to 0.05 V with a time constant of 5 to 30 s, under a sine of a tenth of the current.</summary>
    [Fact]
    public void A_short_that_takes_a_minute_is_found() => Gen.Select(Gen.Double[0, 6.28], Gen.Double[5, 30], Gen.Double[300, 3000]).Sample((phase, tau, plated) =>
    {
        var test = default(VoltageCollapse);
        var seconds = 0.0;
        for (; seconds < plated; seconds++)
            Assert.False(test.Test(seconds, -0.3 * (1 + (0.1 * Math.Sin(phase + (seconds * 2.3)))), Amperes, Amperes, 1.57e-6));
        for (; seconds < plated + (3 * tau); seconds++)
        {
            var volts = 0.05 + (0.25 * Math.Exp(-(seconds - plated) / tau));
            if (test.Test(seconds, -volts * (1 + (0.1 * Math.Sin(phase + (seconds * 2.3)))), Amperes, Amperes, 1.57e-6))
                return;
        }

        Assert.Fail("the voltage went to a sixth within minutes, and nothing was said");
    });

    /// <summary>Contact that improves from 3000 to 300 Ω cm², as fast as may be, and voids that heal are none.</summary>
    [Fact]
    public void Contact_that_improves_tenfold_is_no_collapse() => Gen.Double[2, 1500].Sample(tau =>
    {
        var test = default(VoltageCollapse);
        // The first seconds of a current are left to the limits of voltage: the fast level trusts nothing before 10 s.
        for (var seconds = 0.0; seconds < 3600; seconds++)
            Assert.False(seconds > 60 && test.Test(seconds, -(0.19 + (1.35 * Math.Exp(-seconds / tau))), Amperes, Amperes, 0));
    });

    /// <summary>A sine of three quarters of a small current, slow enough to be seen in both: current and voltage go to a quarter together.</summary>
    [Fact]
    public void A_slow_sine_that_is_large_against_the_current_is_no_collapse() => Gen.Select(Gen.Double[0, 6.28], Gen.Double[0.3, 3]).Sample((phase, omega) =>
    {
        var test = default(VoltageCollapse);
        for (var seconds = 0.0; seconds < 900; seconds++)
        {
            var factor = 1 + (0.77 * Math.Sin(phase + (omega * seconds)));
            Assert.False(test.Test(seconds, -0.3 * factor, -4e-6 * factor, -4e-6, 3.1e-6));
        }
    });

    [Fact]
    public void A_change_of_current_is_no_collapse()
    {
        var test = default(VoltageCollapse);
        for (var seconds = 0; seconds < 100; seconds++)
            test.Test(seconds, -0.3, Amperes, Amperes, 0);
        for (var seconds = 100; seconds < 200; seconds++)
            Assert.False(test.Test(seconds, -0.06, Amperes / 5, Amperes / 5, 0));
    }
}
