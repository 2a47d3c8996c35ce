using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Protocols;

/// <summary>
/// Sweeps around rest after a halt for dendrite onset, 1, 10 and 60 min after the cell was confirmed off: whether the loss is there without current, too.
/// The one exception to a halt's latch (docs/ARCHITECTURE.md, point 9).
/// </summary>
/// <param name="Sweep">Frequencies.</param>
/// <param name="Amplitude">Peak of the sine, at most <see cref="AmplitudeMax"/>.</param>
public sealed record AfterHaltProbe(SweepRange Sweep, CurrentDensity Amplitude)
{
    /// <summary>Times after the confirmed off; there are no more probes than these.</summary>
    public static ImmutableArray<TimeSpan> At { get; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60)];

    /// <summary>A sweep that does not reach from the one to the other tells no R_bulk and R_int (docs/early-warning.md), Hz.</summary>
    public const double ReachesUpHertz = 1e5;
    public const double ReachesDownHertz = 1e3;

    public static CurrentDensity AmplitudeMax { get; } = new(0.5);

    /// <summary>A current above it opens the relay: twice the amplitude.</summary>
    public Current CurrentMax(Area area) => Twice(Amplitude, area);

    /// <summary>What no start can grant more than.</summary>
    public static Current CurrentMost(Area area) => Twice(AmplitudeMax, area);

    private static Current Twice(CurrentDensity amplitude, Area area) => new(2 * (amplitude * area).Amperes);
}
