using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What it means that the instrument ended a segment by itself.</summary>
public static class UnplannedEnd
{
    /// <summary>The cause, or null where the segment was to end so. An abort that nobody here ordered came from the front panel or the instrument.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="endsStepAtVoltage">Whether the step ends at the segment's voltage bound.</param>
    public static Reason? Of(SegmentEnd end, bool endsStepAtVoltage) => end switch
    {
        SegmentEnd.Time or SegmentEnd.Charge => null,
        SegmentEnd.VoltageMin or SegmentEnd.VoltageMax => endsStepAtVoltage ? null : Reason.LimitVoltage,
        SegmentEnd.CurrentMax => Reason.LimitCurrent,
        SegmentEnd.Aborted or SegmentEnd.Fault => Reason.DeviceFault,
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {end}."),
    };
}
