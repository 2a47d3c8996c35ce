using System.Text.Json.Nodes;

namespace CycleRig.Storage.Journals;

/// <summary>
/// Records that are not durable yet, in order. Above its bound the oldest telemetry becomes gap records that stand where the first lost
/// record stood and name both ends; safety kinds stay. Not safe for several threads.
/// </summary>
internal sealed class JournalBuffer(long bytesMax)
{
    private const int RowBytes = 200; // What a row costs beside its payload, roughly.
    private const string BufferFull = "buffer_full";
    private const string DiskFull = "disk_full";

    private readonly LinkedList<Entry> _entries = [];
    private LinkedListNode<Entry>? _oldest; // Nothing before it can be shed.
    private long _bytes;
    private long _bytesTaken;

    public int Count => _entries.Count;

    public void Add(long seq, JournalRecord record)
    {
        _entries.AddLast(new Entry(seq, seq, record));
        _oldest ??= _entries.Last;
        _bytes += Cost(record);
        while (_bytes + _bytesTaken > bytesMax && ShedOldest())
        {
        }
    }

    /// <summary>Hands everything over for writing; it counts against the bound until it is written or comes back.</summary>
    public List<Entry> Take()
    {
        var taken = _entries.ToList();
        _entries.Clear();
        _oldest = null;
        (_bytesTaken, _bytes) = (_bytes, 0);
        return taken;
    }

    public void Written() => _bytesTaken = 0;

    /// <summary>Takes back what could not be written, before what came since.</summary>
    public void Return(List<Entry> taken)
    {
        for (var index = taken.Count - 1; index >= 0; index--)
            _entries.AddFirst(taken[index]);
        _oldest = _entries.First;
        _bytes = _entries.Sum(entry => Cost(entry.Record));
        _bytesTaken = 0;
    }

    /// <summary>The same numbers with gap records of the cause `disk_full` in place of telemetry.</summary>
    public static List<Entry> WithoutTelemetry(List<Entry> entries)
    {
        var kept = new List<Entry>();
        foreach (var entry in entries)
        {
            if (!entry.Record.Kind.IsTelemetry())
                kept.Add(entry);
            else if (kept is [.., { Lost: { } lost, Cause: DiskFull } before])
                kept[^1] = before.Extend(entry, lost);
            else
                kept.Add(entry.AsGap(DiskFull));
        }

        return kept;
    }

    private static long Cost(JournalRecord record) => record.Payload.Length + RowBytes;

    private bool ShedOldest()
    {
        while (_oldest is not null && !_oldest.Value.Record.Kind.IsTelemetry())
            _oldest = _oldest.Next;
        if (_oldest is not { } node)
            return false;
        _oldest = node.Next;
        _bytes -= Cost(node.Value.Record);
        if (node.Previous is { Value.Lost: { } lost } before)
        {
            _bytes -= Cost(before.Value.Record);
            before.Value = before.Value.Extend(node.Value, lost);
            _bytes += Cost(before.Value.Record);
            _entries.Remove(node);
        }
        else
        {
            node.Value = node.Value.AsGap(BufferFull);
            _bytes += Cost(node.Value.Record);
        }

        return true;
    }

    /// <summary>A record, or the gap that stands for those from <paramref name="Seq"/> to <paramref name="LastSeq"/>.</summary>
    internal sealed record Entry(long Seq, long LastSeq, JournalRecord Record, SortedDictionary<string, int>? Lost = null, string? Cause = null)
    {
        public Entry AsGap(string cause) => Gap(Seq, Record, new(StringComparer.Ordinal) { [Record.Channel] = 1 }, cause);

        public Entry Extend(Entry next, SortedDictionary<string, int> lost)
        {
            lost[next.Record.Channel] = lost.GetValueOrDefault(next.Record.Channel) + 1;
            // Its time is that of its own channel: another one's run may have another clock.
            return Gap(next.Seq, next.Record, lost, Cause!) is var gap && next.Record.Channel == Record.Channel
                ? gap
                : gap with { Record = gap.Record with { TimeSeconds = Record.TimeSeconds, Utc = Record.Utc } };
        }

        private Entry Gap(long last, JournalRecord newest, SortedDictionary<string, int> lost, string cause)
        {
            var channels = new JsonObject();
            foreach (var (channel, count) in lost)
                channels[channel] = count;
            var body = new JsonObject { ["cause"] = cause, ["from"] = Seq, ["to"] = last, ["channels"] = channels };
            var run = newest.Run == Record.Run ? Record.Run : null;
            return new(Seq, last, JournalRecord.Json(RecordKind.Gap, Record.Channel, run, newest.TimeSeconds, newest.Utc, body), lost, cause);
        }
    }
}
