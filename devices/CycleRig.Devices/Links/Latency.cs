namespace CycleRig.Devices.Links;

/// <summary>Virtual latencies of hops, fits, syncs: drawn per seed in simulation, zero on a real rig where the real ones apply.</summary>
public sealed class Latency
{
    private readonly Random? _draw;

    private Latency(Random? draw) => _draw = draw;

    /// <summary>No latency beyond the real one.</summary>
    public static Latency None => new(null);

    /// <summary>Latencies drawn from a seed, never zero.</summary>
    public static Latency Drawn(int seed) => new(new Random(seed));

    /// <summary>A latency of about this length: between a half and twice it.</summary>
    public TimeSpan About(TimeSpan typical)
    {
        if (_draw is null)
            return TimeSpan.Zero;
        lock (_draw)
            return typical * Math.Pow(2, (2 * _draw.NextDouble()) - 1);
    }
}
