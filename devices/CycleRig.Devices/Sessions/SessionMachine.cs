using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// The contract of the session: latch, freshness, owner, off, allowance, permits, relay. Deterministic and without a clock: every call
/// says what time it is. One thread calls it.
/// </summary>
/// <param name="settings">What the session is built with.</param>
/// <param name="bootId">Drawn when the device host started.</param>
/// <param name="port">What it can do to the world.</param>
public sealed class SessionMachine(SessionSettings settings, Guid bootId, ISessionPort port)
{
    private readonly EventLog _events = new();
    private readonly PermitBook _permits = new(settings.Permits);
    private readonly AllowanceBook _allowance = new();
    private readonly OffWatch _off = new(settings);
    private readonly SampleDesk _desk = new(settings);
    private readonly StopBook _stops = new();
    private readonly Tenure _tenure = new(bootId);
    private bool _relayLatched;
    private bool _connected = true;
    private bool _lostReported;
    private long _ticks;
    private SessionPhase _phase = SessionPhase.Stopping;
    private TimeSpan _phaseSince;
    private Segment? _live;
    private Segment? _queued;
    private TimeSpan _liveSince;
    private double _liveBeganSeconds;
    private ChargePair _liveBegan;

    private bool CurrentMayFlow => _phase is SessionPhase.Arming or SessionPhase.Live;

    /// <summary>Turns the cell off and confirms it: the first thing a session does.</summary>
    public void Begin(TimeSpan now) => TurnOff(now);

    /// <summary>Gives the channel to a new owner; the former one's tokens are void and its current stops.</summary>
    public void Attach(TimeSpan now)
    {
        if (CurrentMayFlow)
            Stop(now, new(Reason.LeaseLost, now, "another owner took the channel"), ordered: false);
        port.Report(new Attached(_events.Next(now), _tenure.Take(), _stops.Number, _stops.Newest));
        foreach (var (permit, held, reason, detail) in _permits.Known)
            port.Report(new PermitChanged(_events.Next(now), permit, held, reason, detail));
        if (_phase == SessionPhase.Off)
            port.Report(new OffConfirmed(_events.Next(now), _desk.Charge));
    }

    /// <summary>Carries out a command of the owner, or refuses it.</summary>
    public void Order(TimeSpan now, ChannelCommand command)
    {
        switch (command)
        {
            case CellOff { Finish: true }:
                TurnOff(now);
                break;
            case CellOff off:
                Stop(now, off.Cause, ordered: true);
                break;
            case OpenRelay relay:
                OpenRelay(now, relay.Why);
                break;
            case ArmSegment arm:
                Arm(now, arm);
                break;
            case GrantAllowance grant when grant.Token == _tenure.Owner && grant.StopNumber == _stops.Number:
                Grant(now, grant);
                break;
            case RenewLease renew when renew.Token == _tenure.Owner && _events.SentAt(renew.DecidedSessionEvent) is { } sent:
                _tenure.Renew(sent);
                break;
            default:
                // Voided tokens, late grants and what is not meant for a session change nothing.
                break;
        }
    }

    /// <summary>Takes a permit's state from the supervisor.</summary>
    public void SetPermit(TimeSpan now, Permit permit, bool held, Reason reason, string detail)
    {
        if (_permits.Set(permit, held, reason, detail, now))
            port.Report(new PermitChanged(_events.Next(now), permit, held, reason, detail));
        if (CurrentMayFlow && _permits.Missing(now) is { } missing)
            Stop(now, missing, ordered: false);
    }

    /// <summary>Stops the channel on the supervisor's word, in any phase.</summary>
    public void Trip(TimeSpan now, Reason reason, string detail) => Stop(now, new(reason, now, detail), ordered: false);

    /// <summary>Takes a sample: the guard first, then everything else. Allocates only for what goes to the host.</summary>
    public void Take(TimeSpan now, in Sample sample)
    {
        var armed = _live is { } live && CurrentMayFlow ? live.Current.Amperes : double.NaN;
        var sine = _live?.Sweep?.AmplitudeAmperes ?? 0;
        // A segment around rest has no direct current to collapse; its own bounds and the cell's limits hold.
        if (_desk.Judge(now, sample, Expecting(armed), sine) is { } reason && Concerns(reason))
            Stop(now, new(reason, now, _desk.Describe(reason, sample)), ordered: false, relayToo: reason == Reason.CurrentWhileOff);
        _desk.Count(sample, _live?.CurrentMax.Amperes ?? 0);
        if (_phase == SessionPhase.Live && _desk.LastWasValid)
            Feed(now);
        if (_phase == SessionPhase.Stopping && _off.IsConfirmedBy(now, sample.CurrentAmperes))
            Confirm(now);
        if (_desk.IsToBeSent(sample))
            port.Report(new SampleMeasured(_events.Next(now), _desk.Stamped(sample), _desk.Charge));
    }

