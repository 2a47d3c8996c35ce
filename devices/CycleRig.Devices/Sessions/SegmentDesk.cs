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
    /// <summary>Half a tick of room above the machine's 5 s, for the way between the two.</summary>
    private static readonly TimeSpan QueueLead = TimeSpan.FromSeconds(5.25);

    private ChargePair _began;
    private double _beganSeconds;

    public Segment? Live { get; private set; }

    public Segment? Queued { get; private set; }

    /// <summary>Rig time at which the live one was ordered; once the instrument runs it, at which it began.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>What this machine's clock says of the live one: that it runs past its time, or that the instrument's clock runs otherwise.</summary>
    public Cause? Late(TimeSpan now)
    {
        if (now - Since > Live!.DurationMax + SessionSettings.OffWithin)
            return new(Reason.LimitTime, now, $"segment {Live.Number} runs past its time");
        var drift = (now - Since).TotalSeconds - (samples.LastSeconds - _beganSeconds);
        return Math.Abs(drift) > SessionSettings.DriftMax.TotalSeconds
            ? new(Reason.DeviceFault, now, FormattableString.Invariant($"the instrument's clock is {drift:F1} s behind this machine's since the segment began"))
            : null;
    }

    /// <summary>Why nothing can be put behind the live one now, or null.</summary>
    public string? QueueRefusal(TimeSpan now) =>
        Queued is not null ? "something follows the running segment already"
        : Since + Live!.DurationMax - now > QueueLead ? "a segment is queued at the earliest 5 s before the running one ends"
        : null;

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

    /// <summary>Sends an order behind the live one.</summary>
    public void Queue(TimeSpan now, Segment segment)
    {
        allowance.Draw(segment);
        Queued = segment;
        port.Queue(segment);
        port.Report(new SegmentArmed(events.Next(now), segment.Number, Queued: true));
    }

    /// <summary>The instrument runs the live one.</summary>
    public void Begin(TimeSpan now, double instrumentSeconds)
    {
        (Since, _beganSeconds, _began) = (now, instrumentSeconds, samples.Charge);
        samples.BeginSweeps();
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
        // An instrument's clock that stands still gives nothing back.
        var (told, seen) = (Math.Max(0, instrumentSeconds - _beganSeconds), (now - Since).TotalSeconds);
        var seconds = seen - told > SessionSettings.DriftMax.TotalSeconds ? seen : told;
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
