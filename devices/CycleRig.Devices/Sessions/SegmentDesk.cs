using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// The segment that the instrument runs, or was ordered to, and the one behind it: each draws on the allowance when it is ordered,
/// is counted from its own begin, and gives back what it did not use.
/// </summary>
internal sealed class SegmentDesk(AllowanceBook allowance, SampleDesk samples, EventLog events, ISessionPort port)
{
    private ChargePair _began;
    private double _beganSeconds;

    public Segment? Live { get; private set; }

    public Segment? Queued { get; private set; }

    /// <summary>Rig time at which the live one was ordered; once the instrument runs it, at which it began.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>What has passed in the live one.</summary>
    public ChargePair Passed => new(
        samples.Charge.Measured - _began.Measured, samples.Charge.ThroughputUpperBound - _began.ThroughputUpperBound);

    public bool IsLive(Guid run, long number) => Live is { } live && live.Number == number && live.Run == run;

    /// <summary>Takes an order; until the instrument says that it runs, it counts from here.</summary>
    public void Order(Segment segment, TimeSpan now)
    {
        allowance.Draw(segment);
        Live = segment;
        Begin(now, samples.LastSeconds);
    }

    /// <summary>Takes an order behind the live one.</summary>
    public void Queue(Segment segment)
    {
        allowance.Draw(segment);
        Queued = segment;
    }

    /// <summary>The instrument runs the live one.</summary>
    public void Begin(TimeSpan now, double instrumentSeconds)
    {
        (Since, _beganSeconds, _began) = (now, instrumentSeconds, samples.Charge);
        samples.BeginSweep();
    }

    /// <summary>The instrument did not take what was ordered last.</summary>
    public void Refused()
    {
        if ((Queued ?? Live) is { } refused)
            allowance.Settle(refused, default, 0);
        (Live, Queued) = (Queued is null ? null : Live, null);
    }

    /// <summary>The instrument ended the live one by itself.</summary>
    /// <param name="now">Rig time.</param>
    /// <param name="ended">What it said.</param>
    /// <param name="queueFollows">Whether a queued one may follow: not once an abort went out.</param>
    /// <returns>Whether it follows.</returns>
    public bool End(TimeSpan now, InstrumentEnded ended, bool queueFollows)
    {
        samples.CorrectCharge(_began, ended.Coulombs);
        Account(now, ended.End, ended.InstrumentSeconds);
        if (queueFollows && ended.End == SegmentEnd.Time && Queued is { } next)
        {
            (Live, Queued) = (next, null);
            Begin(now, ended.InstrumentSeconds);
            return true;
        }

        Forget();
        return false;
    }

    /// <summary>The cell is off, and of a segment nobody told the end: it counts up to here, what no sample covers in full.</summary>
    public void EndUntold(TimeSpan now)
    {
        if (Live is not null)
            Account(now, SegmentEnd.Aborted, samples.LastSeconds);
        Forget();
    }

    private void Account(TimeSpan now, SegmentEnd end, double instrumentSeconds)
    {
        var seconds = Math.Max(0, instrumentSeconds - _beganSeconds);
        allowance.Settle(Live!, Passed.ThroughputUpperBound, seconds);
        port.Report(new SegmentEnded(events.Next(now), Live!.Number, end, seconds, Passed));
    }

    private void Forget()
    {
        if (Queued is { } never)
            allowance.Settle(never, default, 0);
        (Live, Queued) = (null, null);
    }
}
