using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Draws;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

public sealed class PressModelTests
{
    private static readonly PressRecipe Pneumatic = new() { StartMegapascals = 5, StartCelsius = 30 };

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    public void It_follows_its_set_point_like_a_first_order_lag(double lag)
    {
        var press = New(Pneumatic with { LagSeconds = lag });
        press.State.TargetMegapascals = 8;
        for (var second = 1; second <= 600; second++)
        {
            press.Advance(1, 30, default);
            Assert.Equal(8 - (3 * Math.Exp(-second / lag)), press.State.Megapascals, 1e-9);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void A_fixed_gap_adds_its_compliance_for_each_kelvin_of_the_stack(double megapascalsPerKelvin)
    {
        var press = New(Pneumatic with { ComplianceMegapascalsPerKelvin = megapascalsPerKelvin, StackLagSeconds = 180 });
        press.Advance(180, 40, default);
        // The stack has 1 - 1/e of the ten kelvins.
        Assert.Equal(5 + (10 * megapascalsPerKelvin * (1 - Math.Exp(-1))), press.State.Megapascals, 1e-9);
        press.Advance(36000, 40, default);
        Assert.Equal(5 + (10 * megapascalsPerKelvin), press.State.Megapascals, 1e-9);
    }

    [Fact]
    public void Creep_takes_its_share_in_the_first_hour_most_of_it_early_and_ever_less()
    {
        var press = New(Pneumatic with { CreepShare = 0.02 });
        press.Advance(1, 30, default);
        Assert.InRange(press.State.Megapascals, 5 * 0.9995, 5);
        press.Advance(1799, 30, default);
        var half = press.State.Megapascals;
        press.Advance(1800, 30, default);
        Assert.Equal(5 * 0.98, press.State.Megapascals, 1e-9);
        Assert.InRange((half - press.State.Megapascals) / (5 - half), 0.1, 0.3);
    }

    [Fact]
    public void A_population_of_fixed_gaps_stays_within_the_stated_ranges()
    {
        var draw = new Draw(1, "presses");
        foreach (var recipe in Enumerable.Range(0, 200).Select(_ => PressRecipe.FixedGap(draw)))
        {
            Assert.InRange(recipe.LagSeconds, 20, 300);
            var press = New(recipe with { StartMegapascals = 5, StartCelsius = 30, BreathingMegapascalsPerMilliampereHour = 0 });
            press.Advance(3600, 30, default);
            Assert.InRange(press.State.Megapascals, 5 * 0.98, 5);
            press.State.StackCelsius = 31;
            var crept = press.State.Megapascals;
            press.Advance(0, 31, default);
            Assert.InRange(press.State.Megapascals - crept, 0.05, 0.2);
        }
    }

    [Fact]
    public void What_is_plated_in_one_cell_is_felt_by_all()
    {
        var press = New(Pneumatic with { BreathingMegapascalsPerMilliampereHour = 2 }, cells: 3);
        press.Breathe(0, 0.05);
        press.Breathe(2, 0.1);
        press.Advance(1, 30, default);
        Assert.All(Enumerable.Range(0, 3), cell => Assert.Equal(5.3, press.MegapascalsOf(cell), 1e-9));
        press.Breathe(2, 0);
        press.Advance(1, 30, default);
        Assert.Equal(5.1, press.MegapascalsOf(1), 1e-9);
    }

    [Fact]
    public void A_cell_that_gives_way_leaves_its_load_to_the_others_at_once()
    {
        var press = New(Pneumatic, cells: 4);
        press.Collapse(1, 0.6);
        double[] expected = [6, 2, 6, 6];
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(cell => Math.Round(press.MegapascalsOf(cell), 9)));
        press.Advance(600, 30, default);
        Assert.Equal(20, Enumerable.Range(0, 4).Sum(press.MegapascalsOf), 1e-9);
    }

    [Fact]
    public void A_cell_alone_that_gives_way_is_pressed_again()
    {
        var press = New(Pneumatic);
        press.Collapse(0, 0.4);
        Assert.Equal(3, press.MegapascalsOf(0), 1e-9);
        press.Advance(20, 30, default);
        Assert.Equal(5 - (2 * Math.Exp(-1)), press.MegapascalsOf(0), 1e-9);
    }

    [Fact]
    public void An_open_press_has_no_pressure_and_a_closed_one_loads_the_stack_anew()
    {
        var press = New(Pneumatic with { ComplianceMegapascalsPerKelvin = 0.1, CreepShare = 0.02, BreathingMegapascalsPerMilliampereHour = 2 });
        press.Breathe(0, 0.1);
        press.Advance(3600, 40, default);
        press.Advance(60, 40, new() { Open = true });
        Assert.Equal(0, press.State.Megapascals);
        Assert.Equal(0, press.Read(default).Value);
        press.Advance(20, 40, default);
        // The drive has 1 - 1/e of its way; neither the old warmth nor the old metal counts, and creep has begun again.
        Assert.Equal(5 * (1 - Math.Exp(-1)) * (1 - (0.02 * Math.Log(1 + (20 / 60.0)) / Math.Log(61))), press.State.Megapascals, 1e-4);
    }

    [Fact]
    public void A_warm_stack_does_not_press_on_plates_that_do_not_touch_it()
    {
        var press = New(Pneumatic with { StartMegapascals = 0, ComplianceMegapascalsPerKelvin = 0.2 });
        press.Advance(3600, 90, default);
        Assert.Equal(0, press.State.Megapascals);
    }

    [Fact]
    public void Readings_scatter_by_a_third_of_a_percent()
    {
        var press = New(Pneumatic);
        var errors = Enumerable.Range(0, 10_000).Select(_ => (press.Read(default).Value / 5) - 1).ToList();
        Assert.Equal(0.003, Math.Sqrt(errors.Average(error => error * error)), 0.003 * 5 / Math.Sqrt(20_000));
    }

    [Fact]
    public void A_dead_sensor_and_an_overload_say_so_and_the_supervisor_trips_on_the_second_reading()
    {
        var press = New(Pneumatic);
        Assert.Contains("no signal", Trip(() => press.Read(new() { SensorDead = true })), StringComparison.Ordinal);
        press.State.Megapascals = 25;
        Assert.Contains("above 20 MPa", Trip(() => press.Read(default)), StringComparison.Ordinal);
    }

    private static string Trip(Func<ConditionReading> read)
    {
        var device = new WatchedDevice("press-1", Permit.Press, Reason.TripPress, 3.5, 7, "MPa");
        var watch = SupervisorMachine.Read(DeviceWatch.Unread, device, 5, null, TimeSpan.Zero);
        for (var second = 1; second <= 2; second++)
        {
            Assert.True(watch.Held);
            var reading = read();
            Assert.False(reading.Valid);
            watch = SupervisorMachine.Read(watch, device, reading.Value, reading.Fault, TimeSpan.FromSeconds(second));
        }

        return watch.Tripped!.Detail;
    }

    private static PressModel New(PressRecipe recipe, int cells = 1) => new(recipe, cells, new Draw(1, "press-1"));
}
