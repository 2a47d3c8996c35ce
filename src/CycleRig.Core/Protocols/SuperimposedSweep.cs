using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>GEIS on top of a direct current.</summary>
/// <param name="Range">Frequencies.</param>
/// <param name="Amplitude">Peak amplitude per area; 0.05 mA/cm² in the reference paper (doi 10.1039/d3ee03916a).</param>
/// <param name="Every">From the start of one sweep to the start of the next; null leaves that to the early warning.</param>
public sealed record SuperimposedSweep(SweepRange Range, CurrentDensity Amplitude, TimeSpan? Every)
{
    /// <summary>From one sweep to the next where the protocol leaves it open and nothing is planned yet.</summary>
    public static readonly TimeSpan Unplanned = TimeSpan.FromSeconds(60);

    /// <summary>Above this current too much passes in a slow point: whole sweeps belong to planned rests there.</summary>
    private static readonly CurrentDensity High = CurrentDensity.FromMilliamperesPerSquareCentimetre(1);

    /// <summary>Lowest frequency above <see cref="High"/>; three periods last 0.3 s.</summary>
    private static readonly Frequency LowestAtHigh = new(10);

    /// <summary>The part of the range that is measured at a direct current: above 1 mA/cm² it stops at 10 Hz.</summary>
    public SweepRange RangeAt(CurrentDensity density) => density.Magnitude > High && Range.Highest > LowestAtHigh ? Range.Above(LowestAtHigh) : Range;
}
