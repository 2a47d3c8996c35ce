using System.Net;
using System.Net.Sockets;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>A way between two programs that can be cut, slowed down, or made a black hole: bytes vanish and nobody is told.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly int _target;

    /// <summary>Opens a way to a port of loopback.</summary>
    /// <param name="target">The port.</param>
    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long every piece takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether everything vanishes.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Whether new connections are refused.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Ends every connection.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    /// <summary>No fault from now on.</summary>
    public void Mend()
    {
        (Delay, IsBlackHole, IsClosed) = (TimeSpan.Zero, false, false);
        Cut(); // What vanished makes the rest of a stream worthless.
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        Cut();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                var far = new TcpClient();
                try
                {
                    if (IsClosed)
                        throw new SocketException((int)SocketError.ConnectionRefused);
                    await far.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
                }
                catch (SocketException)
                {
                    near.Dispose();
                    far.Dispose();
                    continue;
                }

                lock (_gate)
                    _open.AddRange([near, far]);
                _ = Carry(near, far);
                _ = Carry(far, near);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient from, TcpClient to)
    {
        var bytes = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(bytes, _stop.Token) is var count and > 0)
            {
                if (IsBlackHole)
                    continue;
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, TimeProvider.System, _stop.Token);
                await to.GetStream().WriteAsync(bytes.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
