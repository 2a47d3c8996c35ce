using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Devices.Links;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Files;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Tests.Links;

/// <summary>A device host over simulated devices in real time, and a host's end of the link to it: in memory, or over its socket.</summary>
internal sealed class DeviceRig : IAsyncDisposable
{
    public const string Channel = "ch-1";

    /// <summary>With numbers that no decimal text holds: they must arrive to the bit.</summary>
    public static Allowance Allowed { get; } = new(
        new(0.1 + 0.2), TimeSpan.FromSeconds(Math.PI * 1000), new(2e-4 / 3), Voltage.FromMillivolts(-5000), new(5));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly TemporaryFolder _folder = new();
    private readonly RealRigTime _time;
    private readonly RealRigTime _hostTime;
    private readonly DeviceHost _devices;
    private readonly DeviceHostServer? _server;
    private readonly List<ChannelEvent> _received = [];
    private IDeviceLink _link;

    public DeviceRig(bool overSocket)
    {
        _time = new(TimeProvider.System, fault => Faults.Add(fault));
        _hostTime = overSocket ? new(TimeProvider.System, fault => Faults.Add(fault)) : _time;
        var rig = RigFile.Read(Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml"));
        var simulated = new SimulatedRig(rig, 1, _time);
        _devices = new(Guid.CreateVersion7(), _time, simulated.Wirings, simulated.Devices);
        Devices = simulated;
        _server = overSocket ? new(_devices, _time, SocketPath, _ => { }) : null;
        _link = Link();
    }

    public List<Exception> Faults { get; } = [];

    public SimulatedRig Devices { get; }

    public string SocketPath => Path.Combine(_folder.Path, "devices.sock");

    public OwnerToken Token => Received<Attached>()[^1].Token;

    public IDeviceLink Host => _link;

    /// <summary>What has arrived at the host so far, in order.</summary>
    public List<T> Received<T>()
    {
        lock (_received)
            return [.. _received.OfType<T>()];
    }

    /// <summary>The host is gone and another comes: over a socket a new connection, in memory a new listener.</summary>
    public void RestartHost()
    {
        (_link as IDisposable)?.Dispose();
        lock (_received)
            _received.Clear();
        _link = Link();
    }

    /// <summary>Attaches, is granted an allowance and arms a minute at 15.7 µA, whose events are decided for this long.</summary>
    public async Task PlateAsync(Allowance allowance)
    {
        _link.Attach(Channel);
        await Until(() => Received<OffConfirmed>().Count > 0 && Received<SampleMeasured>().Count > 0, "the cell to be confirmed off");
        _link.Send(Channel, new GrantAllowance(Token, Received<Attached>()[^1].StopNumber, allowance, "op", NewRun: true));
        await Until(() => Received<Granted>().Count > 0, "the grant");
        var newest = Received<SessionEvent>()[^1].Ordinal;
        _link.Send(Channel, new RenewLease(Token, newest));
        _link.Send(Channel, new ArmSegment(Token, Received<Granted>()[^1].StopNumber, newest, ScriptedSession.Segment(1), Queued: false));
        await Until(() => Received<SegmentArmed>().Count > 0, "the segment to run");
    }

    /// <summary>Polls with a deadline.</summary>
    public static async Task Until(Func<bool> done, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"waited in vain for {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        (_link as IDisposable)?.Dispose();
        _server?.Dispose();
        _hostTime.Dispose();
        _time.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private IDeviceLink Link()
    {
        IDeviceLink link = _server is null ? new LocalLink(_devices, _time, Latency.None) : new SocketLink(SocketPath, _hostTime, _ => { });
        link.Connect(message =>
        {
            if (message is ChannelMessage { Source: Channel } mine)
            {
                lock (_received)
                    _received.Add(mine.Event);
            }
        });
        return link;
    }
}
