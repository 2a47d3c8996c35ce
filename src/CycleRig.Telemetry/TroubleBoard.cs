namespace CycleRig.Telemetry;

/// <summary>
/// What keeps telemetry from going on, one entry a kind: told once when it comes and once when it goes, however often it is tried
/// meanwhile. Safe for several threads.
/// </summary>
/// <param name="tell">Told of a trouble that comes, changes or goes.</param>
/// <param name="time">For how often a trouble that changes its words is told; the system's unless given.</param>
public sealed class TroubleBoard(Action<Trouble> tell, TimeProvider? time = null)
{
    private static readonly TimeSpan ChangesEvery = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Text, long Told)> _open = [];

    /// <summary>What is open now.</summary>
    public IReadOnlyList<Trouble> Open
    {
        get
        {
            lock (_gate)
                return [.. _open.Select(entry => new Trouble(entry.Key, entry.Value.Text, IsOpen: true))];
        }
    }

    /// <summary>Notes a trouble; told when it comes, and when it is another one, at most twice a minute.</summary>
    /// <param name="kind">What is in trouble: one alarm each.</param>
    /// <param name="text">What happened, where, what to do.</param>
    public void Raise(string kind, string text)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_open.TryGetValue(kind, out var known) && (known.Text == text || _time.GetElapsedTime(known.Told, now) < ChangesEvery))
            {
                _open[kind] = (text, known.Told);
                return;
            }

            _open[kind] = (text, now);
        }

        tell(new(kind, text, IsOpen: true));
    }

    /// <summary>Notes that a trouble is over; told if it was open.</summary>
    /// <param name="kind">As raised.</param>
    public void Clear(string kind)
    {
        (string Text, long Told) known;
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
