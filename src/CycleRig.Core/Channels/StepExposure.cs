using System.Collections.Immutable;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Channels;

/// <summary>What a step can put through a cell at the most.</summary>
/// <param name="Coulombs">Throughput, C.</param>
/// <param name="Seconds">Time under current, s.</param>
/// <param name="Amperes">Largest magnitude of the current, its sine included, A.</param>
public readonly record struct StepExposure(double Coulombs, double Seconds, double Amperes)
{
    /// <summary>Exposure of one unrolled step on the plan's cell.</summary>
    public static StepExposure Of(Step step, ChannelPlan plan) => step switch
    {
        Settle or Rest => default,
        Galvanostatic galvanostatic => Of(galvanostatic, plan.Cell.Area),
        GalvanostaticImpedance sweep => Of((sweep.Amplitude * plan.Cell.Area).Amperes, SweepSeconds(sweep.Sweep, plan.Instrument)),
        // A sine around open circuit moves no net charge; its current is bounded by the cell's limit.
        PotentiostaticImpedance sweep => new(0, SweepSeconds(sweep.Sweep, plan.Instrument), plan.Cell.Limits.CurrentMax.Amperes),
        PotentiostaticHold hold => Of(plan.Cell.Limits.CurrentMax.Amperes, hold.Duration.TotalSeconds),
        _ => throw new System.Diagnostics.UnreachableException($"No exposure for {step.GetType().Name}."),
    };

    /// <summary>How long a step is planned to last, s: a settle for as long as it must be stable.</summary>
    public static double LastsSeconds(Step step, ChannelPlan plan) => step switch
    {
        Rest rest => rest.Duration.TotalSeconds,
        Settle settle => settle.StableFor.TotalSeconds,
        _ => Of(step, plan).Seconds,
    };

    /// <summary>The longest that a step may have current, s: what a warning has lowered passes a capacity in more time.</summary>
    public static double LongestSeconds(Step step, ChannelPlan plan)
    {
        var seconds = Of(step, plan).Seconds;
        return step is Galvanostatic { Ends: var ends } && plan.Safety.DerateTo is { } share
            ? Math.Min(seconds / share, ends.Duration?.TotalSeconds ?? double.PositiveInfinity)
            : seconds;
    }

    /// <summary>How long one sweep takes on the instrument, s.</summary>
    public static double SweepSeconds(SweepRange range, InstrumentLimits instrument) => SweepSeconds(range.FrequenciesHz(), range.CyclesPerPoint, instrument);

    /// <summary>How long a sweep over these frequencies takes on the instrument, s.</summary>
    public static double SweepSeconds(ImmutableArray<double> frequenciesHz, int cyclesPerPoint, InstrumentLimits instrument) =>
        instrument.OverheadPerSweep.TotalSeconds
        + frequenciesHz.Sum(hertz => Math.Max(cyclesPerPoint / hertz, instrument.DwellMin.TotalSeconds) + instrument.OverheadPerPoint.TotalSeconds);

    private static StepExposure Of(Galvanostatic step, Area area)
    {
        var direct = Math.Abs((step.Density * area).Amperes);
        var sine = step.Sweep is { } sweep ? (sweep.Amplitude * area).Amperes : 0;
        var byCapacity = step.Ends.Capacity is { } capacity ? (capacity * area).Coulombs / direct : double.PositiveInfinity;
        var byTime = step.Ends.Duration is { } duration ? duration.TotalSeconds : double.PositiveInfinity;
        var seconds = Math.Min(byCapacity, byTime);
        return new(direct * seconds, seconds, direct + sine);
    }

    private static StepExposure Of(double amperes, double seconds) => new(amperes * seconds, seconds, amperes);
}
