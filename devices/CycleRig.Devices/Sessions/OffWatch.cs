namespace CycleRig.Devices.Sessions;

/// <summary>
/// When an off counts as confirmed: the instrument says idle, and current stays under leakage for longer than the instrument's longest
/// start delay. And when it is overdue.
/// </summary>
internal sealed class OffWatch(SessionSettings settings)
{
    private TimeSpan _orderedFirst;
    private TimeSpan? _idleAt;
    private TimeSpan? _quietSince;
    private TimeSpan _repeatAt;
    private bool _waiting;

    /// <summary>Whether the time within which the off must be confirmed has passed.</summary>
    public bool RelayDue { get; private set; }

    /// <summary>An abort went out.</summary>
    public void Ordered(TimeSpan now)
    {
        if (!_waiting)
            (_waiting, _orderedFirst, RelayDue) = (true, now, false);
        _idleAt = null;
        _quietSince = null;
        _repeatAt = now + Within;
    }

    /// <summary>The instrument said that it is idle.</summary>
    public void Idle(TimeSpan now) => _idleAt ??= now;

    /// <summary>Takes the current of a sample.</summary>
    /// <returns>Whether the off is confirmed now.</returns>
    public bool IsConfirmedBy(TimeSpan now, double amperes)
    {
        if (!(Math.Abs(amperes) <= settings.Guard.Leakage.Amperes))
        {
            _quietSince = null;
            return false;
        }

        _quietSince ??= now;
        if (_idleAt is null || now - _quietSince.Value <= settings.Capabilities.StartDelayMax)
            return false;
        _waiting = false;
        return true;
    }

    /// <summary>Whether the abort is to be repeated; from the deadline on the relay has to act too.</summary>
    public bool IsOverdue(TimeSpan now)
    {
        RelayDue = now - _orderedFirst > Within;
        return now > _repeatAt;
    }

    private TimeSpan Within => settings.Capabilities.AbortLatencyMax + settings.Capabilities.StartDelayMax + SessionSettings.OffWithin is var sum
        && sum < SessionSettings.OffWithinMax
            ? sum
            : SessionSettings.OffWithinMax;
}
