using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Experiments;

/// <summary>Whether a rig can carry out a protocol, before anything is armed.</summary>
public static class PlanCheck
{
    /// <summary>Leakage that an open channel may show.</summary>
    private static readonly Current Leakage = Current.FromMicroamperes(1);

    /// <summary>The plan of one channel.</summary>
    public static ChannelPlan For(ChannelDescription channel, Protocol protocol) =>
        new(channel.Name, channel.Cell, protocol.Unrolled(), protocol.Safety, channel.Instrument, Leakage);

    /// <summary>What the channel cannot do, each in one sentence with the mend.</summary>
    public static IEnumerable<string> Errors(ChannelDescription channel, Protocol protocol)
    {
        var plan = For(channel, protocol);
        double coulombs = 0;
        foreach (var step in plan.Steps)
        {
            var exposure = StepExposure.Of(step, plan);
            coulombs += exposure.Coulombs;
            foreach (var error in Errors(step, plan, exposure))
                yield return $"step `{step.Label}` on channel {channel.Name}: {error}";
        }

        if (coulombs > channel.Cell.Limits.ChargeMax.Coulombs)
            yield return $"channel {channel.Name}: the protocol passes {new Charge(coulombs)}, the cell's charge limit is {channel.Cell.Limits.ChargeMax}; lower the capacity or raise charge_max";
    }

    private static IEnumerable<string> Errors(Step step, ChannelPlan plan, StepExposure exposure)
    {
        if (step is Galvanostatic && exposure.Amperes > plan.Instrument.CurrentMax.Amperes)
            yield return $"{new Current(exposure.Amperes)} with its sine is above the instrument's range of {plan.Instrument.CurrentMax}; lower current_density";
        if (step is Galvanostatic && exposure.Amperes > plan.Cell.Limits.CurrentMax.Amperes)
            yield return $"{new Current(exposure.Amperes)} with its sine is above the cell's limit of {plan.Cell.Limits.CurrentMax}; lower current_density or raise current_max";
        if (SweepOf(step) is not { } sweep)
            yield break;
        if (sweep.Highest > plan.Instrument.FrequencyMax || sweep.Lowest < plan.Instrument.FrequencyMin)
            yield return $"the sweep from {sweep.Highest} to {sweep.Lowest} is outside the instrument's {plan.Instrument.FrequencyMin} to {plan.Instrument.FrequencyMax}";
        if (step is not Galvanostatic { Sweep: { } superimposed } galvanostatic)
            yield break;
        if (!plan.Instrument.SweepOnDirectCurrent)
            yield return "the instrument cannot superimpose a sweep on direct current; put a `peis` step between plating steps";
        var seconds = StepExposure.SweepSeconds(superimposed.Range, plan.Instrument);
        var bound = (plan.Safety.SegmentCapacity * plan.Cell.Area).Coulombs / Math.Abs((galvanostatic.Density * plan.Cell.Area).Amperes);
        if (seconds > Math.Min(bound, plan.Safety.SegmentDuration.TotalSeconds))
            yield return FormattableString.Invariant($"a sweep takes {seconds:F0} s, a segment ends after {Math.Min(bound, plan.Safety.SegmentDuration.TotalSeconds):F0} s; raise segment_duration or segment_capacity under safety, or raise the lowest frequency");
    }

    private static SweepRange? SweepOf(Step step) => step switch
    {
        Galvanostatic galvanostatic => galvanostatic.Sweep?.Range,
        PotentiostaticImpedance peis => peis.Sweep,
        GalvanostaticImpedance geis => geis.Sweep,
        _ => null,
    };
}
