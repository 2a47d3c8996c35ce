using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Safety;

/// <summary>
/// L1 behind the instrument's own bounds: whether a live segment has gone past what was ordered, or the run past what the cell may
/// see. Charge counts by its upper bound.
/// </summary>
public static class SegmentGuard
{
    /// <summary>An instrument meets its bound at its own next reading; beyond this share of it, it has missed it.</summary>
    private const double Room = 1.05;

    /// <summary>Judges a reading under current.</summary>
    /// <param name="segment">The live segment.</param>
    /// <param name="amperes">Current, A.</param>
    /// <param name="passed">What has passed in the segment.</param>
    /// <param name="runNet">Largest magnitude that the run's net charge can have.</param>
    /// <param name="limits">What the guard holds samples against.</param>
    /// <param name="sampleSeconds">From one sample to the next, s: a bound is met at most this late.</param>
    /// <returns>A cause, or null.</returns>
    public static Reason? Judge(Segment segment, double amperes, ChargePair passed, Charge runNet, GuardLimits limits, double sampleSeconds)
    {
        if (Math.Abs(amperes) > segment.CurrentMax.Amperes + limits.Leakage.Amperes || IsReversed(segment, amperes, limits))
            return Reason.LimitCurrent;
        var late = segment.CurrentMax.Amperes * sampleSeconds;
        // A sine around rest has a throughput, but moves no net charge.
        var counted = segment.Kind is SegmentKind.Galvanostatic or SegmentKind.Potentiostatic
            ? passed.ThroughputUpperBound.Coulombs
            : Math.Abs(passed.Measured.Coulombs);
        if (counted > (segment.ChargeMax.Coulombs * Room) + late)
            return Reason.LimitCharge;
        return runNet.Coulombs > limits.Cell.ChargeMax.Coulombs + late ? Reason.LimitCharge : null;
    }

    /// <summary>Whether current flows against the ordered direction, beyond what sine and leakage explain: leads swapped, a sign lost.</summary>
    private static bool IsReversed(Segment segment, double amperes, GuardLimits limits) =>
        segment.Kind == SegmentKind.Galvanostatic
        && amperes * Math.Sign(segment.Current.Amperes) < -(limits.Leakage.Amperes + segment.SineAmperes);
}
