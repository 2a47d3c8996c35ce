using CycleRig.Core.Channels;

namespace CycleRig.Devices.Links;

/// <summary>
/// What a device host has said and its host has not called durable yet: at least ten minutes of it are kept and sent again. Of readings
/// and of attachments only the newest of a source is.
/// </summary>
internal sealed class MessageRing
{
    /// <summary>64 channels at two events a second for ten minutes, and room.</summary>
    private const int Kept = 120_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<string, Queue<LinkedListNode<Entry>>> _ofSource = [];
    private readonly Dictionary<string, LinkedListNode<Entry>> _newestOnly = [];
    private long _next;

    private sealed record Entry(long Number, string Source, long Ordinal, byte[] Frame);

    /// <summary>Signalled whenever something was added.</summary>
    public AutoResetEvent Added { get; } = new(initialState: false);

    public void Add(DeviceMessage message)
    {
        var ordinal = message is ChannelMessage { Event: SessionEvent happened } ? happened.Ordinal : 0;
        var frame = DeviceFrame.Encode(message);
        lock (_lock)
        {
            var node = _entries.AddLast(new Entry(++_next, message.Source, ordinal, frame));
            if (message is ConditionMessage or ChannelMessage { Event: Attached })
                Replace(message.Source, node);
            else
                Of(message.Source).Enqueue(node);
            if (_entries.Count > Kept)
                _entries.RemoveFirst();
        }

        Added.Set();
    }

    /// <summary>The host has this event of a channel on disk.</summary>
    public void Durable(string channel, long ordinal)
    {
        lock (_lock)
        {
            var queue = Of(channel);
            while (queue.TryPeek(out var oldest) && oldest.Value.Ordinal <= ordinal)
                Remove(queue.Dequeue());
            if (_newestOnly.TryGetValue(channel, out var attached) && attached.Value.Ordinal <= ordinal)
                Remove(attached);
        }
    }

    /// <summary>The frames behind a number, oldest first, with the number of the last.</summary>
    public (List<byte[]> Frames, long Last) After(long number)
    {
        lock (_lock)
        {
            var frames = new List<byte[]>();
            for (var node = _entries.Last; node is not null && node.Value.Number > number; node = node.Previous)
                frames.Add(node.Value.Frame);
            frames.Reverse();
            return (frames, Math.Max(number, _next));
        }
    }

    private void Replace(string source, LinkedListNode<Entry> node)
    {
        if (_newestOnly.TryGetValue(source, out var former))
            Remove(former);
        _newestOnly[source] = node;
    }

    /// <summary>Takes an entry out, where the ring's own limit has not done so.</summary>
    private void Remove(LinkedListNode<Entry> node)
    {
        if (ReferenceEquals(node.List, _entries))
            _entries.Remove(node);
    }

    private Queue<LinkedListNode<Entry>> Of(string source)
    {
        if (!_ofSource.TryGetValue(source, out var queue))
            _ofSource[source] = queue = new();
        while (queue.TryPeek(out var oldest) && oldest.List is null)
            queue.Dequeue();
        return queue;
    }
}
