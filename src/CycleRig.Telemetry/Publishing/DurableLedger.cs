namespace CycleRig.Telemetry.Publishing;

/// <summary>
/// What was published and what the historian has acknowledged, by channel; from it the durable cursor: every row up to it is in the
/// database. It never goes down. Mutable; not safe for several threads.
/// </summary>
/// <param name="start">Durable cursor of the journal's reader at the start.</param>
public sealed class DurableLedger(long start)
{
    private static readonly TimeSpan ProbeAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeAtLeastEvery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Entry> _channels = [];

    /// <summary>All rows up to here were published.</summary>
    public long PublishedTo { get; private set; } = start;

    /// <summary>Rows up to here are in the database.</summary>
    public long Durable { get; private set; } = start;

    /// <summary>Channels that were published.</summary>
    public IEnumerable<string> Channels => _channels.Keys;

    /// <summary>Bytes that were published and are not acknowledged.</summary>
    public long OutstandingBytes => _channels.Values.Sum(entry => entry.Bytes);

    /// <summary>Rows of a channel up to here are in the database.</summary>
    /// <param name="channel">The channel.</param>
    public long DurableOf(string channel) => _channels.TryGetValue(channel, out var entry) ? entry.DurableTo : Durable;

    /// <summary>Notes a published message.</summary>
    /// <param name="batch">What it covers.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="now">Monotonic time.</param>
    public void Published(Batch batch, int bytes, TimeSpan now)
    {
        var entry = Of(batch.Channel, now);
        if (entry.Published.Parts.Count == 0 || entry.DurableTo >= entry.Published.Highest)
            entry.Progress = now; // What was quiet has nothing to be late with.
        entry.Published.Add(batch.After, batch.Through);
        if (!entry.Durable.Covers(batch.After, batch.Through))
            entry.Bytes += bytes;
    }

    /// <summary>Notes that all rows up to a number were published.</summary>
    /// <param name="to">The number.</param>
    public void Reached(long to)
    {
        PublishedTo = Math.Max(PublishedTo, to);
        Settle();
    }

    /// <summary>Notes what the historian has in its database. What was never published is not believed.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="ranges">Intervals (after, to].</param>
    /// <param name="now">Monotonic time.</param>
    public void Acknowledged(string channel, IEnumerable<(long After, long To)> ranges, TimeSpan now)
    {
        if (!_channels.TryGetValue(channel, out var entry))
            return;
        foreach (var (after, to) in ranges)
        {
            entry.Durable.Add(after, Math.Min(to, entry.Published.Highest));
        }

        var before = entry.DurableTo;
        entry.DurableTo = entry.Durable.EndFrom(entry.DurableTo);
        if (entry.DurableTo > before)
            (entry.Progress, entry.Wait) = (now, ProbeAfter);
        if (entry.DurableTo >= entry.Published.Highest)
            entry.Bytes = 0;
        else if (entry.DurableTo > before)
            entry.Bytes -= (long)(entry.Bytes * Math.Min(1, (entry.DurableTo - before) / (double)Math.Max(1, entry.Published.Highest - before)));
        entry.Durable.Remove(0, entry.DurableTo);
        entry.Published.Remove(0, entry.DurableTo);
        entry.Durable.Add(entry.DurableTo - 1, entry.DurableTo);
        entry.Published.Add(entry.DurableTo - 1, entry.DurableTo);
        Settle();
    }

    /// <summary>The historian lacks rows of a channel: what was sent of it is not on its way any more.</summary>
    /// <param name="channel">The channel.</param>
    public void Lost(string channel)
    {
        if (_channels.TryGetValue(channel, out var entry))
            entry.Bytes = 0;
    }

    /// <summary>Channels of which nothing was acknowledged for long, so that a message with no rows has to ask; each is asked more and more rarely.</summary>
    /// <param name="now">Monotonic time.</param>
    public IReadOnlyList<Batch> Probes(TimeSpan now)
    {
        var probes = new List<Batch>();
        foreach (var (channel, entry) in _channels)
        {
            var published = entry.Published.Highest;
            if (entry.DurableTo >= published || now - entry.Progress < entry.Wait)
                continue;
            entry.Progress = now;
            entry.Wait = entry.Wait * 2 < ProbeAtLeastEvery ? entry.Wait * 2 : ProbeAtLeastEvery;
            probes.Add(new(channel, [], published, published));
        }

        return probes;
    }

    private void Settle()
    {
        var durable = PublishedTo;
        foreach (var entry in _channels.Values)
        {
            if (entry.DurableTo < Math.Min(PublishedTo, entry.Published.EndFrom(entry.DurableTo)))
                durable = Math.Min(durable, entry.DurableTo);
        }

        Durable = Math.Max(Durable, durable);
    }

    private Entry Of(string channel, TimeSpan now)
    {
        if (!_channels.TryGetValue(channel, out var entry))
            _channels[channel] = entry = new(Durable) { Progress = now };
        return entry;
    }

    private sealed class Entry
    {
        public Entry(long durable)
        {
            DurableTo = durable;
            Published.Add(durable - 1, durable);
            Durable.Add(durable - 1, durable);
        }

        public IntervalSet Published { get; } = new();

        public IntervalSet Durable { get; } = new();

        public long DurableTo { get; set; }

        public long Bytes { get; set; }

        public TimeSpan Progress { get; set; }

        public TimeSpan Wait { get; set; } = ProbeAfter;
    }
}
