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
    private readonly BlockingCollection<byte[]> _outgoing = new(10_000);
    private readonly ManualResetEventSlim _wake = new();
    private Action<DeviceMessage> _listener = _ => { };
    private volatile Socket? _socket;
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
        _outgoing.CompleteAdding();
        _socket?.Dispose();
    }

    /// <summary>Never waits: without a connection an order is lost, and the lease ends the current.</summary>
    private void Write(byte[] frame)
    {
        if (_socket is not null)
            _outgoing.TryAdd(frame);
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
            catch (Exception broken) when (broken is SocketException or IOException or InvalidDataException or ObjectDisposedException)
            {
                if (!_stopped)
                    _log($"device host at {_path}: {broken.Message}");
            }

            _socket = null;
            _wake.Wait(RetryAfter);
        }
    }

    private void Carry(Socket socket)
    {
        while (_outgoing.TryTake(out _))
        {
            // Orders of a former connection are stale.
        }

        _socket = socket;
        using var stream = new NetworkStream(socket);
        var writer = new Thread(() => Send(socket, stream)) { IsBackground = true, Name = "device-link-send" };
        writer.Start();
        foreach (var channel in _attached.Keys.Order(StringComparer.Ordinal))
            Write(DeviceFrame.Encode("attach", channel));
        while (DeviceFrame.Read(stream) is { } frame)
        {
            var message = DeviceFrame.Decode(frame);
            _time.Post(() => _listener(message));
        }

        if (!_stopped)
            _log("the device host has closed the connection");
    }

    private void Send(Socket socket, NetworkStream stream)
    {
        try
        {
            while (!_stopped && ReferenceEquals(_socket, socket))
            {
                if (_outgoing.TryTake(out var frame, TimeSpan.FromSeconds(1)))
                    stream.Write(frame);
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            if (!_stopped)
                _log($"device host: {broken.Message}");
        }
    }
}
