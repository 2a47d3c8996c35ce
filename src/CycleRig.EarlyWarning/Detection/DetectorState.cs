using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>All that the detector remembers of a channel; part of the checkpoint, bounded.</summary>
public sealed record DetectorState
{
    public static DetectorState Initial { get; } = new();

    /// <summary>Valid spectra under plating, oldest first, at most <see cref="Detector.Remembered"/>.</summary>
    public ImmutableArray<TrackPoint> Track { get; init; } = [];

    /// <summary>Newest level.</summary>
    public WarningLevel Level { get; init; }

    /// <summary>Halting statistics seen one after the other.</summary>
    public int Above { get; init; }

    /// <summary>Seconds under current at which the last valid spectrum came, or at which current began; null before.</summary>
    public double? SeenSeconds { get; init; }
}
