using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>All that the detector remembers of a channel; part of the checkpoint, bounded.</summary>
public sealed record DetectorState
{
    public static DetectorState Initial { get; } = new();

    /// <summary>Valid spectra under plating, oldest first, at most <see cref="Detector.Remembered"/>.</summary>
    public ImmutableArray<TrackPoint> Track { get; init; } = [];

    /// <summary>Halting statistics seen one after the other under plating.</summary>
    public int Above { get; init; }

    /// <summary>Valid spectra at rest, as <see cref="Track"/>: what plating between them has done shows in them too.</summary>
    public ImmutableArray<TrackPoint> RestTrack { get; init; } = [];

    /// <summary>Halting statistics seen one after the other at rest.</summary>
    public int RestAbove { get; init; }

    /// <summary>Newest level.</summary>
    public WarningLevel Level { get; init; }
}
