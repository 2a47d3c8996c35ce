using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using Xunit;

namespace CycleRig.Devices.Tests.Links;

/// <summary>The session's messages, the same over memory and over a socket, in real time.</summary>
public sealed class DeviceLinkTests
{
    public static TheoryData<bool> OverSocket => [false, true];

    [Theory]
    [MemberData(nameof(OverSocket))]
    public async Task Events_arrive_in_order_without_a_hole(bool overSocket)
    {
        await using var rig = new DeviceRig(overSocket);
        await rig.PlateAsync(DeviceRig.Allowed);
        await DeviceRig.Until(() => rig.Received<SampleMeasured>().Count > 5, "samples");
        var ordinals = rig.Received<SessionEvent>().Select(happened => happened.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(0, ordinals.Count).Select(i => ordinals[0] + i), ordinals);
    }

    [Theory]
    [MemberData(nameof(OverSocket))]
    public async Task A_finish_turns_off_without_a_stop_number_and_a_stop_raises_it(bool overSocket)
    {
        await using var rig = new DeviceRig(overSocket);
        await rig.PlateAsync(DeviceRig.Allowed);
        rig.Host.Send(DeviceRig.Channel, new CellOff(Finish: true, new(Reason.Completed, TimeSpan.Zero, "done")));
        await DeviceRig.Until(() => rig.Received<OffConfirmed>().Count > 1, "the finish");
        Assert.Empty(rig.Received<SessionStopped>());
        rig.Host.Send(DeviceRig.Channel, new CellOff(Finish: false, new(Reason.OperatorHalt, TimeSpan.Zero, "halt")));
        await DeviceRig.Until(() => rig.Received<SessionStopped>().Count > 0, "the stop");
        Assert.Equal(rig.Received<Attached>()[^1].StopNumber + 1, rig.Received<SessionStopped>()[^1].StopNumber);
    }

    [Theory]
    [MemberData(nameof(OverSocket))]
    public async Task A_new_host_takes_the_channel_and_the_former_ones_token_is_void(bool overSocket)
    {
        await using var rig = new DeviceRig(overSocket);
        await rig.PlateAsync(DeviceRig.Allowed);
        var former = rig.Token;
        rig.RestartHost();
        rig.Host.Attach(DeviceRig.Channel);
        await DeviceRig.Until(() => rig.Received<Attached>().Any(attached => attached.Token.Counter > former.Counter), "the new owner");
        var attached = rig.Received<Attached>()[^1];
        Assert.Equal(former.BootId, attached.Token.BootId);
        Assert.Equal(Reason.LeaseLost, attached.Stops[^1].Cause.Reason);
        await DeviceRig.Until(() => rig.Received<OffConfirmed>().Count > 0, "the cell to be off");
        rig.Host.Send(DeviceRig.Channel, new GrantAllowance(former, attached.StopNumber, DeviceRig.Allowed, "op", NewRun: true));
        rig.Host.Send(DeviceRig.Channel, new GrantAllowance(attached.Token, attached.StopNumber, DeviceRig.Allowed, "op", NewRun: true));
        // Over a socket the former owner's grant, which nobody called durable, has come again too: it is older.
        await DeviceRig.Until(() => Anew().Any(), "the grant to the new owner");
        Assert.Equal(attached.StopNumber, Assert.Single(Anew()).StopNumber);

        IEnumerable<Granted> Anew() => rig.Received<Granted>().Where(granted => granted.Ordinal > attached.Ordinal);
    }

    [Fact]
    public async Task What_was_not_called_durable_comes_again_over_a_new_connection()
    {
        await using var rig = new DeviceRig(overSocket: true);
        await rig.PlateAsync(DeviceRig.Allowed);
        await DeviceRig.Until(() => rig.Received<SampleMeasured>().Count > 3, "samples");
        var samples = rig.Received<SampleMeasured>();
        rig.Host.Durable(DeviceRig.Channel, samples[1].Ordinal);
        rig.Host.Send(DeviceRig.Channel, new CellOff(Finish: true, new(Reason.Completed, TimeSpan.Zero, "done")));
        await DeviceRig.Until(() => rig.Received<OffConfirmed>().Count > 1, "the order behind the note");
        rig.RestartHost();
        rig.Host.Attach(DeviceRig.Channel);
        await DeviceRig.Until(() => rig.Received<Attached>().Any(attached => attached.Ordinal > samples[^1].Ordinal), "the new owner");
        Assert.Equal(samples[2].Sample, rig.Received<SampleMeasured>()[0].Sample);
    }

    [Fact]
    public async Task A_halt_at_the_socket_needs_no_owner_and_says_what_is_off()
    {
        await using var rig = new DeviceRig(overSocket: true);
        await rig.PlateAsync(DeviceRig.Allowed);
        Assert.All(DeviceHostServer.SendHalt(rig.SocketPath), cell => Assert.True(cell.IsOff));
        await DeviceRig.Until(() => rig.Received<SessionStopped>().Count > 0, "the stop");
        Assert.Equal(Reason.OperatorHalt, rig.Received<SessionStopped>()[^1].Cause.Reason);
    }

    [Fact]
    public async Task A_second_device_host_on_a_socket_is_refused()
    {
        await using var rig = new DeviceRig(overSocket: true);
        var other = new DeviceHost(Guid.CreateVersion7(), new Time.DiscreteRigTime(DateTimeOffset.UnixEpoch), [], []);
        Assert.Throws<DeviceHostRunningException>(() => new DeviceHostServer(other, new Time.DiscreteRigTime(DateTimeOffset.UnixEpoch), rig.SocketPath, _ => { }));
    }
}
