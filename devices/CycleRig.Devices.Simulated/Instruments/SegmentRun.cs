using CycleRig.Core.Channels;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>The instrument's own bounds of the segment that it runs.</summary>
internal static class SegmentRun
{
    /// <summary>Why an instrument cannot run a segment, or null.</summary>
    public static string? Refusal(Segment segment, InstrumentLimits limits)
    {
        if (segment.Current.Magnitude > limits.CurrentMax)
            return $"current {segment.Current} is above the range {limits.CurrentMax}";
        return segment.Sweep is { } sweep && (sweep.FrequenciesHz.Max() > limits.FrequencyMax.Hertz * 1.0001 || sweep.FrequenciesHz.Min() < limits.FrequencyMin.Hertz * 0.9999)
            ? $"a frequency is outside {limits.FrequencyMin} to {limits.FrequencyMax}"
            : null;
    }

    /// <summary>Whether the sweep of a segment, if it has one, is done.</summary>
    public static bool SweepDone(RunningSegment running) => running.Segment.Sweep is not { } sweep || running.Point >= sweep.FrequenciesHz.Length;

    /// <summary>How long the present point of a sweep is measured, s.</summary>
    public static double Dwell(RunningSegment running, InstrumentLimits limits) =>
        Math.Max(running.Segment.Sweep!.CyclesPerPoint / running.Segment.Sweep.FrequenciesHz[running.Point], limits.DwellMin.TotalSeconds);

    /// <summary>The bound that is reached now, or null.</summary>
    public static SegmentEnd? Reached(RunningSegment running, double seconds, double step, double amperes, double volts)
    {
        var segment = running.Segment;
        if (volts < segment.VoltageMin.Volts)
            return SegmentEnd.VoltageMin;
        if (volts > segment.VoltageMax.Volts)
            return SegmentEnd.VoltageMax;
        if (Math.Abs(amperes) > segment.CurrentMax.Amperes)
            return SegmentEnd.CurrentMax;
        if (segment.Kind is SegmentKind.Geis or SegmentKind.Peis && SweepDone(running))
            return SegmentEnd.Time;
        // Half a step of tolerance: the instrument counts time in its own steps.
        return seconds - running.BeganSeconds >= segment.DurationMax.TotalSeconds - (step / 2) ? SegmentEnd.Time : null;
    }

    /// <summary>How long the next step may last until the charge bound is met exactly, s; infinite without direct current.</summary>
    public static double SecondsToCharge(RunningSegment running, double amperes) => running.Segment.Kind is SegmentKind.Geis or SegmentKind.Peis || amperes == 0
        ? double.PositiveInfinity
        : Math.Max(0, running.Segment.ChargeMax.Coulombs - running.Throughput) / Math.Abs(amperes);

    /// <summary>Counts charge.</summary>
    public static void Count(RunningSegment running, double seconds, double amperes)
    {
        running.Coulombs += amperes * seconds;
        running.Throughput += Math.Abs(amperes) * seconds;
    }
}
