namespace CycleRig.Telemetry;

/// <summary>
/// What keeps telemetry from going on, one entry a kind: told once when it comes and once when it goes, however often it is tried
/// meanwhile; told again when it changes, but not more often than every ten seconds. Safe for several threads.
/// </summary>
/// <param name="tell">Told of a trouble that comes, changes or goes.</param>
/// <param name="time">Clock for the pause between changes.</param>
public sealed class TroubleBoard(Action<Trouble> tell, TimeProvider time)
{
    private static readonly TimeSpan ChangesEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Text, string Told, long ToldAt)> _open = [];

    /// <summary>A board that goes by the machine's clock.</summary>
    /// <param name="tell">Told of a trouble that comes, changes or goes.</param>
    public TroubleBoard(Action<Trouble> tell)
        : this(tell, TimeProvider.System)
    {
    }

    /// <summary>What is open now.</summary>
    public IReadOnlyList<Trouble> Open
    {
        get
        {
            lock (_gate)
                return [.. _open.Select(entry => new Trouble(entry.Key, entry.Value.Text, IsOpen: true))];
        }
    }

    /// <summary>Notes a trouble; told unless its kind is open with the same text, or with another one that was told just now.</summary>
    /// <param name="kind">What is in trouble: one alarm each.</param>
    /// <param name="text">What happened, where, what to do.</param>
    public void Raise(string kind, string text)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(kind, out var known) && (known.Told == text || time.GetElapsedTime(known.ToldAt) < ChangesEvery))
            {
                _open[kind] = known with { Text = text };
                return;
            }

            _open[kind] = (text, text, time.GetTimestamp());
        }

        tell(new(kind, text, IsOpen: true));
    }

    /// <summary>Notes that a trouble is over; told if it was open.</summary>
    /// <param name="kind">As raised.</param>
    public void Clear(string kind)
    {
        (string Text, string, long) known;
        lock (_gate)
        {
            if (!_open.Remove(kind, out known))
                return;
        }

        tell(new(kind, known.Text, IsOpen: false));
    }
}

/// <summary>A trouble that comes or goes.</summary>
/// <param name="Kind">What is in trouble.</param>
/// <param name="Text">What happened, where, what to do.</param>
/// <param name="IsOpen">False once it is over.</param>
public sealed record Trouble(string Kind, string Text, bool IsOpen)
{
    public override string ToString() => IsOpen ? $"ALARM {Kind}: {Text}" : $"{Kind}: over; it was: {Text}";
}
