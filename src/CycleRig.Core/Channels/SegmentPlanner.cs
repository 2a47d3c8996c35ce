using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Channels;

/// <summary>Cuts a step into segments: bounded orders that together make the step.</summary>
internal static class SegmentPlanner
{
    /// <summary>Room above a segment's planned charge before its charge bound acts; its time ends it first.</summary>
    private const double ChargeRoom = 1.02;

    /// <summary>What is left of a step below this is rounding of an instrument's clock, s, and no segment.</summary>
    public const double SecondsResolution = 1e-3;

    /// <summary>A sweep that is due within this of the segment's begin is taken with it.</summary>
    private static readonly TimeSpan SweepSlack = TimeSpan.FromSeconds(2);

    /// <summary>Amplitude of the check spectrum: small against the interface's thermal voltage.</summary>
    private static readonly Voltage CheckAmplitude = Voltage.FromMillivolts(10);

    /// <summary>What is left of a step beyond ended, live and queued segments.</summary>
    public static (double Seconds, double Coulombs) Remaining(Galvanostatic step, RunProgress progress, ChannelPlan plan)
    {
        var amperes = Math.Abs((step.Density * plan.Cell.Area).Amperes);
        var ahead = (progress.Live?.Segment.DurationMax ?? TimeSpan.Zero).TotalSeconds + (progress.Queued?.DurationMax ?? TimeSpan.Zero).TotalSeconds;
        return (
            (step.Ends.Duration?.TotalSeconds ?? double.PositiveInfinity) - progress.StepSeconds - ahead,
            ((step.Ends.Capacity is { } capacity ? (capacity * plan.Cell.Area).Coulombs : (double?)null) ?? double.PositiveInfinity) - progress.StepCoulombs - (ahead * amperes));
    }

    /// <summary>When a segment that is wanted now would begin.</summary>
    public static TimeSpan Begins(RunProgress progress, TimeSpan now) =>
        progress.Live is { } live ? live.Began + live.Segment.DurationMax : now;

    /// <summary>The next segment of the present step, or null when none is left to want.</summary>
    public static Segment? Next(Running running, TimeSpan now, ChannelPlan plan) => plan.Steps[running.Progress.Step] switch
    {
        Galvanostatic step => Galvanostatic(step, running.Progress, now, plan),
        PotentiostaticHold hold when running.Progress.Live is null => Hold(hold, running.Progress, plan),
        PotentiostaticImpedance sweep when running.Progress is { Live: null, StepSeconds: 0 } =>
            AtRest(SegmentKind.Peis, sweep.Sweep, 0, sweep.Amplitude.Volts, (running.Progress.Run, running.Progress.Segments + 1, running.Progress.Sweeps), plan),
        GalvanostaticImpedance sweep when running.Progress is { Live: null, StepSeconds: 0 } =>
            AtRest(SegmentKind.Geis, sweep.Sweep, (sweep.Amplitude * plan.Cell.Area).Amperes, 0, (running.Progress.Run, running.Progress.Segments + 1, running.Progress.Sweeps), plan),
        _ => null,
    };

    /// <summary>The spectrum at rest before current flows again.</summary>
    public static Segment Check(Guid run, long number, int sweep, ChannelPlan plan)
    {
        var limits = plan.Instrument;
        var range = plan.Steps.OfType<Galvanostatic>().Select(step => step.Sweep?.Range)
            .Concat(plan.Steps.OfType<PotentiostaticImpedance>().Select(step => (SweepRange?)step.Sweep))
            .FirstOrDefault(known => known is not null)
            ?? new SweepRange(limits.FrequencyMax, new(Math.Max(1, limits.FrequencyMin.Hertz)), 6, 3);
        return AtRest(SegmentKind.Peis, range, 0, CheckAmplitude.Volts, (run, number, sweep), plan);
    }

