using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using CycleRig.Core.Channels;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Links;

/// <summary>A link to a device host in a process of its own, over its Unix socket. Reconnects by itself and attaches anew.</summary>
public sealed class SocketLink : IDeviceLink, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly string _path;
    private readonly RigTime _time;
    private readonly Action<string> _log;
    private readonly ConcurrentDictionary<string, bool> _attached = new();
    private const int OutgoingMax = 10_000;

    private readonly ManualResetEventSlim _wake = new();
    private Action<DeviceMessage> _listener = _ => { };
    private volatile Connection? _connection;
    private string _toldLast = "";
    private volatile bool _stopped;

    /// <summary>Begins to connect.</summary>
    /// <param name="path">The device host's socket file.</param>
    /// <param name="time">The host's loop: messages arrive on it.</param>
    /// <param name="log">Told of connections and losses.</param>
    public SocketLink(string path, RigTime time, Action<string> log)
    {
        (_path, _time, _log) = (path, time, log);
        new Thread(Run) { IsBackground = true, Name = "device-link" }.Start();
    }

    /// <summary>One connection and what waits for it: nothing of a former one gets into the next.</summary>
    private sealed record Connection(Socket Socket, BlockingCollection<byte[]> Outgoing)
    {
        /// <summary>Whether a frame was queued, or the connection is at its end and drops it.</summary>
        public bool Takes(byte[] frame)
        {
            try
            {
                return Outgoing.TryAdd(frame);
            }
            catch (InvalidOperationException)
            {
                return true; // Completed meanwhile.
            }
        }
    }

    public void Connect(Action<DeviceMessage> listener) => _listener = listener;

    public void Attach(string channel)
    {
        _attached[channel] = true;
        Write(DeviceFrame.Encode("attach", channel));
    }

    public void Send(string channel, ChannelCommand command) =>
        Write(DeviceFrame.Encode("send", channel, ("command", JsonSerializer.SerializeToNode(command, MessageJson.Options))));

    public void SetTarget(string device, double target) => Write(DeviceFrame.Encode("target", device, ("value", target)));

    public void AcknowledgeTrip(string device) => Write(DeviceFrame.Encode("acknowledge_trip", device));

    public void Durable(string channel, long sessionEvent) => Write(DeviceFrame.Encode("durable", channel, ("event", sessionEvent)));

    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        _connection?.Socket.Dispose();
    }

    /// <summary>Never waits: without a connection an order is lost, and the lease ends the current. So it does when the other end takes nothing.</summary>
    private void Write(byte[] frame)
    {
        if (_connection is not { } connection || connection.Takes(frame))
            return;
        Tell("the device host takes no orders: the connection is closed, and the lease ends the current");
        connection.Socket.Dispose();
    }

    private void Run()
    {
        while (!_stopped)
        {
            try
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(_path));
                Carry(socket);
            }
            catch (SocketException)
            {
                Tell($"nothing listens at {_path}; start `cyclerig device-host --socket {_path}`, or wait for it");
            }
            catch (Exception broken) when (broken is IOException or InvalidDataException or ObjectDisposedException)
            {
                Tell($"the connection to the device host at {_path} broke: {broken.Message}");
            }

            _connection = null;
            _wake.Wait(RetryAfter);
        }
    }

    private void Carry(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        var connection = new Connection(socket, new(OutgoingMax));
        new Thread(() => Send(connection, stream)) { IsBackground = true, Name = "device-link-send" }.Start();
        _connection = connection;
        foreach (var channel in _attached.Keys.Order(StringComparer.Ordinal))
            Write(DeviceFrame.Encode("attach", channel));
        Tell($"connected to the device host at {_path}");
        try
        {
            while (DeviceFrame.Read(stream) is { } frame)
            {
                var message = DeviceFrame.Decode(frame);
                _time.Post(() => _listener(message));
            }

            Tell("the device host has closed the connection");
        }
        finally
        {
            connection.Outgoing.CompleteAdding();
        }
    }

    private static void Send(Connection connection, NetworkStream stream)
    {
        try
        {
            foreach (var frame in connection.Outgoing.GetConsumingEnumerable())
                stream.Write(frame);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // The reading side sees the same, and tells.
            connection.Socket.Dispose();
        }
    }

    /// <summary>Each news once: what goes on failing is not told four times a second.</summary>
    private void Tell(string news)
    {
        if (_stopped || news == _toldLast)
            return;
        _toldLast = news;
        _log(news);
    }
}
