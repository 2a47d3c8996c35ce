using CycleRig.Core.Evidence;
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

    /// <summary>Room that a sentinel sweep has for what an instrument takes longer than it says.</summary>
    private const double SentinelRoom = 1.1;

    /// <summary>Amplitude of the check spectrum: small against the interface's thermal voltage.</summary>
    private static readonly Voltage CheckAmplitude = Voltage.FromMillivolts(10);

    /// <summary>What is left of a step beyond ended, live and queued segments.</summary>
    public static (double Seconds, double Coulombs) Remaining(Galvanostatic step, RunProgress progress, ChannelPlan plan)
    {
        var (live, queued) = (Ahead(progress.Live?.Segment), Ahead(progress.Queued));
        return (
            (step.Ends.Duration?.TotalSeconds ?? double.PositiveInfinity) - progress.StepSeconds - live.Seconds - queued.Seconds,
            ((step.Ends.Capacity is { } capacity ? (capacity * plan.Cell.Area).Coulombs : (double?)null) ?? double.PositiveInfinity) - progress.StepCoulombs - live.Coulombs - queued.Coulombs);
    }

    /// <summary>The current of a step: lowered once a warning was given, where the protocol asks for that.</summary>
    public static Current Ordered(Galvanostatic step, RunProgress progress, ChannelPlan plan) =>
        new((step.Density * plan.Cell.Area).Amperes * (progress.IsDerated ? plan.Safety.DerateTo ?? 1 : 1));

    /// <summary>A segment at a share of its current; all its other bounds hold.</summary>
    public static Segment Lowered(Segment segment, double share) => segment with
    {
        Current = new(share * segment.Current.Amperes),
        CurrentMax = new(Math.Min(segment.CurrentMax.Amperes, ((share * segment.Current.Magnitude.Amperes) + segment.SineAmperes) * ChargeRoom)),
    };

    private static (double Seconds, double Coulombs) Ahead(Segment? segment) => segment is null
        ? default
        : (segment.DurationMax.TotalSeconds, segment.DurationMax.TotalSeconds * segment.Current.Magnitude.Amperes);

    /// <summary>When a segment that is wanted now would begin.</summary>
    public static TimeSpan Begins(RunProgress progress, TimeSpan now) =>
        progress.Live is { } live ? live.Began + live.Segment.DurationMax : now;

    /// <summary>The next segment of the present step, or null when none is left to want.</summary>
    public static Segment? Next(Running running, TimeSpan now, ChannelPlan plan) => plan.Steps[running.Progress.Step] switch
    {
        Galvanostatic step => Galvanostatic(step, running, now, plan),
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

    /// <summary>A sweep around rest after a halt for dendrite onset, or null where the protocol asks for none.</summary>
    public static Segment? Probe(Guid run, long number, int sweep, ChannelPlan plan) => plan.Safety.AfterHalt is { } probe
        ? AtRest(SegmentKind.Geis, probe.Sweep, (probe.Amplitude * plan.Cell.Area).Amperes, 0, (run, number, sweep), plan) with { CurrentMax = probe.CurrentMax(plan.Cell.Area) }
        : null;

    private static Segment? Galvanostatic(Galvanostatic step, Running running, TimeSpan now, ChannelPlan plan)
    {
        var progress = running.Progress;
        var current = Ordered(step, progress, plan);
        var amperes = current.Magnitude.Amperes;
        var left = Remaining(step, progress, plan);
        var bound = (plan.Safety.SegmentCapacity * plan.Cell.Area).Coulombs;
        if (left.Seconds < SecondsResolution || left.Coulombs <= 0)
            return null;
        var seconds = Math.Min(Math.Min(plan.Safety.SegmentDuration.TotalSeconds, left.Seconds), bound / amperes);
        var last = left.Coulombs <= seconds * amperes;
        var planned = last ? left.Coulombs / amperes : seconds;
        var whole = Superimposed(step, progress, now, planned, plan);
        var sentinels = Sentinels(step, running, planned - (whole is null ? 0 : SweepSeconds(step, plan)), whole is null ? 0 : 1, plan);
        var window = Window(step, plan);
        return new(
            progress.Run,
            progress.Segments + 1,
            SegmentKind.Galvanostatic,
            current,
            default,
            whole,
            // The last segment of a capacity ends at its charge, exactly; its time is only the bound behind that.
            TimeSpan.FromSeconds(last ? (left.Coulombs / amperes * ChargeRoom) + 1 : seconds),
            new(last ? left.Coulombs : seconds * amperes * ChargeRoom),
            window.Min,
            window.Max,
            new(Math.Min((amperes + Math.Max(whole?.AmplitudeAmperes ?? 0, sentinels?.AmplitudeAmperes ?? 0)) * ChargeRoom, plan.Cell.Limits.CurrentMax.Amperes)),
            EndsStepAtCharge: last,
            EndsStepAtVoltage: step.Ends.VoltageMagnitude is not null,
            sentinels);
    }

    private static SegmentSweep? Superimposed(Galvanostatic step, RunProgress progress, TimeSpan now, double seconds, ChannelPlan plan)
    {
        if (step.Sweep is not { } sweep || Begins(progress, now) + SweepSlack < progress.SweepDue + DueAfter(progress, sweep) || SweepSeconds(step, plan) > seconds)
            return null;
        return new(progress.Sweeps, sweep.RangeAt(step.Density).FrequenciesHz(), (sweep.Amplitude * plan.Cell.Area).Amperes, 0, sweep.Range.CyclesPerPoint);
    }

    /// <summary>How long the superimposed sweep of a step takes, s.</summary>
    private static double SweepSeconds(Galvanostatic step, ChannelPlan plan) => StepExposure.SweepSeconds(step.Sweep!.RangeAt(step.Density), plan.Instrument);

    /// <summary>As many sentinel sweeps as fit behind the whole one, at the pace of the schedule; on watch one follows the other.</summary>
    private static SentinelSweeps? Sentinels(Galvanostatic step, Running running, double seconds, int behind, ChannelPlan plan)
    {
        if (step.Sweep is not { } sweep || running.Progress.Schedule is not { SentinelHertz: { IsEmpty: false } hertz } schedule)
            return null;
        var lasts = StepExposure.SweepSeconds(hertz, sweep.Range.CyclesPerPoint, plan.Instrument);
        var every = running.Ledger.Level >= WarningLevel.Watch ? lasts : Math.Max(lasts, schedule.SentinelEverySeconds);
        // The last one has its own time and the rest of the segment; one that did not fit would be cut.
        var count = (int)((seconds - (lasts * SentinelRoom)) / every) + 1;
        return seconds < lasts * SentinelRoom
            ? null
            : new(running.Progress.Sweeps + behind, count, hertz, (sweep.Amplitude * plan.Cell.Area).Amperes, sweep.Range.CyclesPerPoint, every);
    }

    /// <summary>The first sweep of a step is due at once.</summary>
    private static TimeSpan DueAfter(RunProgress progress, SuperimposedSweep sweep) => progress.StepSeconds == 0 && progress.Live is null
        ? TimeSpan.Zero
        : sweep.Every ?? (progress.Schedule is { } schedule ? TimeSpan.FromSeconds(schedule.WholeEverySeconds) : SuperimposedSweep.Unplanned);

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
