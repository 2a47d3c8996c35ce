using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Devices.Links;
using CycleRig.Devices.Time;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Tests.Links;

/// <summary>Connections that break and peers that talk nonsense: sessions live on, and every new connection attaches.</summary>
public sealed class BrokenLinkTests
{
    private static readonly Gen<string> Nonsense = Gen.OneOf(
        Gen.Const("""{"v":1,"kind":"send","target":"ch-1","command":{}}"""),
        Gen.Const("""{"v":1,"v":1,"kind":"x"}"""),
        Gen.Const("""{"v":1,"kind":"send","target":7}"""),
        Gen.Const("""{"v":1,"kind":"durable","target":"ch-1","event":"x"}"""),
        Gen.Const("""{"v":1,"kind":"target","target":"no-such","value":1e400}"""),
        Gen.Const("""{"v":1,"kind":"attach","target":"no-such"}"""),
        Gen.Const("[1,2"),
        Gen.String[1, 60]);

    [Fact]
    public async Task No_frame_ends_the_device_host()
    {
        await using var rig = new DeviceRig(overSocket: true);
        rig.Host.Attach(DeviceRig.Channel);
        await DeviceRig.Until(() => rig.Received<Attached>().Count > 0, "the host to attach");
        await Nonsense.SampleAsync(
            async text =>
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(rig.SocketPath!));
                var body = Encoding.UTF8.GetBytes(text);
                var frame = new byte[4 + body.Length];
                BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
                body.CopyTo(frame, 4);
                await socket.SendAsync(frame);
                socket.Shutdown(SocketShutdown.Send);
                socket.ReceiveTimeout = 5_000;
                var buffer = new byte[4096];
                while (socket.Receive(buffer) > 0)
                {
                    // The device host reads the frame, and closes.
                }
            },
            iter: 100, threads: 1);
        Assert.All(DeviceHostServer.SendHalt(rig.SocketPath!), cell => Assert.True(cell.IsOff));
    }

    [Fact]
    public async Task Every_new_connection_begins_with_the_attachment()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "devices.sock");
        using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen(4);
        using var time = new RealRigTime(TimeProvider.System, _ => { });
        using var link = new SocketLink(path, time, _ => { });
        link.Attach("ch-1");
        for (var round = 0; round < 10; round++)
        {
            using var socket = await listening.AcceptAsync(TestContext.Current.CancellationToken);
            socket.ReceiveTimeout = 5_000;
            Assert.True(socket.Receive(new byte[4096]) > 0, $"connection {round} began with nothing");
        }
    }

    [Fact]
    public void What_one_channel_has_on_disk_is_forgotten_though_another_is_idle()
    {
        var ring = new MessageRing();
        Say("ch-2", 1);
        for (var i = 1; i <= 100; i++)
            Say("ch-1", i);
        ring.Durable("ch-1", 99);
        Assert.Equal(2, ring.After(0).Frames.Count);

        void Say(string channel, long ordinal) => ring.Add(new ChannelMessage(channel, TimeSpan.Zero, new SessionTicked(ordinal)));
    }

    [Fact]
    public void Of_attachments_and_readings_only_the_newest_is_said_again()
    {
        var ring = new MessageRing();
        for (var i = 1; i <= 3; i++)
        {
            ring.Add(new ChannelMessage("ch-1", TimeSpan.Zero, new Attached(i, AnyEvent.Token, 0, [], default)));
            ring.Add(new ConditionMessage("chamber", TimeSpan.Zero, 30 + i, 30, true, true, null));
        }

        Assert.Equal(2, ring.After(0).Frames.Count);
    }
}
