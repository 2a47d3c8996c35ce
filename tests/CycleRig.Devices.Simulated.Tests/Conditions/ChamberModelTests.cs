using CycleRig.Core.Safety;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Draws;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

public sealed class ChamberModelTests
{
    /// <summary>As fast as it likes: the laws without their bounds.</summary>
    private static readonly ChamberRecipe Unbounded = new()
    {
        StartCelsius = 30, RampKelvinsPerMinute = 1e6, HeatingMaxKelvinsPerMinute = 1e6, CoolingMaxKelvinsPerMinute = 1e6,
    };

    [Fact]
    public void Without_a_lag_of_its_heater_the_air_follows_a_step_like_a_first_order_lag()
    {
        var chamber = New(Unbounded);
        chamber.State.TargetCelsius = 50;
        for (var seconds = 60; seconds <= 3600; seconds += 60)
        {
            chamber.Advance(60, default);
            // A step of a second is half a second of the 600 s: less than 0.01 K of the 20 K.
            Assert.Equal(50 - (20 * Math.Exp(-seconds / 600.0)), chamber.State.AirCelsius, 0.01);
        }
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void With_a_lag_of_its_heater_it_overshoots_as_its_damping_says(double damping)
    {
        var chamber = New(Unbounded with { HeaterLagSeconds = 600 / (4 * damping * damping) });
        chamber.State.TargetCelsius = 50;
        var (highest, at) = (0.0, 0);
        for (var second = 1; second <= 7200; second++)
        {
            chamber.Advance(1, default);
            if (chamber.State.AirCelsius > highest)
                (highest, at) = (chamber.State.AirCelsius, second);
        }

        // Textbook second order: peak exp(-πζ/√(1-ζ²)) at π/(ω√(1-ζ²)), ω = 1/√(lag · heater lag) = 2ζ/lag.
        var root = Math.Sqrt(1 - (damping * damping));
        Assert.Equal(50 + (20 * Math.Exp(-Math.PI * damping / root)), highest, 0.05);
        Assert.Equal(Math.PI * 600 / (2 * damping * root), at, 10.0);
        var envelope = 20 * Math.Exp(-2 * damping * damping * 7200 / 600) / root;
        Assert.Equal(50, chamber.State.AirCelsius, envelope + 0.01);
    }

    [Theory]
    [InlineData(30, 60)]
    [InlineData(60, 20)]
    public void Its_air_goes_no_faster_than_its_ramp(double start, double target)
    {
        var chamber = New(new() { StartCelsius = start, RampKelvinsPerMinute = 2 });
        chamber.State.TargetCelsius = target;
        var fastest = 0.0;
        for (var minute = 0; minute < 120; minute++)
        {
            var before = chamber.State.AirCelsius;
            chamber.Advance(60, default);
            fastest = Math.Max(fastest, Math.Abs(chamber.State.AirCelsius - before));
        }

        Assert.InRange(fastest, 1.2, 2);
        Assert.Equal(target, chamber.State.AirCelsius, 0.01);
    }

    [Fact]
    public void Its_heater_and_cooler_give_no_more_than_they_can()
    {
        var chamber = New(Unbounded with { HeatingMaxKelvinsPerMinute = 1, CoolingMaxKelvinsPerMinute = 0.5 });
        chamber.State.TargetCelsius = 150;
        chamber.Advance(600, default);
        Assert.Equal(40, chamber.State.AirCelsius, 1e-9);
        chamber.State.TargetCelsius = -40;
        chamber.Advance(600, default);
        Assert.Equal(35, chamber.State.AirCelsius, 1e-9);
    }

    [Fact]
    public void An_open_door_takes_the_air_towards_ambient_and_a_closed_one_lets_it_come_back()
    {
        var chamber = New(Unbounded with { StartCelsius = 60 });
        chamber.Advance(120, new() { DoorOpen = true });
        // Two currents: to 23 °C in 60 s and to 60 °C in 600 s; together a lag of 60·600/660 s towards the mean of the two rates.
        var rest = ((23 / 60.0) + (60 / 600.0)) / ((1 / 60.0) + (1 / 600.0));
        Assert.Equal(rest + ((60 - rest) * Math.Exp(-120 * 660 / 36000.0)), chamber.State.AirCelsius, 0.3);
        var fallen = chamber.State.AirCelsius;
        chamber.Advance(600, default);
        Assert.Equal(60 - ((60 - fallen) * Math.Exp(-1)), chamber.State.AirCelsius, 0.05);
        chamber.Advance(3600, default);
        Assert.Equal(60, chamber.State.AirCelsius, 0.1);
    }

    [Fact]
    public void A_heater_that_is_stuck_on_warms_at_its_rate_whatever_the_controller_says()
    {
        var chamber = New(new() { StartCelsius = 30 });
        chamber.State.TargetCelsius = -20;
        chamber.Advance(300, new() { StuckKelvinsPerMinute = 10 });
        Assert.Equal(80, chamber.State.AirCelsius, 1e-9);
        chamber.Advance(3600, new() { StuckKelvinsPerMinute = 10 });
        Assert.Equal(180, chamber.State.AirCelsius);
        chamber.Advance(60, default);
        Assert.Equal(175, chamber.State.AirCelsius, 1e-9);
    }

    [Fact]
    public void Air_goes_with_the_controller_and_the_probe_only_with_the_air()
    {
        var quiet = Unbounded with { ProbeNoiseKelvins = 0, ProbeOffsetMaxKelvins = 0 };
        var (drifted, program, misread) = (New(quiet), New(quiet), New(quiet));
        drifted.Advance(36000, new() { ControllerKelvins = 5 });
        program.Advance(36000, new() { ProgramKelvins = 5 });
        misread.Advance(36000, new() { ProbeKelvins = 5 });
        Assert.Equal((35, 35, 30), (Whole(drifted.State.AirCelsius), Whole(program.State.AirCelsius), Whole(misread.State.AirCelsius)));
        var (seen, planned, wrong) = (drifted.Read(new() { ControllerKelvins = 5 }), program.Read(new() { ProgramKelvins = 5 }), misread.Read(new() { ProbeKelvins = 5 }));
        Assert.Equal((35, 35, 35), (Whole(seen.Value), Whole(planned.Value), Whole(wrong.Value)));
        Assert.Equal((30, 35, 30), (seen.SetPoint, planned.SetPoint, wrong.SetPoint));

        static double Whole(double value) => Math.Round(value, 6);
    }

    [Fact]
    public void The_probe_is_fifteen_seconds_behind_the_air()
    {
        var chamber = New(new() { StartCelsius = 30 });
        chamber.Advance(120, new() { StuckKelvinsPerMinute = 6 });
        // Behind a ramp of 0.1 K/s a lag of 15 s stands 1.5 K back; steps of a second, half a second less.
        Assert.Equal(1.5, chamber.State.AirCelsius - chamber.State.ProbeCelsius, 0.06);
    }

    [Fact]
    public void Readings_have_the_offset_of_their_probe_and_twelve_millikelvins_of_noise()
    {
        var means = Enumerable.Range(1, 200).Select(seed =>
        {
            var chamber = new ChamberModel(new() { StartCelsius = 30 }, new Draw(seed, "chamber"));
            var errors = Enumerable.Range(0, 400).Select(_ => chamber.Read(default).Value - 30).ToList();
            var mean = errors.Average();
            Assert.Equal(0.012, Math.Sqrt(errors.Average(error => (error - mean) * (error - mean))), 0.0022); // Five standard errors.
            return mean;
        }).ToList();
        Assert.All(means, mean => Assert.InRange(mean, -0.153, 0.153));
        Assert.Equal(0.15 / Math.Sqrt(3), Math.Sqrt(means.Average(mean => mean * mean)), 0.015);
    }

    [Fact]
    public void A_broken_probe_says_so_and_the_supervisor_trips_on_the_second_reading()
    {
        var chamber = New(new() { StartCelsius = 30 });
        var device = new WatchedDevice("chamber-1", Permit.Chamber, Reason.TripChamber, 10, 55, "°C");
        var watch = DeviceWatch.Unread;
        foreach (var (second, isBroken, isHeld) in new[] { (0, false, true), (1, true, true), (2, true, false) })
        {
            var reading = chamber.Read(new() { ProbeBroken = isBroken });
            Assert.Equal(isBroken, !reading.Valid);
            watch = SupervisorMachine.Read(watch, device, reading.Value, reading.Valid ? null : reading.Fault, TimeSpan.FromSeconds(second));
            Assert.Equal(isHeld, watch.Held);
        }

        Assert.Contains("probe is open", watch.Tripped!.Detail, StringComparison.Ordinal);
    }

    private static ChamberModel New(ChamberRecipe recipe) => new(recipe, new Draw(1, "chamber-1"));
}