    /// <summary>Takes a report of the instrument.</summary>
    public void Take(TimeSpan now, InstrumentReport report)
    {
        switch (report)
        {
            case InstrumentArmed armed when _phase == SessionPhase.Arming && _live is { } live && armed.Segment == live.Number && armed.Run == live.Run:
                (_phase, _phaseSince, _liveSince) = (SessionPhase.Live, now, now);
                (_liveBegan, _liveBeganSeconds) = (_desk.Charge, armed.InstrumentSeconds);
                port.Report(new SegmentArmed(_events.Next(now), live.Number, Queued: false));
                break;
            case InstrumentArmed:
                // An arm that overtook its abort, or one that nobody here gave: off again at once.
                TurnOff(now);
                break;
            case InstrumentRefused refused when _phase == SessionPhase.Arming:
                Refuse(now, refused.Segment, refused.Why);
                TurnOff(now);
                break;
            case InstrumentEnded ended when _live is { } live && ended.Segment == live.Number && ended.Run == live.Run:
                Ended(now, live, ended);
                break;
            case InstrumentIdle when _phase == SessionPhase.Stopping:
                _off.Idle(now);
                break;
            case SweepPointMeasured point when _desk.Add(point, _live) is { } spectrum:
                port.Report(new SpectrumMeasured(_events.Next(now), _live!.Number, spectrum));
                break;
            case InstrumentLost lost:
                Lost(now, lost.Detail);
                break;
            case InstrumentFound:
                _connected = true;
                TurnOff(now);
                break;
            default:
                break;
        }
    }

    /// <summary>Looks at every clock: lease, permits, silence, answers that are late.</summary>
    public void Tick(TimeSpan now)
    {
        if (CurrentMayFlow)
            Watch(now);
        if (_phase == SessionPhase.Stopping && _off.IsOverdue(now))
            OffOverdue(now);
        if (_ticks++ % 2 == 0)
            port.Report(new SessionTicked(_events.Next(now)));
    }

    private void Watch(TimeSpan now)
    {
        if (now > _tenure.LeaseUntil)
            Stop(now, new(Reason.LeaseLost, now, "the host has not renewed its lease for 5 s"), ordered: false);
        else if (_permits.Missing(now) is { } missing)
            Stop(now, missing, ordered: false);
        else if (_phase == SessionPhase.Live && now - Max(_desk.JudgedAt, _phaseSince) > SessionSettings.Silence)
            Stop(now, new(Reason.StaleSamples, now, "no valid sample for 2 s under current"), ordered: false);
        else if (_phase == SessionPhase.Arming && now - _phaseSince > settings.Capabilities.StartDelayMax + SessionSettings.OffWithin)
            Stop(now, new(Reason.ArmUnknown, now, "the instrument did not answer an arm"), ordered: false);
        else if (_phase == SessionPhase.Live && now - _liveSince > _live!.DurationMax + SessionSettings.OffWithin)
            Stop(now, new(Reason.LimitTime, now, $"segment {_live.Number} runs past its time"), ordered: false);
    }

    private void Arm(TimeSpan now, ArmSegment arm)
    {
        if (Refusal(now, arm) is { } why)
        {
            Refuse(now, arm.Segment.Number, why);
            return;
        }

        _allowance.Draw(arm.Segment);
        if (arm.Queued)
        {
            _queued = arm.Segment;
            port.Queue(arm.Segment);
            port.Report(new SegmentArmed(_events.Next(now), arm.Segment.Number, Queued: true));
            return;
        }

        (_live, _queued, _phase, _phaseSince) = (arm.Segment, null, SessionPhase.Arming, now);
        _desk.BeginSweep();
        port.FeedRelay();
        port.Arm(arm.Segment);
    }

    private string? Refusal(TimeSpan now, ArmSegment arm)
    {
        if (_tenure.Refusal(arm, _stops.Number, _events.SentAt(arm.SeenSessionEvent), now) is { } why)
            return why;
        if (_permits.Missing(now) is { } missing)
            return $"no permit: {missing}";
        if (!_connected || _relayLatched)
            return _connected ? "the relay is latched open" : "the instrument is not connected";
        return PhaseRefusal(now, arm) ?? _allowance.Refusal(arm.Segment);
    }

    private string? PhaseRefusal(TimeSpan now, ArmSegment arm)
    {
        if (!arm.Queued)
            return _phase == SessionPhase.Off ? null : $"the cell is not confirmed off ({_phase})";
        if (!settings.Capabilities.Limits.CanQueue)
            return "the instrument cannot queue";
        if (_phase != SessionPhase.Live || _queued is not null)
            return "nothing runs that it could follow, or something follows already";
        return _liveSince + _live!.DurationMax - now > SegmentQueueLead ? "a segment is queued at the earliest 5 s before the running one ends" : null;
    }

