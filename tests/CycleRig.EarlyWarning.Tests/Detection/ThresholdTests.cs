using CsCheck;
using CycleRig.EarlyWarning.Detection;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

public sealed class ThresholdTests
{
    [Fact]
    public void One_false_halt_in_a_thousand_hours_at_a_sweep_a_minute_is_the_anchor() =>
        Assert.Equal(Threshold.Unmodelled * 4.43, Threshold.Sigmas(1, 60), 3); // docs/early-warning.md: 4.43 σ is one false burst in 60,000 sweeps.

    [Fact]
    public void Ten_times_fewer_false_halts_add_twice_the_logarithm_of_ten_to_the_square() =>
        Assert.Equal((4.43 * 4.43) + (2 * Math.Log(10)), Math.Pow(Threshold.Sigmas(0.1, 60) / Threshold.Unmodelled, 2), 9); // ln(ARL) grows with T²/2.

    [Fact]
    public void Fewer_false_halts_or_more_sweeps_never_lower_the_threshold() =>
        Gen.Select(Gen.Double[0.001, 100], Gen.Double[1, 600], Gen.Double[1, 10]).Sample((rate, sweeps, more) =>
            Threshold.Sigmas(rate / more, sweeps) >= Threshold.Sigmas(rate, sweeps)
            && Threshold.Sigmas(rate, sweeps * more) >= Threshold.Sigmas(rate, sweeps));

    [Fact]
    public void No_rate_lowers_the_threshold_below_three_standard_deviations() => Assert.Equal(3 * Threshold.Unmodelled, Threshold.Sigmas(1e6, 1), 9);
}
