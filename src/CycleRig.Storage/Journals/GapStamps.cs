namespace CycleRig.Storage.Journals;

/// <summary>
/// Stamps the gap records that the journal itself makes of what it sheds: behind the event of their channel before them. What was lost may
/// be older, such as the verdict on a sweep. Not safe for several threads.
/// </summary>
internal sealed class GapStamps
{
    private Dictionary<string, DateTimeOffset> _written = [];
    private Dictionary<string, DateTimeOffset> _pending = [];

    /// <summary>The entries with their gaps stamped.</summary>
    /// <param name="entries">In order.</param>
    public List<JournalBuffer.Entry> Of(List<JournalBuffer.Entry> entries)
    {
        _pending = new(_written);
        return entries.ConvertAll(entry =>
        {
            var record = entry.Record;
            if (!record.Kind.IsEvent())
                return entry;
            if (entry.Lost is not null && _pending.TryGetValue(record.Channel, out var newest))
                record = record with { Utc = RisingStamp.After(newest, record.Utc) };
            _pending[record.Channel] = record.Utc;
            return entry with { Record = record };
        });
    }

    /// <summary>What was stamped last is in the journal.</summary>
    public void Written() => _written = _pending;
}
