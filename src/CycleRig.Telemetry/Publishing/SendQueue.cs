namespace CycleRig.Telemetry.Publishing;

/// <summary>
/// What is still to be sent: the live lane first, and behind it the backlog of an outage and what the historian lacks, oldest first.
/// Mutable; not safe for several threads.
/// </summary>
public sealed class SendQueue
{
    private const long LagMaxDefault = 2_000;

    private readonly long _lagMax;
    private readonly IntervalSet _backlog = new();
    private readonly Queue<Lane> _ended = new();
    private Lane? _behind;

    /// <summary>A queue that begins after a number.</summary>
    /// <param name="start">Rows up to here need not be sent.</param>
    /// <param name="lagMax">How many rows the live lane may be behind after an outage and still send them itself.</param>
    public SendQueue(long start, long lagMax = LagMaxDefault) => (Live, _lagMax) = (new(start), lagMax);

    /// <summary>Lane of what comes now.</summary>
    public Lane Live { get; private set; }

    /// <summary>Lane behind it, or null when nothing is left; it is asked for anew after every page.</summary>
    public Lane? Behind
    {
        get
        {
            if (_behind is { IsDone: true })
            {
                _ended.Enqueue(_behind);
                _behind = null;
            }

            if (_behind is null && _backlog.Parts is [var (after, to), ..])
            {
                _behind = new(after, to);
                _backlog.Remove(after, to);
            }

            return _behind;
        }
    }

    /// <summary>Rows up to here were sent, all of them.</summary>
    public long SentTo => Math.Min(
        Live.Position, Math.Min(_behind is { IsDone: false } lane ? lane.Position : long.MaxValue, _backlog.Parts is [var (after, _), ..] ? after : long.MaxValue));

    /// <summary>Numbers that wait behind the live lane.</summary>
    public long Waiting => _backlog.Parts.Sum(part => part.To - part.After) + (_behind is { } lane ? Math.Max(0, lane.End - lane.Position) : 0);

    /// <summary>After an outage: what is far behind becomes backlog, and the live lane begins at the newest row.</summary>
    /// <param name="newest">Newest durable number of the journal.</param>
    public void CatchUp(long newest)
    {
        if (newest - Live.Position <= _lagMax)
            return;
        var from = Live.Position;
        Live.Stop();
        _ended.Enqueue(Live);
        Live = new(newest);
        _backlog.Add(from, newest);
    }

    /// <summary>Takes a request of the historian; what the live lane has not sent yet comes anyway.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public void Resend(long after, long to)
    {
        to = Math.Min(to, Live.Position);
        if (_behind is { IsDone: false } lane)
        {
            // What the lane is about to send is not sent twice.
            _backlog.Add(after, Math.Min(to, lane.Position));
            _backlog.Add(Math.Max(after, lane.End), to);
        }
        else
        {
            _backlog.Add(after, to);
        }
    }

    /// <summary>Lanes that ended since this was asked last: their covers are to be sent.</summary>
    public IEnumerable<Lane> Ended()
    {
        _ = Behind; // One that is done is known as ended.
        while (_ended.TryDequeue(out var lane))
            yield return lane;
    }
}
