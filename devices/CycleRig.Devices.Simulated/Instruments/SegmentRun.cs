using System.Collections.Immutable;
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
        return IsOutside(segment.Sweep?.FrequenciesHz ?? [], limits) || IsOutside(segment.Sentinels?.FrequenciesHz ?? [], limits)
            ? $"a frequency is outside {limits.FrequencyMin} to {limits.FrequencyMax}"
            : null;
    }

    /// <summary>Whether the sweeps of a segment, if it has any, are done.</summary>
    public static bool SweepsDone(RunningSegment running) => running.Sweep is null;

    /// <summary>Goes on to the next sweep of the segment, or to none.</summary>
    /// <param name="running">The segment; its present sweep is over.</param>
    /// <param name="now">Rig time, s.</param>
    public static void NextSweep(RunningSegment running, double now)
    {
        var isSentinel = running.SweepPlace > 0 || running.Segment.Sweep is null;
        running.SweepPlace++;
        running.Sweep = running.Segment.SweepAt(running.SweepPlace);
        running.Point = 0;
        var begins = isSentinel && running.Segment.Sentinels is { } sentinels ? Math.Max(now, running.SweepBeginsSeconds + sentinels.EverySeconds) : now;
        // To the resolution of the rig's time, so that a restored rig begins it at the same.
        running.SweepBeginsSeconds = TimeSpan.FromSeconds(begins).TotalSeconds;
    }

    /// <summary>Begins a point: notes what the cell is then.</summary>
    /// <param name="running">The segment.</param>
    /// <param name="output">What the output makes of the cell.</param>
    /// <param name="limits">Overhead and shortest dwell.</param>
    /// <param name="now">Rig time, s.</param>
    /// <param name="delay">What passes before the point's own overhead.</param>
    /// <returns>From now to its end.</returns>
    public static TimeSpan BeginPoint(RunningSegment running, ChannelOutput output, InstrumentLimits limits, double now, TimeSpan delay)
    {
        running.PointVolts = output.Now(running).Volts;
        var ohms = output.Response(running, running.Sweep!.FrequenciesHz[running.Point]).Ohms;
        (running.PointReal, running.PointImaginary) = (ohms.Real, ohms.Imaginary);
        var waits = delay + limits.OverheadPerPoint;
        var measured = waits + TimeSpan.FromSeconds(Dwell(running, limits));
        (running.PointBeganSeconds, running.PointDueSeconds) = (now + waits.TotalSeconds, now + measured.TotalSeconds);
        return measured;
    }

    /// <summary>How long the present point of a sweep is measured, s.</summary>
    public static double Dwell(RunningSegment running, InstrumentLimits limits) =>
        Math.Max(running.Sweep!.CyclesPerPoint / running.Sweep.FrequenciesHz[running.Point], limits.DwellMin.TotalSeconds);

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
        if (segment.Kind is SegmentKind.Geis or SegmentKind.Peis && SweepsDone(running))
            return SegmentEnd.Time;
        // Half a step of tolerance: the instrument counts time in its own steps.
        return seconds - running.BeganSeconds >= segment.DurationMax.TotalSeconds - (step / 2) ? SegmentEnd.Time : null;
    }

    /// <summary>How long the next step may last until the charge bound is met exactly, s; infinite without direct current.</summary>
    public static double SecondsToCharge(RunningSegment running, double amperes) => running.Segment.Kind is SegmentKind.Geis or SegmentKind.Peis || amperes == 0
        ? double.PositiveInfinity
        : Math.Max(0, running.Segment.ChargeMax.Coulombs - running.Throughput) / Math.Abs(amperes);

    private static bool IsOutside(ImmutableArray<double> hertz, InstrumentLimits limits) =>
        !hertz.IsEmpty && (hertz.Max() > limits.FrequencyMax.Hertz * 1.0001 || hertz.Min() < limits.FrequencyMin.Hertz * 0.9999);

    /// <summary>Counts charge.</summary>
    public static void Count(RunningSegment running, double seconds, double amperes)
    {
        running.Coulombs += amperes * seconds;
        running.Throughput += Math.Abs(amperes) * seconds;
    }
}
