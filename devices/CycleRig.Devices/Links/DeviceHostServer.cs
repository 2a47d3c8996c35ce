using System.Net.Sockets;
using System.Text.Json.Nodes;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Sessions;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Links;

/// <summary>A device host behind a Unix socket. One host at a time; the newest connection wins. Frames of a broken one are dropped.</summary>
public sealed class DeviceHostServer : IDisposable
{
    private static readonly TimeSpan HaltAnswersWithin = TimeSpan.FromSeconds(5);

    private readonly DeviceHost _host;
    private readonly RigTime _time;
    private readonly Socket _listening;
    private readonly FileStream _lock;
    private readonly string _path;
    private readonly MessageRing _ring = new();
    private readonly Action<string> _log;
    private volatile Socket? _current;
    private volatile bool _stopped;

    /// <summary>Listens on a socket file that only its owner may use.</summary>
    /// <param name="host">The device host.</param>
    /// <param name="time">Its loop.</param>
    /// <param name="path">The socket file; an old one is replaced.</param>
    /// <param name="log">Told of connections and of frames that could not be read.</param>
    /// <exception cref="DeviceHostRunningException">Another device host listens there: one process owns an instrument.</exception>
    public DeviceHostServer(DeviceHost host, RigTime time, string path, Action<string> log)
    {
        (_host, _time, _path, _log) = (host, time, path, log);
        try
        {
            _lock = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DeviceHostRunningException(path);
        }

        File.Delete(path);
        _listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listening.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _listening.Listen(4);
        time.Post(() => host.Connect(_ring.Add));
        new Thread(Accept) { IsBackground = true, Name = "device-host-accept" }.Start();
    }

    /// <summary>Gives a halt to the device host behind a socket file: needs no token and asks nothing.</summary>
    /// <returns>Of each channel whether its cell was confirmed off.</returns>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">It does not answer.</exception>
    public static IReadOnlyList<CellIsOff> SendHalt(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = (int)HaltAnswersWithin.TotalMilliseconds;
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var stream = new NetworkStream(socket);
        stream.Write(DeviceFrame.Encode("halt", ""));
        var answer = DeviceFrame.Read(stream) ?? throw new IOException("it closed the connection");
        return [.. answer["cells"]!.AsObject().Select(cell => new CellIsOff(cell.Key, cell.Value!.GetValue<bool>()))];
    }

    /// <summary>Whether a host is connected to the device host behind a socket file; false when nobody listens there.</summary>
    public static bool HasHost(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = (int)HaltAnswersWithin.TotalMilliseconds;
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using var stream = new NetworkStream(socket);
            stream.Write(DeviceFrame.Encode("ask_host", ""));
            return DeviceFrame.Read(stream)?["connected"]?.GetValue<bool>() ?? false;
        }
        catch (Exception nobody) when (nobody is SocketException or IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _listening.Dispose();
        _current?.Dispose();
        File.Delete(_path);
        _lock.Dispose();
    }

    private void Accept()
    {
        while (!_stopped)
        {
            try
            {
                var socket = _listening.Accept();
                new Thread(() => Receive(socket)) { IsBackground = true, Name = "device-host-receive" }.Start();
            }
            catch (Exception) when (_stopped)
            {
                return;
            }
            catch (Exception busy) when (busy is not OutOfMemoryException)
            {
                _log($"a connection could not be taken: {busy.Message}");
            }
        }
    }

    private void Receive(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (DeviceFrame.Read(stream) is { } frame)
            {
                var kind = DeviceFrame.Value<string>(frame, "kind");
                if (kind == "attach" && !ReferenceEquals(_current, socket))
                    TakeOver(socket, stream);
                if (kind == "halt")
                    stream.Write(Halt());
                else if (kind == "ask_host")
                    stream.Write(DeviceFrame.Encode("host", "", ("connected", _current is not null)));
                else
                    Carry(kind, frame);
            }
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Whatever a frame does, the sessions behind it live on.
            _log(broken is InvalidDataException ? $"connection closed: {broken.Message}" : "the host has gone");
        }
        finally
        {
            Interlocked.CompareExchange(ref _current, null, socket);
        }
    }

    /// <summary>From the first attach on this connection is the host's: it gets all that was not durable, then what comes.</summary>
    private void TakeOver(Socket socket, NetworkStream stream)
    {
        _current?.Dispose();
        _current = socket;
        _log("a host has connected");
        new Thread(() => Send(socket, stream)) { IsBackground = true, Name = "device-host-send" }.Start();
    }

    private void Send(Socket socket, NetworkStream stream)
    {
        long sent = 0;
        try
        {
            while (!_stopped && ReferenceEquals(_current, socket))
            {
                var (frames, last) = _ring.After(sent);
                foreach (var frame in frames)
                    stream.Write(frame);
                sent = last;
                _ring.Added.WaitOne(TimeSpan.FromSeconds(1));
            }
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // The receiving side sees the same, and tells.
            socket.Dispose();
        }
    }

    /// <summary>Turns every cell off; on the connection's own thread, which waits for the confirmations.</summary>
    private byte[] Halt()
    {
        var cells = new JsonObject();
        using var told = new ManualResetEventSlim();
        _time.Post(() => _host.StopAll(Reason.OperatorHalt, "halt at the device host's socket", done =>
        {
            foreach (var (channel, isOff) in done)
                cells[channel] = isOff;
            told.Set();
        }));
        return told.Wait(HaltAnswersWithin) ? DeviceFrame.Encode("halted", "", ("cells", cells)) : throw new IOException("the rig's loop does not answer a halt");
    }

    private void Carry(string? kind, JsonObject frame)
    {
        var target = DeviceFrame.Value<string>(frame, "target");
        switch (kind)
        {
            case "attach":
                _time.Post(() => _host.Attach(target));
                break;
            case "send":
                var command = DeviceFrame.Value<ChannelCommand>(frame, "command");
                _time.Post(() => _host.Order(target, command));
                break;
            case "target":
                var value = DeviceFrame.Value<double>(frame, "value");
                _time.Post(() => _host.SetTarget(target, value));
                break;
            case "acknowledge_trip":
                _time.Post(() => _host.AcknowledgeTrip(target));
                break;
            case "durable":
                _ring.Durable(target, DeviceFrame.Value<long>(frame, "event"));
                break;
            default:
                _log($"a frame of unknown kind `{kind}` was dropped");
                break;
        }
    }
}
