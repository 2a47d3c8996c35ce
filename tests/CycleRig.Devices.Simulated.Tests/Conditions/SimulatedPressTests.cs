using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Time;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

public sealed class SimulatedPressTests
{
    private static readonly PressRecipe FixedGap = new()
    {
        StartMegapascals = 5, StartCelsius = 30, ComplianceMegapascalsPerKelvin = 0.1, CreepShare = 0.01, BreathingMegapascalsPerMilliampereHour = 2,
    };

    private static readonly ImmutableArray<PressEvent> Eventful =
    [
        new PressLeak(At(500), At(1000), 0.05), new PressureSpike(At(990), At(30), 1), new PressOpening(At(1200), At(60)),
        new Retorque(At(900), At(300), 0.5), new CellCollapse(At(1500), 1, 0.4), new SensorDead(At(1800), At(5)),
    ];

    [Fact]
    public void It_reads_once_a_second_and_follows_its_target_after_twenty_seconds()
    {
        var (time, press, readings) = New(FixedGap with { CreepShare = 0 }, []);
        press.SetTarget(6);
        Run(time, 20);
        Assert.Equal(20, readings.Count);
        Assert.Equal(6 - (1 / Math.E), press.Megapascals, 1e-9);
        Assert.All(readings, reading => Assert.Equal((6, true), (reading.SetPoint, reading.Valid)));
    }

    [Fact]
    public void A_leak_is_not_made_good_until_the_target_is_raised()
    {
        var (time, press, _) = New(FixedGap with { CreepShare = 0 }, [new PressLeak(At(60), At(600), Math.Log(2) / 10)]);
        Run(time, 3600);
        Assert.Equal(2.5, press.Megapascals, 1e-9);
        press.SetTarget(10);
        Run(time, 4200);
        Assert.Equal(5, press.Megapascals, 1e-6);
    }

    [Fact]
    public void A_collapse_happens_once_and_the_neighbours_bear_it()
    {
        var (time, press, _) = New(FixedGap with { CreepShare = 0 }, [new CellCollapse(At(10), 1, 0.4)]);
        Run(time, 10);
        Assert.Equal(5, press.Model.MegapascalsOf(1), 1e-9);
        Run(time, 100);
        double[] expected = [6, 3, 6];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(cell => Math.Round(press.Model.MegapascalsOf(cell), 9)));
    }

    [Fact]
    public void The_stack_of_a_fixed_gap_feels_the_chamber_it_stands_in()
    {
        var (time, press, _) = New(FixedGap with { CreepShare = 0 }, [], new HeaterStuckOn(At(0), At(60), 10));
        Run(time, 60);
        // Behind a ramp of r the stack has r·(t - τ(1 - exp(-t/τ))), τ 180 s.
        var warmed = 10 / 60.0 * (60 - (180 * (1 - Math.Exp(-60 / 180.0))));
        Assert.Equal(5 + (0.1 * warmed), press.Megapascals, 0.01);
    }

    [Fact]
    public void Whatever_happens_pressures_and_valid_readings_are_numbers_and_none_is_negative() => AnyCondition.Press.Sample(
        events =>
        {
            var (time, press, readings) = New(FixedGap, events);
            Run(time, 1200);
            Assert.All(Enumerable.Range(0, 3), cell => Assert.InRange(press.Model.MegapascalsOf(cell), 0, 1e4));
            Assert.All(readings, reading => Assert.True(double.IsFinite(reading.Value) == reading.Valid && reading.Valid == reading.Fault is null));
        },
        iter: 200);

    [Fact]
    public void A_snapshot_in_the_middle_of_events_goes_on_with_the_same_numbers()
    {
        var (time, press, readings) = New(FixedGap, Eventful);
        press.Model.Breathe(2, 0.1);
        Run(time, 1000);
        var text = JsonSerializer.Serialize(press.Model.State, Options);
        var other = new PressModel(FixedGap, 3, new Draw(2, "other")) { State = JsonSerializer.Deserialize<PressState>(text, Options)! };
        readings.Clear();
        Run(time, 2000);
        var again = Enumerable.Range(1001, 1000).Select(second =>
        {
            foreach (var collapse in PressUpset.Collapses(Eventful, At(second - 1), At(second)))
                other.Collapse(collapse.Cell, collapse.Share);
            var upset = PressUpset.At(Eventful, At(second));
            other.Advance(1, 30, upset);
            return other.Read(upset);
        });
        Assert.Equal(readings, again);
        Assert.Equal(press.Model.MegapascalsOf(0), other.MegapascalsOf(0));
    }

    private static (DiscreteRigTime Time, SimulatedPress Press, List<ConditionReading> Readings) New(
        PressRecipe recipe, ImmutableArray<PressEvent> events, params ImmutableArray<ChamberEvent> ofTheChamber)
    {
        var time = new DiscreteRigTime(DateTimeOffset.UnixEpoch);
        var chamber = new SimulatedChamber("chamber-1", time, new(new() { StartCelsius = 30 }, new Draw(1, "chamber-1")), ofTheChamber);
        var press = new SimulatedPress("press-1", time, new(recipe, 3, new Draw(1, "press-1")), events, chamber);
        var readings = new List<ConditionReading>();
        press.Connect(readings.Add);
        return (time, press, readings);
    }

    private static void Run(DiscreteRigTime time, double until) => time.RunUntil(() => false, At(until));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
