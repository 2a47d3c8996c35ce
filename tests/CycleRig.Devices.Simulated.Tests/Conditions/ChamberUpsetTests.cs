using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Conditions;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

public sealed class ChamberUpsetTests
{
    private static readonly ImmutableArray<ChamberEvent> Events =
    [
        new DoorOpen(At(10), At(5)), new DoorOpen(At(12), At(1)),
        new HeaterStuckOn(At(20), At(10), 4), new HeaterStuckOn(At(25), At(10), 10),
        new ControllerDrift(At(40), At(10), 5), new ControllerDrift(At(60), At(10), -2),
        new TargetProgram(At(80), At(10), 30), new ProbeDrift(At(100), At(10), 0.4), new ProbeBreak(At(200), At(10)),
    ];

    [Fact]
    public void Nothing_acts_before_the_first_event() => Assert.Equal(default, ChamberUpset.At(Events, At(9)));

    [Theory]
    [InlineData(10, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public void A_door_is_open_as_long_as_any_opening_lasts(double seconds, bool open) => Assert.Equal(open, ChamberUpset.At(Events, At(seconds)).DoorOpen);

    [Theory]
    [InlineData(20, 4.0)]
    [InlineData(27, 10.0)]
    [InlineData(34, 10.0)]
    [InlineData(35, null)]
    public void Of_two_stuck_heaters_the_faster_counts(double seconds, double? rate) =>
        Assert.Equal(rate, ChamberUpset.At(Events, At(seconds)).StuckKelvinsPerMinute);

    [Fact]
    public void Drifts_add_up_and_stay()
    {
        Assert.Equal(2.5, ChamberUpset.At(Events, At(45)).ControllerKelvins, 1e-12);
        Assert.Equal(4, ChamberUpset.At(Events, At(65)).ControllerKelvins, 1e-12);
        var late = ChamberUpset.At(Events, At(205));
        Assert.Equal((3, 30, 0.4, true), (late.ControllerKelvins, late.ProgramKelvins, late.ProbeKelvins, late.ProbeBroken));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
