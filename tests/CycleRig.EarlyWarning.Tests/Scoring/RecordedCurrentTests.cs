using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Scoring;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scoring;

public sealed class RecordedCurrentTests
{
    private const double Area = 0.5;

    /// <summary>Ten minutes of rest, an hour at -1 mA/cm², half an hour at +2 mA/cm²; a sample a second, the first of each step at its begin.</summary>
    private static RecordedCurrent Steps(Func<int, double>? clock = null) => new(
        Enumerable.Range(0, 6001).Select(k => new Sample(clock?.Invoke(k) ?? k, k < 600 ? 0 : k < 4200 ? -Area * 1e-3 : Area * 2e-3, 0.1, 30, 5, 0)), Area);

    [Fact]
    public void Hours_are_those_with_current_before_a_time()
    {
        Assert.Equal(1.5, Steps().HoursUntil(double.PositiveInfinity), 1e-9);
        Assert.Equal(0.5, Steps().HoursUntil(2400), 1e-9);
        Assert.Equal(0, Steps().HoursUntil(600), 1e-9);
    }

    [Fact]
    public void A_clock_that_jumps_makes_no_hours_and_no_charge()
    {
        var jumped = Steps(k => k < 2000 ? k : k + 3600);
        Assert.Equal(1.5 - (1 / 3600.0), jumped.HoursUntil(double.PositiveInfinity), 1e-9);
        Assert.Equal(599 / 3600.0, jumped.ChargeBetween(1700, 5900), 1e-9);
    }

    /// <summary>Whatever the direction: a quarter of an hour at 1 and one at 2 mA/cm², with the trapezoid of the change between.</summary>
    [Fact]
    public void Charge_is_the_area_under_the_magnitude_per_square_centimetre()
    {
        Assert.Equal(0.5, Steps().ChargeBetween(1200, 3000), 1e-9);
        Assert.Equal(0.5 / 3600, Steps().ChargeBetween(1200.25, 1200.75), 1e-12);
        Assert.Equal(((900 * 1) + (900 * 2) - 0.5 + 1) / 3600, Steps().ChargeBetween(3300, 5100), 1 / 3600.0);
        Assert.Equal(0, Steps().ChargeBetween(3000, 3000));
    }

    [Fact]
    public void The_density_is_the_usual_one_while_current_flows()
    {
        Assert.Equal(1, Steps().MilliamperesPerSquareCentimetre, 1e-9);
        Assert.Equal(0, new RecordedCurrent([new(0, 0, 0, 30, 5, 0)], Area).MilliamperesPerSquareCentimetre);
    }

    [Fact]
    public void Samples_behind_a_time_are_counted_and_the_end_is_never_reached()
    {
        Assert.Equal(101, Steps().SampleAfter(100, 1));
        Assert.Equal(102, Steps().SampleAfter(100, 2));
        Assert.Equal(101, Steps().SampleAfter(99.5, 2));
        Assert.Equal(double.PositiveInfinity, Steps().SampleAfter(5999, 2));
    }

    [Fact]
    public void Samples_may_come_in_any_order_and_with_holes()
    {
        Sample[] samples = [new(20, -1e-3, 0, 30, 5, 0), new(double.NaN, 1, 0, 30, 5, 0), new(0, -1e-3, 0, 30, 5, 0), new(10, double.NaN, 0, 30, 5, 0)];
        Assert.Equal(20 / 3600.0, new RecordedCurrent(samples, 1).HoursUntil(100), 1e-12);
    }
}
