using System.Diagnostics;

namespace CycleRig.Devices.Time;

/// <summary>Rig time that passes as on the wall, on a monotonic clock and a thread of its own with raised priority.</summary>
public sealed class RealRigTime : RigTime, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _due = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly long _started;
    private readonly TimeProvider _provider;
    private readonly Action<Exception> _onFault;
    private readonly Thread _loop;
    private long _order;
    private volatile bool _stopped;

    /// <summary>Starts the loop.</summary>
    /// <param name="provider">Source of UTC, read once, and of monotonic time stamps.</param>
    /// <param name="onFault">Told of an exception that an action let escape; the loop goes on.</param>
    public RealRigTime(TimeProvider provider, Action<Exception> onFault)
    {
        _provider = provider;
        _onFault = onFault;
        _started = provider.GetTimestamp();
        Anchor = provider.GetUtcNow();
        _loop = new Thread(Run) { IsBackground = true, Name = "rig-time", Priority = ThreadPriority.Highest };
        _loop.Start();
    }

    public override TimeSpan Now => _provider.GetElapsedTime(_started);

    public override DateTimeOffset Anchor { get; }

    public override void After(TimeSpan delay, Action action)
    {
        lock (_lock)
            _due.Enqueue(action, (Now.Ticks + delay.Ticks, _order++));
        _changed.Release();
    }

    public override IDisposable Busy() => NothingToWaitFor.Instance;

    public void Dispose()
    {
        _stopped = true;
        _changed.Release();
        if (Thread.CurrentThread != _loop)
            _loop.Join(TimeSpan.FromSeconds(5));
    }

    private void Run()
    {
        while (!_stopped)
        {
            if (Take(out var wait) is { } action)
                Guarded(action);
            else
                _changed.Wait(wait);
        }
    }

    private Action? Take(out TimeSpan wait)
    {
        lock (_lock)
        {
            wait = Timeout.InfiniteTimeSpan;
            if (!_due.TryPeek(out _, out var key))
                return null;
            var left = TimeSpan.FromTicks(key.Ticks) - Now;
            if (left > TimeSpan.Zero)
            {
                // Semaphores count whole milliseconds; rounding up keeps the loop from spinning on the last fraction.
                wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                return null;
            }

            return _due.Dequeue();
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or StackOverflowException))
        {
            Debug.Assert(fault is not null);
            _onFault(fault);
        }
    }

    private sealed class NothingToWaitFor : IDisposable
    {
        public static readonly NothingToWaitFor Instance = new();

        public void Dispose()
        {
        }
    }
}
