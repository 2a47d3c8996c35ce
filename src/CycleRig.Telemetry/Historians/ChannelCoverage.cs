using CycleRig.Telemetry.Publishing;

namespace CycleRig.Telemetry.Historians;

/// <summary>
/// What a historian has of one channel: received, and written. A hole among the received is what was lost or comes later; it is asked
/// for. It keeps nothing on a disk: every message says what the host knows to be written. Mutable; not safe for several threads.
/// </summary>
public sealed class ChannelCoverage
{
    private const int PartsMax = 4096;
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgainFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainMax = TimeSpan.FromSeconds(60);

    private IntervalSet _received = new();
    private IntervalSet _written = new();
    private readonly IntervalSet _unsaid = new();
    private long _floor;
    private long _highest;
    private TimeSpan _askAt = TimeSpan.MaxValue;
    private TimeSpan _wait = AskAgainFirst;
    private (long After, long To) _firstHole;

    /// <summary>Newest epoch seen.</summary>
    public int Epoch { get; private set; }

    /// <summary>Notes a message.</summary>
    /// <param name="epoch">Epoch of the journal: a higher one than before begins anew.</param>
    /// <param name="after">It covers the rows after this number</param>
    /// <param name="through">up to this one.</param>
    /// <param name="durable">The host knows that rows up to here are written.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>Whether its points are to be written; false where they are written already.</returns>
    public bool Received(int epoch, long after, long through, long durable, TimeSpan now)
    {
        if (epoch > Epoch || _received.Parts.Count > PartsMax || _written.Parts.Count > PartsMax)
        {
            // A new epoch may give numbers anew; too many parts are forgotten. What is not known is sent again: the same points.
            (Epoch, _received, _written, _floor, _highest) = (Math.Max(epoch, Epoch), new(), new(), durable, durable);
        }

        _floor = Math.Max(_floor, durable);
        _received.Add(0, _floor);
        _written.Add(0, _floor);
        _highest = Math.Max(_highest, through);
        var isNew = epoch < Epoch || !_written.Covers(after, through);
        if (isNew)
            _received.Add(after, through);
        else if (through > durable)
            _unsaid.Add(after == through ? durable : Math.Max(after, durable), through); // The answer was lost, or the host asks.
        Look(now);
        return isNew;
    }

    /// <summary>Notes that what a message covered is in the database.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="through">Inclusive.</param>
    public void Written(long after, long through)
    {
        _written.Add(after, through);
        _unsaid.Add(after, through);
    }

    /// <summary>What is written and was not yet acknowledged; the next call gives what came since.</summary>
    public IReadOnlyList<(long After, long To)> Acknowledgements()
    {
        // Whole neighbourhoods, of what is written alone: an acknowledgement that was lost is made good by the next one.
        List<(long After, long To)> said = [.. _written.Parts
            .Where(part => _unsaid.Parts.Any(unsaid => unsaid.After < part.To && part.After < unsaid.To))];
        _unsaid.Remove(0, long.MaxValue);
        return said;
    }

    /// <summary>What is missing among what was received.</summary>
    public IReadOnlyList<(long After, long To)> Lacking => [.. _received.Holes(_floor, _highest)];

    /// <summary>What is to be asked for now; each hole at first a second after it was seen, then more and more rarely.</summary>
    /// <param name="now">Monotonic time.</param>
    public IReadOnlyList<(long After, long To)> Requests(TimeSpan now)
    {
        if (now < _askAt)
            return [];
        var holes = Lacking;
        (_askAt, _wait) = (now + _wait, _wait * 2 < AskAgainMax ? _wait * 2 : AskAgainMax);
        return holes;
    }

    private void Look(TimeSpan now)
    {
        var hole = _received.Holes(_floor, _highest).FirstOrDefault();
        if (hole == default)
            _askAt = TimeSpan.MaxValue;
        else if (hole != _firstHole)
            (_askAt, _wait) = (_askAt == TimeSpan.MaxValue || _askAt > now + AskAfter ? now + AskAfter : _askAt, AskAgainFirst);
        _firstHole = hole;
    }
}