    private static Segment? Galvanostatic(Galvanostatic step, RunProgress progress, TimeSpan now, ChannelPlan plan)
    {
        var current = step.Density * plan.Cell.Area;
        var amperes = current.Magnitude.Amperes;
        var left = Remaining(step, progress, plan);
        var bound = (plan.Safety.SegmentCapacity * plan.Cell.Area).Coulombs;
        if (left.Seconds < SecondsResolution || left.Coulombs <= 0)
            return null;
        var seconds = Math.Min(Math.Min(plan.Safety.SegmentDuration.TotalSeconds, left.Seconds), bound / amperes);
        var last = left.Coulombs <= seconds * amperes;
        var sweep = Superimposed(step, progress, now, last ? left.Coulombs / amperes : seconds, plan);
        var window = Window(step, plan);
        return new(
            progress.Run,
            progress.Segments + 1,
            SegmentKind.Galvanostatic,
            current,
            default,
            sweep,
            // The last segment of a capacity ends at its charge, exactly; its time is only the bound behind that.
            TimeSpan.FromSeconds(last ? (left.Coulombs / amperes * ChargeRoom) + 1 : seconds),
            new(last ? left.Coulombs : seconds * amperes * ChargeRoom),
            window.Min,
            window.Max,
            new(Math.Min((amperes + (sweep?.AmplitudeAmperes ?? 0)) * ChargeRoom, plan.Cell.Limits.CurrentMax.Amperes)),
            EndsStepAtCharge: last,
            EndsStepAtVoltage: step.Ends.VoltageMagnitude is not null);
    }

    private static SegmentSweep? Superimposed(Galvanostatic step, RunProgress progress, TimeSpan now, double seconds, ChannelPlan plan)
    {
        if (step.Sweep is not { } sweep || Begins(progress, now) + SweepSlack < progress.SweepDue + DueAfter(progress, sweep)
            || StepExposure.SweepSeconds(sweep.Range, plan.Instrument) > seconds)
            return null;
        return new(progress.Sweeps, sweep.Range.FrequenciesHz(), (sweep.Amplitude * plan.Cell.Area).Amperes, 0, sweep.Range.CyclesPerPoint);
    }

    /// <summary>The first sweep of a step is due at once.</summary>
    private static TimeSpan DueAfter(RunProgress progress, SuperimposedSweep sweep) =>
        progress.StepSeconds == 0 && progress.Live is null ? TimeSpan.Zero : sweep.Every;

    private static Segment Hold(PotentiostaticHold hold, RunProgress progress, ChannelPlan plan)
    {
        var limits = plan.Cell.Limits;
        var seconds = Math.Min(plan.Safety.SegmentDuration.TotalSeconds, hold.Duration.TotalSeconds - progress.StepSeconds);
        return new(
            progress.Run, progress.Segments + 1, SegmentKind.Potentiostatic, default, hold.Voltage, null, TimeSpan.FromSeconds(seconds),
            new(limits.CurrentMax.Amperes * seconds), limits.VoltageMin, limits.VoltageMax, limits.CurrentMax, EndsStepAtCharge: false, EndsStepAtVoltage: false);
    }

    private static Segment AtRest(
        SegmentKind kind, SweepRange range, double amperes, double volts, (Guid Run, long Number, int Sweep) id, ChannelPlan plan)
    {
        var limits = plan.Cell.Limits;
        var seconds = StepExposure.SweepSeconds(range, plan.Instrument);
        var currentMax = kind == SegmentKind.Geis ? new Current(amperes * ChargeRoom) : limits.CurrentMax;
        return new(
            id.Run, id.Number, kind, default, default,
            new(id.Sweep, range.FrequenciesHz(), amperes, volts, range.CyclesPerPoint),
            TimeSpan.FromSeconds((seconds * 1.1) + 2),
            plan.Safety.SegmentCapacity * plan.Cell.Area, limits.VoltageMin, limits.VoltageMax, currentMax, EndsStepAtCharge: false, EndsStepAtVoltage: false);
    }

    private static (Voltage Min, Voltage Max) Window(Galvanostatic step, ChannelPlan plan)
    {
        var limits = plan.Cell.Limits;
        if (step.Ends.VoltageMagnitude is not { } end)
            return (limits.VoltageMin, limits.VoltageMax);
        return (new(Math.Max(limits.VoltageMin.Volts, -end.Volts)), new(Math.Min(limits.VoltageMax.Volts, end.Volts)));
    }
}
