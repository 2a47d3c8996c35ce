namespace CycleRig.Devices.Sessions;

/// <summary>Numbers a session's events and remembers when the newest of them were sent.</summary>
internal sealed class EventLog
{
    /// <summary>More than a session sends within lease and freshness together.</summary>
    private const int Remembered = 1024;

    private readonly TimeSpan[] _sentAt = new TimeSpan[Remembered];

    /// <summary>Number of the newest event.</summary>
    public long Newest { get; private set; }

    /// <summary>Numbers the next event.</summary>
    public long Next(TimeSpan now)
    {
        Newest++;
        _sentAt[Newest % Remembered] = now;
        return Newest;
    }

    /// <summary>When an event was sent, or null when it never was or is too long ago.</summary>
    public TimeSpan? SentAt(long number) =>
        number > 0 && number <= Newest && number > Newest - Remembered ? _sentAt[number % Remembered] : null;
}
