using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Conditions;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Conditions;

public sealed class PressUpsetTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    public void A_leak_takes_its_share_of_what_is_there_every_minute_until_it_is_sealed(double share)
    {
        ImmutableArray<PressEvent> events = [new PressLeak(At(60), At(600), share)];
        Assert.Equal(0, Lost(60));
        // Over a short time the loss is the rate itself.
        Assert.Equal(share / 60, Lost(61), share / 60 * 0.01);
        Assert.Equal(1 - Math.Exp(-share * 5), Lost(360), 1e-12);
        Assert.Equal(1 - Math.Exp(-share * 10), Lost(660), 1e-12);
        Assert.Equal(Lost(660), Lost(1e5));

        double Lost(double seconds) => PressUpset.At(events, At(seconds)).LostShare;
    }

    [Fact]
    public void Two_leaks_take_from_what_the_other_leaves()
    {
        var half = Math.Log(2) / 10;
        var upset = PressUpset.At([new PressLeak(At(0), At(600), half), new PressLeak(At(0), At(600), half)], At(600));
        Assert.Equal(0.75, upset.LostShare, 1e-12);
    }

    [Fact]
    public void A_spike_decays_and_turned_bolts_stay()
    {
        ImmutableArray<PressEvent> events = [new PressureSpike(At(10), At(20), 2), new Retorque(At(1000), At(10), 0.5)];
        Assert.Equal(0, Added(9.9));
        Assert.Equal(2, Added(10), 1e-12);
        Assert.Equal(2 / Math.E, Added(30), 1e-12);
        Assert.Equal(0.25, Added(1005), 1e-9);
        Assert.Equal(0.5, Added(1e6), 1e-12);

        double Added(double seconds) => PressUpset.At(events, At(seconds)).AddedMegapascals;
    }

    [Fact]
    public void A_collapse_happens_in_one_step_only()
    {
        ImmutableArray<PressEvent> events = [new CellCollapse(At(5), 1, 0.3), new SensorDead(At(5), At(2))];
        Assert.Single(Enumerable.Range(0, 20), second => PressUpset.Collapses(events, At(second), At(second + 1)).Any());
        Assert.Equal((false, true, false), (Dead(4.9), Dead(5), Dead(7)));

        bool Dead(double seconds) => PressUpset.At(events, At(seconds)).SensorDead;
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
