using CsCheck;
using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

public sealed class GuardTests
{
    private const double Armed = -15.7e-6;

    private static readonly Sample Good = new(0, Armed, -0.3, 30, 5, 0);

    [Fact]
    public void The_second_invalid_reading_in_a_row_is_a_cause_whatever_makes_it_invalid() =>
        Gen.Select(Gen.Int[0, 4].Select(i => new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e9, -1e9 }[i]), Gen.Int[0, 1]).Sample((value, field) =>
        {
            var guard = New();
            var bad = field == 0 ? Good with { Volts = value } : Good with { CurrentAmperes = value };
            Assert.Null(guard.Judge(bad, Armed, 0));
            Assert.False(guard.LastWasValid);
            Assert.Equal(Reason.InvalidSample, guard.Judge(bad, Armed, 0));
        });

    [Fact]
    public void A_reading_that_is_no_number_never_counts_as_safe() => Gen.Int[0, 4].Sample(field =>
    {
        var guard = New();
        var nan = field switch
        {
            0 => Good with { Volts = double.NaN },
            1 => Good with { CurrentAmperes = double.NaN },
            2 => Good with { TemperatureCelsius = double.NaN },
            3 => Good with { PressureMegapascals = double.NaN },
            _ => Good with { TimeSeconds = double.NaN },
        };
        guard.Judge(nan, Armed, 0);
        Assert.False(guard.LastWasValid);
    });

    [Fact]
    public void A_dead_sensor_of_the_press_names_the_press_and_hides_no_current_through_a_cell_that_is_off()
    {
        var dead = Good with { PressureMegapascals = double.NaN };
        var guard = New();
        Assert.Null(guard.Judge(dead, Armed, 0));
        Assert.Equal(Reason.LimitPressure, guard.Judge(dead with { Volts = -0.31 }, Armed, 0));
        Assert.Null(guard.Judge(dead, double.NaN, 0));
        Assert.Equal(Reason.CurrentWhileOff, guard.Judge(dead, double.NaN, 0));
    }

    [Fact]
    public void A_current_that_is_read_at_less_than_half_of_what_is_ordered_for_five_seconds_is_a_fault() =>
        Gen.Select(Gen.Double[0, 0.49], Gen.Double[0.5, 1], Gen.Double[1, 4]).Sample((low, enough, seconds) =>
        {
            Assert.Null(Reading(low, 5));
            Assert.Equal(Reason.DeviceFault, Reading(low, 5.2));
            Assert.Null(Reading(enough, 60));
            // A pause in it begins anew.
            var guard = New();
            Assert.Null(Reading(low, 5, guard));
            Assert.Null(Reading(enough, 0.1, guard, 5.1));
            Assert.Null(Reading(low, seconds, guard, 5.3));
        });

    /// <summary>The last verdict on samples with a share of the ordered current, ten a second, the voltage never the same twice.</summary>
    private static Reason? Reading(double share, double seconds, Guard? guard = null, double from = 0)
    {
        guard ??= New();
        Reason? reason = null;
        for (var i = 0; i / 10.0 <= seconds && reason is null; i++)
            reason = guard.Judge(Good with { TimeSeconds = from + (i / 10.0), CurrentAmperes = share * Armed, Volts = -0.3 - (1e-5 * (i % 2)) }, Armed, 0);
        return reason;
    }

    [Fact]
    public void A_voltage_outside_the_window_is_a_cause_at_once() => Gen.Double[5.001, 11.9].Sample(volts =>
        Assert.Equal(Reason.LimitVoltage, New().Judge(Good with { Volts = volts }, Armed, 0)));

    [Fact]
    public void Heat_and_lost_pressure_are_causes_at_the_second_reading()
    {
        foreach (var (sample, reason) in new[]
        {
            (Good with { TemperatureCelsius = 61 }, Reason.LimitTemperature), (Good with { PressureMegapascals = 0.9 }, Reason.LimitPressure),
        })
        {
            var guard = New();
            Assert.Null(guard.Judge(sample, Armed, 0));
            Assert.Equal(reason, guard.Judge(sample with { Volts = -0.31 }, Armed, 0));
        }
    }

    [Fact]
    public void A_frozen_reading_is_a_cause()
    {
        var guard = New();
        Reason? found = null;
        var readings = 0;
        while (found is null && readings < 1000)
            found = guard.Judge(Good with { TimeSeconds = ++readings * 0.1 }, Armed, 0);
        Assert.Equal(Reason.FrozenSample, found);
        Assert.Equal(101, readings);
    }

    [Fact]
    public void Current_through_a_cell_that_is_off_is_a_cause_at_the_second_reading()
    {
        var guard = New();
        Assert.Null(guard.Judge(Good, double.NaN, 0));
        Assert.Equal(Reason.CurrentWhileOff, guard.Judge(Good, double.NaN, 0));
    }

    [Fact]
    public void Current_through_a_cell_that_is_off_is_found_whatever_its_voltage() => Gen.Double[-11.9, 11.9].Sample(volts =>
    {
        var guard = New();
        var stuck = Good with { Volts = volts };
        guard.Judge(stuck, double.NaN, 0);
        Assert.Equal(Reason.CurrentWhileOff, guard.Judge(stuck, double.NaN, 0));
        Assert.Equal(Reason.LimitCurrent, New().Judge(stuck with { CurrentAmperes = 1e-3 }, double.NaN, 0));
    });

    [Fact]
    public void Judging_allocates_nothing()
    {
        var guard = New();
        guard.Judge(Good, Armed, 0);
        Assert.Equal(0, AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < 10_000; i++)
                guard.Judge(Good with { TimeSeconds = i * 0.1, Volts = -0.3 - (i * 1e-9) }, Armed, 1e-6);
        }));
    }

    private static Guard New() => new(new(Plans.Cell.Limits, Current.FromMilliamperes(10), new(12), Current.FromMicroamperes(1), 100));
}
