namespace CycleRig.Core.Channels;

/// <summary>Where the sweeps around rest after a halt stand.</summary>
public sealed record ProbeProgress
{
    /// <summary>Rig time at which the cell was confirmed off, or null before that.</summary>
    public TimeSpan? OffAt { get; init; }

    /// <summary>How many of their times have had their sweep, or have passed.</summary>
    public int Had { get; init; }

    /// <summary>A sweep that was decided and waits for the disk, or for the session's answer.</summary>
    public WantedSegment? Wanted { get; init; }

    /// <summary>The sweep that the instrument runs.</summary>
    public LiveSegment? Live { get; init; }

    /// <summary>Whether an order is with the session, so that current may flow.</summary>
    public bool IsOut() => Live is not null || Wanted is { Sent: true };

    /// <summary>Whether it is this one that is with the session. One that was stopped before the instrument answered ends without having begun.</summary>
    public bool IsOut(long segment) => Live?.Segment.Number == segment || (Wanted is { Sent: true } wanted && wanted.Segment.Number == segment);
}
