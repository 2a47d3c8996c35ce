namespace CycleRig.Devices.Time;

/// <summary>
/// Rig time that jumps from one action to the next, and only when nothing is in flight, so that results do not depend on the
/// machine's speed.
/// </summary>
/// <param name="anchor">UTC at time zero.</param>
public sealed class DiscreteRigTime(DateTimeOffset anchor) : RigTime, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _due = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private long _order;
    private long _nowTicks;
    private int _busy;

    public override TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _nowTicks));

    public override DateTimeOffset Anchor { get; } = anchor;

    public override void After(TimeSpan delay, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (_lock)
            _due.Enqueue(action, (_nowTicks + delay.Ticks, _order++));
    }

    public override IDisposable Busy()
    {
        lock (_lock)
        {
            _busy++;
            _idle.Reset();
        }

        return new InFlight(this);
    }

    /// <summary>Runs until the condition holds, the time is reached, or nothing is left to do.</summary>
    /// <returns>Whether the condition holds.</returns>
    public bool RunUntil(Func<bool> done, TimeSpan limit, CancellationToken cancellation = default)
    {
        while (true)
        {
            _idle.Wait(cancellation);
            if (done())
                return true;
            if (!TryTake(limit, out var action))
                return false;
            action();
        }
    }

    private bool TryTake(TimeSpan limit, out Action action)
    {
        lock (_lock)
        {
            if (!_due.TryPeek(out action!, out var key) || key.Ticks > limit.Ticks)
                return false;
            _due.Dequeue();
            Interlocked.Exchange(ref _nowTicks, Math.Max(_nowTicks, key.Ticks));
            return true;
        }
    }

    public void Dispose() => _idle.Dispose();

    private void Landed()
    {
        lock (_lock)
        {
            if (--_busy == 0)
                _idle.Set();
        }
    }

    private sealed class InFlight(DiscreteRigTime time) : IDisposable
    {
        private int _landed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _landed, 1) == 0)
                time.Landed();
        }
    }
}
