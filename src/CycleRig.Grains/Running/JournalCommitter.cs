using CycleRig.Core.Channels;
using CycleRig.Storage.Journals;

namespace CycleRig.Grains.Running;

/// <summary>Group commit: flushes when somebody waits, and every few seconds otherwise, and tells channels what is durable.</summary>
public sealed class JournalCommitter
{
    private const string Source = "journal";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SyncTypical = TimeSpan.FromMilliseconds(8);

    private readonly RigRuntime _runtime;
    private readonly Lock _lock = new();
    private readonly List<(long Seq, string Channel, long Number)> _waiting = [];
    private bool _scheduled;

    internal JournalCommitter(RigRuntime runtime) => _runtime = runtime;

    /// <summary>Commits every few seconds from now on.</summary>
    public void Start() => _runtime.Time.Every(Period, Schedule);

    /// <summary>A channel waits for a record; it is told by <see cref="Durable"/> with its own event number.</summary>
    public void Await(long seq, string channel, long number)
    {
        lock (_lock)
            _waiting.Add((seq, channel, number));
        Schedule();
    }

    private void Schedule()
    {
        lock (_lock)
        {
            if (_scheduled)
                return;
            _scheduled = true;
        }

        // The way to the disk takes its own time; what comes meanwhile goes with it.
        _runtime.Time.After(_runtime.Latency.About(SyncTypical), () => _runtime.Track(Task.Run(Flush)));
    }

    private void Flush()
    {
        lock (_lock)
            _scheduled = false;
        try
        {
            Tell(_runtime.Journal.Flush());
            _runtime.StorageCause.Gone(Source);
        }
        catch (JournalWriteException full)
        {
            _runtime.StorageCause.Found(Source, full.Message);
        }
    }

    private void Tell(long durable)
    {
        List<(long Seq, string Channel, long Number)> done;
        lock (_lock)
        {
            done = [.. _waiting.Where(waiting => waiting.Seq <= durable)];
            _waiting.RemoveAll(waiting => waiting.Seq <= durable);
        }

        foreach (var (_, channel, number) in done)
            _runtime.Time.Post(() => _runtime.Tell(channel, new Durable(number)));
    }
}
