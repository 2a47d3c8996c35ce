namespace CycleRig.EarlyWarning.Scheduling;

/// <summary>Whole sweeps in a fixed rhythm, and sentinel sweeps in what is left between them.</summary>
/// <param name="WholeEverySeconds">From one whole sweep to the next, s.</param>
/// <param name="Whole">A whole sweep.</param>
/// <param name="SentinelEverySeconds">From one sentinel sweep to the next, s.</param>
/// <param name="Sentinel">A sentinel sweep; null for none.</param>
internal sealed record SweepPattern(double WholeEverySeconds, SweepCost Whole, double SentinelEverySeconds, SweepCost? Sentinel)
{
    /// <summary>When R_bulk is known anew, and how well, from the begin of a whole sweep on.</summary>
    /// <param name="contactSdPerSecond">Standard deviation of what contact does to ln R_bulk unseen, for each root of a second.</param>
    /// <param name="untilSeconds">Where to end, s.</param>
    public IEnumerable<(double KnownSeconds, double Sd)> Looks(double contactSdPerSecond, double untilSeconds)
    {
        for (var begins = 0.0; begins < untilSeconds; begins += WholeEverySeconds)
        {
            yield return (begins + Whole.KnownSeconds, Whole.Sd);
            if (Sentinel is not { } sentinel)
                continue;
            var first = begins + Whole.LastsSeconds;
            var count = Math.Max(0, (int)((begins + WholeEverySeconds - first - sentinel.LastsSeconds) / SentinelEverySeconds) + 1);
            // Contact walks on between whole sweeps: the mean of the sentinels of one gap does not get better than that walk.
            var contact = contactSdPerSecond * contactSdPerSecond * WholeEverySeconds / 3 * count;
            for (var k = 0; k < count; k++)
                yield return (first + (k * SentinelEverySeconds) + sentinel.KnownSeconds, Math.Sqrt((sentinel.Sd * sentinel.Sd) + contact));
        }
    }
}

/// <summary>What one sweep costs, and what it tells.</summary>
/// <param name="LastsSeconds">From its begin to its end, s.</param>
/// <param name="KnownSeconds">From its begin until R_bulk is known, s.</param>
/// <param name="Sd">Standard deviation of ln R_bulk.</param>
internal readonly record struct SweepCost(double LastsSeconds, double KnownSeconds, double Sd);
