using CycleRig.Core.Channels;

namespace CycleRig.Devices.Links;

/// <summary>What a device host has said and its host has not called durable yet: at least ten minutes of it are kept and sent again.</summary>
internal sealed class MessageRing
{
    /// <summary>64 channels at two events a second for ten minutes, and room.</summary>
    private const int Kept = 120_000;

    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = new();
    private readonly Dictionary<string, long> _durable = [];
    private long _next;

    private sealed record Entry(long Number, string Channel, long Ordinal, byte[] Frame);

    /// <summary>Signalled whenever something was added.</summary>
    public SemaphoreSlim Added { get; } = new(0);

    public void Add(DeviceMessage message)
    {
        var ordinal = message is ChannelMessage { Event: SessionEvent happened } ? happened.Ordinal : 0;
        lock (_lock)
        {
            _entries.AddLast(new Entry(++_next, message.Source, ordinal, DeviceFrame.Encode(message)));
            if (_entries.Count > Kept)
                _entries.RemoveFirst();
        }

        Added.Release();
    }

    /// <summary>The host has this event of a channel on disk.</summary>
    public void Durable(string channel, long ordinal)
    {
        lock (_lock)
        {
            _durable[channel] = Math.Max(_durable.GetValueOrDefault(channel), ordinal);
            while (_entries.First is { Value: var oldest } && oldest.Ordinal <= _durable.GetValueOrDefault(oldest.Channel))
                _entries.RemoveFirst();
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
}
