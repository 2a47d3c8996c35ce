using CycleRig.Core.Safety;
using Xunit;

namespace CycleRig.Core.Tests.Safety;

public sealed class SupervisorMachineTests
{
    private static readonly WatchedDevice Press = new("press-1", Permit.Press, Reason.TripPress, 3.5, 7, "MPa");

    [Fact]
    public void The_second_reading_outside_trips_and_the_trip_stays_when_the_value_comes_back()
    {
        var watch = Read(DeviceWatch.Unread, 5, 0);
        watch = Read(watch, 3.4, 1);
        Assert.True(watch.Held);
        watch = Read(watch, 3.4, 2);
        Assert.Equal(Reason.TripPress, watch.Tripped?.Reason);
        watch = Read(watch, 5, 3);
        Assert.False(watch.Held);
        Assert.True(SupervisorMachine.Acknowledge(watch).Next.Held);
    }

    [Fact]
    public void A_trip_is_not_acknowledged_while_the_value_is_outside()
    {
        var watch = Read(Read(Read(DeviceWatch.Unread, 5, 0), 1, 1), 1, 2);
        Assert.NotNull(SupervisorMachine.Acknowledge(watch).Refusal);
    }

    [Fact]
    public void A_press_that_was_never_loaded_gives_no_permit_and_does_not_trip()
    {
        var watch = Read(Read(DeviceWatch.Unread, 0, 0), 0, 1);
        Assert.False(watch.Held);
        Assert.Null(watch.Tripped);
    }

    [Fact]
    public void No_reading_for_more_than_three_seconds_trips()
    {
        var watch = Read(DeviceWatch.Unread, 5, 0);
        Assert.True(SupervisorMachine.Tick(watch, Press, TimeSpan.FromSeconds(3)).Held);
        Assert.NotNull(SupervisorMachine.Tick(watch, Press, TimeSpan.FromSeconds(3.1)).Tripped);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_that_is_no_number_is_outside(double value) =>
        Assert.NotNull(Read(Read(Read(DeviceWatch.Unread, 5, 0), value, 1), value, 2).Tripped);

    private static DeviceWatch Read(DeviceWatch watch, double value, int seconds) =>
        SupervisorMachine.Read(watch, Press, value, null, TimeSpan.FromSeconds(seconds));
}
