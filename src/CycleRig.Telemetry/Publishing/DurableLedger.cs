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
    public long DurableOf(string channel) => _channels.TryGetValue(channel, out var entry) ? entry.DurableTo(PublishedTo) : Durable;

    /// <summary>Notes a message that is about to be published.</summary>
    /// <param name="batch">What it covers.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="now">Monotonic time.</param>
    public void Published(Batch batch, int bytes, TimeSpan now)
    {
        if (!_channels.TryGetValue(batch.Channel, out var entry))
            _channels[batch.Channel] = entry = new() { Highest = Durable };
        if (!entry.IsLacking)
            entry.Progress = now; // What was quiet has nothing to be late with.
        entry.Published.Add(Math.Max(batch.After, Durable), batch.Through);
        entry.Highest = Math.Max(entry.Highest, batch.Through);
        if (entry.IsLacking)
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
        var before = entry.DurableTo(PublishedTo);
        foreach (var (after, to) in ranges)
            entry.Durable.Add(Math.Max(after, Durable), Math.Min(to, entry.Highest));
        var reached = entry.DurableTo(PublishedTo);
        if (reached > before)
        {
            (entry.Progress, entry.Wait) = (now, ProbeAfter);
            var share = (reached - before) / (double)Math.Max(1, entry.Highest - before);
            entry.Bytes = entry.IsLacking ? (long)(entry.Bytes * (1 - Math.Min(1, share))) : 0;
        }

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
            if (!entry.IsLacking || now - entry.Progress < entry.Wait)
                continue;
            entry.Progress = now;
            entry.Wait = entry.Wait * 2 < ProbeAtLeastEvery ? entry.Wait * 2 : ProbeAtLeastEvery;
            probes.Add(new(channel, [], entry.Highest, entry.Highest));
        }

        return probes;
    }

    private void Settle()
    {
        var durable = PublishedTo;
        foreach (var entry in _channels.Values)
            durable = Math.Min(durable, entry.DurableTo(PublishedTo));
        Durable = Math.Max(Durable, durable);
        foreach (var entry in _channels.Values)
        {
            entry.Published.Remove(0, Durable);
            entry.Durable.Remove(0, Durable);
        }
    }

    private sealed class Entry
    {
        public IntervalSet Published { get; } = new();

        public IntervalSet Durable { get; } = new();

        /// <summary>Highest number that was published.</summary>
        public long Highest { get; set; }

        public long Bytes { get; set; }

        public TimeSpan Progress { get; set; }

        public TimeSpan Wait { get; set; } = ProbeAfter;

        public bool IsLacking => Lacking is not null;

        /// <summary>Where what was published and is not acknowledged begins.</summary>
        private long? Lacking
        {
            get
            {
                foreach (var (after, to) in Published.Parts)
                {
                    foreach (var hole in Durable.Holes(after, to))
                        return hole.After;
                }

                return null;
            }
        }

        /// <summary>Between what was published the channel has no rows, as far as all rows were published.</summary>
        public long DurableTo(long publishedTo) => Math.Min(publishedTo, Lacking ?? publishedTo);
    }
}
