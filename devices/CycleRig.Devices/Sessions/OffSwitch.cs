using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>How a cell goes off: numbered stops, aborts until it is confirmed, and the relay when it is not.</summary>
internal sealed class OffSwitch(SessionSettings settings, Tenure tenure, EventLog events, ISessionPort port)
{
    private const string NotConfirmed = "the cell was not confirmed off in time; disconnect it by hand where no relay did";

    private readonly OffWatch _watch = new(settings);
    private readonly StopBook _stops = new();

    /// <summary>The stop number. It only rises.</summary>
    public long StopNumber => _stops.Number;

    public ImmutableArray<NumberedStop> Stops => _stops.Newest;

    /// <summary>Whether the relay was opened since the last grant: it is not fed before the next.</summary>
    public bool RelayIsLatched { get; private set; }

    public void TurnOff(TimeSpan now)
    {
        _watch.Ordered(now);
        port.Abort();
    }

    public void Stop(TimeSpan now, Cause cause, bool ordered, bool relayToo)
    {
        // The number rises before the first byte goes out.
        _stops.Raise(cause);
        tenure.Stopped(_stops.Number, cause, ordered);
        TurnOff(now);
        // What acts comes before what tells: telling may fail.
        var opened = relayToo && Open();
        port.Report(new SessionStopped(events.Next(now), _stops.Number, cause, ordered));
        if (opened)
            port.Report(new RelayOpened(events.Next(now), cause.Detail));
    }

    public void OpenRelay(TimeSpan now, string why)
    {
        if (Open())
            port.Report(new RelayOpened(events.Next(now), why));
    }

    /// <summary>An operator's grant closes the account of what was: the relay may be fed again.</summary>
    public void Unlatch() => RelayIsLatched = false;

    /// <summary>Looks at an off that is not confirmed yet: repeats the abort, and opens the relay when its time has passed.</summary>
    /// <param name="now">Rig time.</param>
    /// <param name="connected">Whether the instrument answers; one that does not was a cause already.</param>
    public void Tick(TimeSpan now, bool connected)
    {
        if (!_watch.IsOverdue(now))
            return;
        if (!_watch.RelayDue || !_stops.NeedsRelayReport)
            TurnOff(now);
        else if (connected)
            Stop(now, new(Reason.OffNotConfirmed, now, NotConfirmed), ordered: false, relayToo: true);
        else
            OpenRelay(now, NotConfirmed);
    }

    private bool Open()
    {
        RelayIsLatched = true;
        _stops.RelayReported();
        return port.OpenRelay();
    }

    /// <summary>The instrument said that it is idle.</summary>
    public void Idle(TimeSpan now) => _watch.Idle(now);

    /// <summary>Takes the current of a sample.</summary>
    /// <returns>Whether the off is confirmed now.</returns>
    public bool IsConfirmedBy(TimeSpan now, double amperes)
    {
        if (!_watch.IsConfirmedBy(now, amperes))
            return false;
        _stops.OffConfirmed();
        return true;
    }
}
