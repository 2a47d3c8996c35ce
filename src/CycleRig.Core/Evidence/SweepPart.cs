namespace CycleRig.Core.Evidence;

/// <summary>What of a sweep is looked at before it has ended.</summary>
public static class SweepPart
{
    /// <summary>
    /// The upper part of a sweep that comes down from above reaches to here, Hz. Points from here up carry R_bulk; below, the interface shows, and there a
    /// sweep takes most of its time.
    /// </summary>
    public const double LowestHertz = 1e3;
}
