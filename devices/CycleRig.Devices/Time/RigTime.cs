namespace CycleRig.Devices.Time;

/// <summary>
/// The rig's own time and its one loop. Cells, sessions, guard, supervisor and machines are driven by it, one action after the other;
/// nothing else (Orleans, MQTT, the web) uses it, and it is never registered as a TimeProvider.
/// </summary>
public abstract class RigTime
{
    /// <summary>Monotonic time since the loop was made.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>For display and files: the anchor read once, plus <see cref="Now"/>.</summary>
    public DateTimeOffset UtcNow => Anchor + Now;

    /// <summary>UTC at which <see cref="Now"/> was zero.</summary>
    public abstract DateTimeOffset Anchor { get; }

    /// <summary>Runs an action on the loop after a delay; equal times run in the order of scheduling. From any thread.</summary>
    public abstract void After(TimeSpan delay, Action action);

    /// <summary>Runs an action on the loop as soon as possible. From any thread.</summary>
    public void Post(Action action) => After(TimeSpan.Zero, action);

    /// <summary>Runs an action on the loop again and again until the returned handle is disposed. The first time after one period.</summary>
    public IDisposable Every(TimeSpan period, Action action) => new Repeating(this, period, action);

    /// <summary>
    /// Marks that something is in flight outside the loop: a turn, a fit, an append. Discrete time does not advance until the
    /// returned handle is disposed; real time takes no notice.
    /// </summary>
    public abstract IDisposable Busy();

    private sealed class Repeating : IDisposable
    {
        private volatile bool _disposed;

        public Repeating(RigTime time, TimeSpan period, Action action)
        {
            void Next()
            {
                if (_disposed)
                    return;
                time.After(period, Next);
                action();
            }

            time.After(period, Next);
        }

        public void Dispose() => _disposed = true;
    }
}
