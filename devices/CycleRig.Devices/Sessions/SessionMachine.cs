using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>
/// The contract of the session: latch, freshness, owner, off, allowance, permits, relay. Deterministic and without a clock: every call
/// says what time it is. One thread calls it.
/// </summary>
public sealed class SessionMachine
{
    private readonly SessionSettings _settings;
    private readonly ISessionPort _port;
    private readonly EventLog _events = new();
    private readonly PermitBook _permits;
    private readonly AllowanceBook _allowance = new();
    private readonly SampleDesk _desk;
    private readonly Tenure _tenure;
    private readonly SegmentDesk _segments;
    private readonly OffSwitch _switch;
    private readonly ArmGate _gate;
    private bool _connected = true;
    private bool _lostReported;
    private bool _isProbe;
    private long _ticks;
    private SessionPhase _phase = SessionPhase.Stopping;
    private TimeSpan _phaseSince;

    /// <summary>Builds a session; <see cref="Begin"/> comes first.</summary>
    /// <param name="settings">What the session is built with.</param>
    /// <param name="bootId">Drawn when the device host started.</param>
    /// <param name="port">What it can do to the world.</param>
    public SessionMachine(SessionSettings settings, Guid bootId, ISessionPort port)
    {
        (_settings, _port, _permits, _desk, _tenure) = (settings, port, new(settings.Permits), new(settings), new(bootId, AfterHaltProbe.CurrentMost(settings.Cell.Area)));
        _switch = new(settings, _tenure, _events, port);
        _segments = new(_allowance, _desk, _events, port);
        _gate = new(settings, _tenure, _events, _permits, _allowance, _desk, _switch, _segments);
    }

    /// <summary>Whether the cell is off, and confirmed.</summary>
    public bool IsOff => _phase == SessionPhase.Off;

    private bool CurrentMayFlow => _phase is SessionPhase.Arming or SessionPhase.Live;

    /// <summary>Turns the cell off and confirms it: the first thing a session does.</summary>
    public void Begin(TimeSpan now) => TurnOff(now);

    /// <summary>Gives the channel to a new owner; the former one's tokens are void and its current stops.</summary>
    public void Attach(TimeSpan now)
    {
        if (CurrentMayFlow)
            Stop(now, new(Reason.LeaseLost, now, "another owner took the channel"), ordered: false);
        _port.Report(new Attached(_events.Next(now), _tenure.Take(), _switch.StopNumber, _switch.Stops, _desk.Charge));
        foreach (var (permit, held, reason, detail) in _permits.Known)
            _port.Report(new PermitChanged(_events.Next(now), permit, held, reason, detail));
        if (!_connected)
            _port.Report(new DeviceLost(_events.Next(now), "the instrument is not connected"));
        if (_phase == SessionPhase.Off)
            _port.Report(new OffConfirmed(_events.Next(now), _desk.Charge));
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
                _switch.OpenRelay(now, relay.Why);
                break;
            case ArmSegment arm:
                Arm(now, arm);
                break;
            case ArmProbe arm:
                Arm(now, arm);
                break;
            case GrantAllowance grant when _connected && grant.Token == _tenure.Owner && grant.StopNumber == _switch.StopNumber:
                Grant(now, grant);
                break;
            case RenewLease renew when renew.Token == _tenure.Owner && _events.SentAt(renew.DecidedSessionEvent) is { } sent:
                _tenure.Renew(sent);
                break;
        }