    /// <summary>Half a tick of room above the machine's 5 s, for the way between the two.</summary>
    private static readonly TimeSpan SegmentQueueLead = TimeSpan.FromSeconds(5.25);

    private void Grant(TimeSpan now, GrantAllowance grant)
    {
        _tenure.Grant(grant.StopNumber, now);
        _relayLatched = false;
        _allowance.Give(grant.Allowance);
        if (grant.NewRun)
            _desk.ResetCharge();
        port.Report(new Granted(_events.Next(now), grant.StopNumber, grant.Allowance));
    }

    private void Ended(TimeSpan now, Segment live, InstrumentEnded ended)
    {
        _desk.CorrectCharge(_liveBegan, ended.Coulombs);
        Account(now, live, ended.End, ended.InstrumentSeconds - _liveBeganSeconds);
        if (ended.End == SegmentEnd.Time && _queued is { } next)
        {
            (_live, _queued, _phase, _phaseSince) = (next, null, SessionPhase.Arming, now);
            _desk.BeginSweep();
            return;
        }

        _live = _queued = null;
        if (_phase == SessionPhase.Stopping)
            return;
        (_phase, _phaseSince) = (SessionPhase.Stopping, now);
        // The instrument has turned its cell off by itself; an abort empties what may still be queued and makes it say so.
        _off.Ordered(now);
        port.Abort();
    }

    private void Account(TimeSpan now, Segment live, SegmentEnd end, double seconds)
    {
        var total = _desk.Charge;
        var passed = new ChargePair(
            total.Measured - _liveBegan.Measured, total.ThroughputUpperBound - _liveBegan.ThroughputUpperBound);
        _allowance.Settle(live, passed.ThroughputUpperBound, seconds);
        port.Report(new SegmentEnded(_events.Next(now), live.Number, end, seconds, passed));
    }

    private void Stop(TimeSpan now, Cause cause, bool ordered, bool relayToo = false)
    {
        // The number rises before the first byte goes out.
        _stops.Raise(cause);
        _tenure.Void();
        TurnOff(now);
        port.Report(new SessionStopped(_events.Next(now), _stops.Number, cause, ordered));
        if (relayToo)
            OpenRelay(now, cause.Detail);
    }

    private void TurnOff(TimeSpan now)
    {
        (_phase, _phaseSince) = (SessionPhase.Stopping, now);
        _off.Ordered(now);
        port.Abort();
    }

    private void OffOverdue(TimeSpan now)
    {
        if (_off.RelayDue && _stops.NeedsRelayReport)
        {
            _stops.Raise(new(Reason.OffNotConfirmed, now, "the cell was not confirmed off in time"));
            _tenure.Void();
            port.Report(new SessionStopped(_events.Next(now), _stops.Number, _stops.Last!, Ordered: false));
            OpenRelay(now, "the cell was not confirmed off in time");
        }

        _off.Ordered(now);
        port.Abort();
    }

    private void OpenRelay(TimeSpan now, string why)
    {
        _relayLatched = true;
        _stops.RelayReported();
        port.OpenRelay();
        port.Report(new RelayOpened(_events.Next(now), why));
    }

    private void Confirm(TimeSpan now)
    {
        if (_live is { } live)
            Account(now, live, SegmentEnd.Aborted, (now - _liveSince).TotalSeconds);
        (_phase, _phaseSince, _live, _queued) = (SessionPhase.Off, now, null, null);
        _stops.OffConfirmed();
        port.Report(new OffConfirmed(_events.Next(now), _desk.Charge));
        if (_lostReported)
            port.Report(new DeviceFound(_events.Next(now)));
        _lostReported = false;
    }

    private void Lost(TimeSpan now, string detail)
    {
        _connected = false;
        _lostReported = true;
        port.Report(new DeviceLost(_events.Next(now), detail));
        Stop(now, new(Reason.DeviceLost, now, detail), ordered: false);
    }

    private void Feed(TimeSpan now)
    {
        if (now <= _tenure.LeaseUntil && !_relayLatched && now - _desk.JudgedAt <= SessionSettings.JudgedWithin && _permits.Missing(now) is null)
            port.FeedRelay();
    }

    private void Refuse(TimeSpan now, long segment, string why) => port.Report(new ArmRefused(_events.Next(now), segment, why));

    /// <summary>Under current every cause stops. A cell that is off must only show no current; one that is on its way off is watched by the clock.</summary>
    private bool Concerns(Reason reason) =>
        CurrentMayFlow || (_phase == SessionPhase.Off && reason is Reason.CurrentWhileOff or Reason.LimitCurrent && _connected);

    private double Expecting(double armed) => _live?.Kind == SegmentKind.Galvanostatic ? armed : CurrentMayFlow ? 0 : double.NaN;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
