using CycleRig.EarlyWarning.Detection;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Detection;

public sealed class ThermalLagTests
{
    [Fact]
    public void Behind_a_step_the_cell_has_come_a_share_of_one_over_e_near_after_its_time_constant()
    {
        // The thermometer steps by 10 K within a millisecond; then it holds.
        var at = Follow(At(0, 20, 20), At(0.001, 30, 0));
        at = Follow(at, At(ThermalLag.Seconds + 0.001, 30, 0));
        Assert.Equal(30 - (10 * Math.Exp(-1)), at.LaggedCelsius, 1e-3);
        Assert.True(at.FastCelsius > at.LaggedCelsius && at.SlowCelsius < at.LaggedCelsius);
    }

    [Fact]
    public void On_a_long_ramp_the_cell_is_rate_times_time_constant_behind()
    {
        // 6 K/h for 5 h: 200 s behind are a third of a kelvin.
        var at = At(0, 20, 20);
        for (var minute = 1; minute <= 300; minute++)
            at = Follow(at, At(minute * 60, 20 + (0.1 * minute), 0));
        Assert.Equal(0.1 / 60 * ThermalLag.Seconds, at.Celsius - at.LaggedCelsius, 1e-6);
    }

    [Fact]
    public void Sweeps_of_any_spacing_on_a_ramp_give_the_same()
    {
        var fine = At(0, 20, 20);
        for (var i = 1; i <= 100; i++)
            fine = Follow(fine, At(i * 10, 20 + (0.05 * i), 0));
        var coarse = Follow(At(0, 20, 20), At(1000, 25, 0));
        Assert.Equal(fine.LaggedCelsius, coarse.LaggedCelsius, 1e-9);
    }

    private static SweepConditions Follow(SweepConditions last, SweepConditions next) => ThermalLag.Follow(last, next);

    private static SweepConditions At(double seconds, double celsius, double lagged) => new(seconds, celsius, lagged, lagged, lagged, 0, 0, 0);
}
