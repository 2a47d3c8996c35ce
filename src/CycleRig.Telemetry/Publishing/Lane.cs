using CycleRig.Storage.Journals;

namespace CycleRig.Telemetry.Publishing;

/// <summary>
/// One way through the journal: rows from a number on, in order, and which numbers of each channel its messages cover. Every message
/// says (after, through]: the channel has no other row there. So whoever receives them can tell a lost message from a quiet channel.
/// </summary>
public sealed class Lane
{
    private const int MessageRowsMax = 1000;

    private readonly long _start;
    private readonly Dictionary<string, long> _covered = [];

    /// <summary>Makes a lane.</summary>
    /// <param name="start">It begins with the row after this number.</param>
    /// <param name="end">Its last number; <see cref="long.MaxValue"/> for the live one, which goes on.</param>
    public Lane(long start, long end = long.MaxValue) => (_start, Position, End) = (start, start, end);

    /// <summary>Rows up to here were handed over.</summary>
    public long Position { get; private set; }

    /// <summary>Last number of the lane.</summary>
    public long End { get; private set; }

    /// <summary>Whether all was handed over.</summary>
    public bool IsDone => Position >= End;

    /// <summary>Ends a live lane at its position.</summary>
    public void Stop() => End = Position;

    /// <summary>The messages that the next rows make: neighbours of one channel, topic and epoch travel together.</summary>
    /// <param name="rows">Rows after <see cref="Position"/>, in order.</param>
    /// <param name="to">All rows of the journal up to this number are among them.</param>
    /// <param name="rowBytes">What a row adds to a message, bytes.</param>
    /// <param name="bytesMax">Largest message, bytes, unless one row is larger.</param>
    public List<Batch> Batches(IReadOnlyList<JournalRow> rows, long to, Func<JournalRow, int> rowBytes, int bytesMax)
    {
        var batches = new List<Batch>();
        foreach (var channel in rows.Where(row => row.Seq <= End).GroupBy(row => row.Record.Channel))
        {
            var after = _covered.GetValueOrDefault(channel.Key, _start);
            var taken = new List<JournalRow>();
            var bytes = 0;
            foreach (var row in channel)
            {
                var more = rowBytes(row);
                if (taken.Count > 0 && (!Travels(taken[^1], row) || taken.Count >= MessageRowsMax || bytes + more > bytesMax))
                {
                    batches.Add(new(channel.Key, taken, after, taken[^1].Seq));
                    (after, taken, bytes) = (taken[^1].Seq, [], 0);
                }

                taken.Add(row);
                bytes += more;
            }

            batches.Add(new(channel.Key, taken, after, Math.Min(to, End)));
        }

        return batches;
    }

    /// <summary>Notes that the messages of the next rows were handed over.</summary>
    /// <param name="batches">As <see cref="Batches"/> made them.</param>
    /// <param name="to">All rows of the journal up to this number were handed over.</param>
    public void Advance(IEnumerable<Batch> batches, long to)
    {
        foreach (var batch in batches)
            _covered[batch.Channel] = batch.Through;
        Position = Math.Max(Position, Math.Min(to, End));
    }

    /// <summary>What is to be said of channels once the lane is done: that nothing of theirs is left up to its end.</summary>
    /// <param name="channels">Every channel that anybody may ask for.</param>
    public IEnumerable<Batch> Covers(IEnumerable<string> channels) => channels
        .Select(channel => new Batch(channel, [], _covered.GetValueOrDefault(channel, _start), End))
        .Where(cover => cover.After < cover.Through);

    /// <summary>Rows of a sort: those of a topic travel together, and what has no topic travels with anything.</summary>
    private static bool Travels(JournalRow before, JournalRow row) =>
        before.Epoch == row.Epoch && Lines.RowLines.Topic(before.Record.Kind) == Lines.RowLines.Topic(row.Record.Kind);
}

/// <summary>What one message carries.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Rows">Rows in order; may be empty: the message then only says what it covers.</param>
/// <param name="After">It covers the channel's rows after this number,</param>
/// <param name="Through">up to this one.</param>
public sealed record Batch(string Channel, IReadOnlyList<JournalRow> Rows, long After, long Through);