        // Voided tokens and late grants change nothing.
    }

    /// <summary>Takes a permit's state from the supervisor.</summary>
    public void SetPermit(TimeSpan now, Permit permit, bool held, Reason reason, string detail)
    {
        if (_permits.Set(permit, held, reason, detail, now))
            _port.Report(new PermitChanged(_events.Next(now), permit, held, reason, detail));
        if (CurrentMayFlow && _permits.Missing(now) is { } missing)
            Stop(now, missing, ordered: false);
    }

    /// <summary>Stops the channel on the supervisor's word, in any phase.</summary>
    public void Trip(TimeSpan now, Reason reason, string detail) => Stop(now, new(reason, now, detail), ordered: false);

    /// <summary>Takes a sample: the guard first, then everything else. Allocates only for what goes to the host.</summary>
    public void Take(TimeSpan now, in Sample sample)
    {
        var sine = _segments.Live?.SineAmperes ?? 0;
        if (_desk.Judge(now, sample, Expected(), sine) is { } reason && Concerns(reason))
            Stop(now, new(reason, now, _desk.Describe(reason, sample)), ordered: false, relayToo: reason == Reason.CurrentWhileOff || IsProbed(reason));
        _desk.Count(sample, _segments.Live?.CurrentMax.Amperes ?? 0);
        if (_phase == SessionPhase.Live && _desk.Excess(sample, _segments.Live!, _segments.Passed, _isProbe) is { } excess)
            Stop(now, new(excess, now, _desk.Describe(excess, sample)), ordered: false, relayToo: IsProbed(excess));
        if (_phase == SessionPhase.Live && _desk.LastWasValid)
            Feed(now);
        // The sample that confirms an off is told before what it confirms.
        var confirmed = _phase == SessionPhase.Stopping && _switch.IsConfirmedBy(now, sample.CurrentAmperes);
        if (_desk.IsToBeSent(sample, always: confirmed))
            _port.Report(new SampleMeasured(_events.Next(now), _desk.Stamped(sample), _desk.Charge));
        if (confirmed)
            Confirm(now);
    }

    /// <summary>Takes a report of the instrument.</summary>
    public void Take(TimeSpan now, InstrumentReport report)
    {
        switch (report)
        {
            case InstrumentArmed armed when _phase == SessionPhase.Arming && _segments.IsLive(armed.Run, armed.Segment):
                (_phase, _phaseSince) = (SessionPhase.Live, now);
                _segments.Begin(now, armed.InstrumentSeconds);
                _port.Report(new SegmentArmed(_events.Next(now), armed.Segment, Queued: false));
                break;
            case InstrumentArmed when _phase == SessionPhase.Stopping:
                // An arm that overtook its abort: off again at once.
                TurnOff(now);
                break;
            case InstrumentArmed armed:
                Stop(now, new(Reason.DeviceFault, now, $"the instrument runs segment {armed.Segment}, which nobody here ordered"), ordered: false);
                break;
            case InstrumentRefused refused when _phase == SessionPhase.Arming || _segments.Queued?.Number == refused.Segment:
                _segments.Refused();
                Refuse(now, refused.Segment, refused.Why);
                if (_phase == SessionPhase.Arming)
                    TurnOff(now);
                break;
            case InstrumentEnded ended when _segments.IsLive(ended.Run, ended.Segment):
                Ended(now, ended);
                break;
            case InstrumentIdle when _phase == SessionPhase.Live:
                Stop(now, new(Reason.DeviceFault, now, $"the instrument is idle, but segment {_segments.Live!.Number} should run"), ordered: false);
                break;
            case InstrumentIdle when _phase == SessionPhase.Stopping:
                _switch.Idle(now);
                break;
            case SweepPointMeasured point when _desk.Add(point, _segments.Live) is var (spectrum, isPart):
                _port.Report(SampleDesk.Told(_events.Next(now), _segments.Live!.Number, spectrum, isPart));
                break;
            case InstrumentLost lost:
                Lost(now, lost.Detail);
                break;
            case InstrumentFound:
                _connected = true;
                TurnOff(now);
                break;
        }
    }

    /// <summary>Looks at every clock: lease, permits, silence, answers that are late.</summary>
    public void Tick(TimeSpan now)
    {
        if (CurrentMayFlow)
            Watch(now);
        if (_phase == SessionPhase.Stopping)
            _switch.Tick(now, _connected);
        if (_ticks++ % 2 == 0)
            _port.Report(new SessionTicked(_events.Next(now)));
    }

    private void Watch(TimeSpan now)
    {
        if (now > _tenure.LeaseUntil)
            Stop(now, new(Reason.LeaseLost, now, "the host has not renewed its lease for 5 s"), ordered: false);
        else if (_permits.Missing(now) is { } missing)
            Stop(now, missing, ordered: false);
        else if (_phase == SessionPhase.Live && now - (_desk.JudgedAt > _phaseSince ? _desk.JudgedAt : _phaseSince) > SessionSettings.JudgedWithin)
            Stop(now, new(Reason.StaleSamples, now, "no valid sample for 1 s under current: the relay was not fed"), ordered: false);
        else if (_phase == SessionPhase.Arming && now - _phaseSince > _settings.Capabilities.StartDelayMax + SessionSettings.OffWithin)
            Stop(now, new(Reason.ArmUnknown, now, "the instrument did not answer an arm"), ordered: false);
        else if (_phase == SessionPhase.Live && _segments.Late(now) is { } late)
            Stop(now, late, ordered: false);
    }

    private void Arm(TimeSpan now, ArmSegment arm)
    {
        if (_gate.Refusal(now, arm, _phase, _connected) is { } why)
            Refuse(now, arm.Segment.Number, why);
        else if (arm.Queued)
            _segments.Queue(now, arm.Segment);
        else
            SendOut(now, arm.Segment, isProbe: false);
    }

    private void Arm(TimeSpan now, ArmProbe arm)
    {
        if (_gate.Refusal(now, arm, _phase, _connected) is { } why)
        {
            Refuse(now, arm.Segment.Number, why);
        }
        else
        {
            _tenure.DrawProbe();
            SendOut(now, arm.Segment, isProbe: true);
        }
    }

    private void SendOut(TimeSpan now, Segment segment, bool isProbe)
    {
        (_phase, _phaseSince, _isProbe) = (SessionPhase.Arming, now, isProbe);
        _segments.Order(segment, now);
        _port.FeedRelay();
        _port.Arm(segment);
    }

    private void Grant(TimeSpan now, GrantAllowance grant)
    {
        _tenure.Grant(grant.StopNumber, grant.Allowance.ProbeMax);
        _switch.Unlatch();
        _allowance.Give(grant.Allowance);
        if (grant.NewRun)
            _desk.ResetCharge();
        _port.Report(new Granted(_events.Next(now), grant.StopNumber, grant.Allowance));
    }

    private void Ended(TimeSpan now, InstrumentEnded ended)
    {
        var unplanned = CurrentMayFlow ? UnplannedEnd.Of(ended.End, _segments.Live!.EndsStepAtVoltage) : null;
        var relayToo = unplanned is { } bound && IsProbed(bound);
        if (_segments.End(now, ended, queueFollows: _phase == SessionPhase.Live))
            (_phase, _phaseSince) = (SessionPhase.Arming, now);
        else if (unplanned is { } reason)
            Stop(now, new(reason, now, $"the instrument ended segment {ended.Segment} by itself: {ended.End}"), ordered: false, relayToo);
        else if (_phase != SessionPhase.Stopping)
            TurnOff(now); // The instrument has turned its cell off by itself; the abort makes it say so.
    }

    private void Stop(TimeSpan now, Cause cause, bool ordered, bool relayToo = false)
    {
        (_phase, _phaseSince) = (SessionPhase.Stopping, now);
        _switch.Stop(now, cause, ordered, relayToo);
    }

    private void TurnOff(TimeSpan now)
    {
        (_phase, _phaseSince) = (SessionPhase.Stopping, now);
        _switch.TurnOff(now);
    }

    private void Confirm(TimeSpan now)
    {
        _segments.EndUntold(now);
        (_phase, _phaseSince) = (SessionPhase.Off, now);
        _port.Report(new OffConfirmed(_events.Next(now), _desk.Charge));
        if (_lostReported)
            _port.Report(new DeviceFound(_events.Next(now)));
        _lostReported = false;
    }

    private void Lost(TimeSpan now, string detail)
    {
        _connected = false;
        _lostReported = true;
        _port.Report(new DeviceLost(_events.Next(now), detail));
        Stop(now, new(Reason.DeviceLost, now, $"{detail}; until it answers again, the cell is not confirmed off"), ordered: false);
    }

    private void Feed(TimeSpan now)
    {
        if (now <= _tenure.LeaseUntil && !_switch.RelayIsLatched && now - _desk.JudgedAt <= SessionSettings.JudgedWithin && _permits.Missing(now) is null)
            _port.FeedRelay();
    }

    private void Refuse(TimeSpan now, long segment, string why) => _port.Report(new ArmRefused(_events.Next(now), segment, why));

    /// <summary>Under current every cause stops. A cell that is off must only show no current; one that is on its way off is watched by the clock.</summary>
    private bool Concerns(Reason reason) =>
        CurrentMayFlow || (_phase == SessionPhase.Off && reason is Reason.CurrentWhileOff or Reason.LimitCurrent && _connected);

    /// <summary>A current that a sweep after a halt did not order is a cell that may be shorted, or an instrument that has lost its range.</summary>
    private bool IsProbed(Reason reason) => CurrentMayFlow && _isProbe && reason == Reason.LimitCurrent;

    /// <summary>Direct current that is ordered, A; 0 around rest, where there is none to collapse; NaN while the cell is off.</summary>
    private double Expected() => !CurrentMayFlow || _segments.Live is not { } live ? double.NaN : live.Kind == SegmentKind.Galvanostatic ? live.Current.Amperes : 0;
}
