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

public sealed class SimulatedChamberTests
{
    private static readonly ImmutableArray<ChamberEvent> Eventful =
    [
        new DoorOpen(At(900), At(200)), new HeaterStuckOn(At(1500), At(60), 10), new ControllerDrift(At(500), At(1000), 3),
        new TargetProgram(At(100), At(1200), 10), new ProbeDrift(At(0), At(3000), 1), new ProbeBreak(At(1800), At(5)),
    ];

    [Fact]
    public void It_reads_once_a_second_and_follows_its_target_after_ten_minutes()
    {
        var (time, chamber, readings) = New([]);
        chamber.SetTarget(32);
        Run(time, 600);
        Assert.Equal(600, readings.Count);
        Assert.All(readings, reading => Assert.Equal((32, true, null), (reading.SetPoint, reading.Valid, reading.Fault)));
        Assert.Equal(32 - (2 / Math.E), chamber.Celsius, 0.02);
    }

    [Fact]
    public void A_broken_probe_gives_invalid_readings_as_long_as_it_lasts()
    {
        var (time, _, readings) = New([new ProbeBreak(At(10), At(5))]);
        Run(time, 20);
        Assert.Equal([10, 11, 12, 13, 14], Enumerable.Range(1, 20).Where(second => !readings[second - 1].Valid));
    }

    [Fact]
    public void Whatever_happens_air_and_valid_readings_are_numbers_within_what_the_chamber_can_reach() => AnyCondition.Chamber.Sample(
        events =>
        {
            var (time, chamber, readings) = New(events);
            Run(time, 1200);
            Assert.InRange(chamber.Celsius, -40, 180);
            Assert.All(readings, reading => Assert.True(double.IsFinite(reading.SetPoint) && double.IsFinite(reading.Value) == reading.Valid));
        },
        iter: 200);

    [Fact]
    public void A_snapshot_in_the_middle_of_events_goes_on_with_the_same_numbers()
    {
        var (time, chamber, readings) = New(Eventful);
        Run(time, 1000);
        var text = JsonSerializer.Serialize(chamber.Model.State, Options);
        var other = new ChamberModel(new() { StartCelsius = -10 }, new Draw(2, "other")) { State = JsonSerializer.Deserialize<ChamberState>(text, Options)! };
        readings.Clear();
        Run(time, 2000);
        var again = Enumerable.Range(1001, 1000).Select(second =>
        {
            var upset = ChamberUpset.At(Eventful, At(second));
            other.Advance(1, upset);
            return other.Read(upset);
        });
        Assert.Equal(readings, again);
    }

    private static (DiscreteRigTime Time, SimulatedChamber Chamber, List<ConditionReading> Readings) New(ImmutableArray<ChamberEvent> events)
    {
        var time = new DiscreteRigTime(DateTimeOffset.UnixEpoch);
        var chamber = new SimulatedChamber("chamber-1", time, new(new() { StartCelsius = 30 }, new Draw(1, "chamber-1")), events);
        var readings = new List<ConditionReading>();
        chamber.Connect(readings.Add);
        return (time, chamber, readings);
    }

    private static void Run(DiscreteRigTime time, double until) => time.RunUntil(() => false, At(until));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
