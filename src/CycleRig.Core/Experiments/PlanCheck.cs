using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Experiments;

/// <summary>Whether a channel can carry out a protocol, before anything is armed.</summary>
public static class PlanCheck
{
    /// <summary>Leakage that an open channel may show.</summary>
    private static readonly Current Leakage = Current.FromMicroamperes(1);

    /// <summary>A foil that has given more of its metal than this may run out beside the places that are stripped first.</summary>
    private const double ReserveShare = 0.8;

    /// <summary>The plan of one channel.</summary>
    public static ChannelPlan For(ChannelDescription channel, Protocol protocol) =>
        new(channel.Name, channel.Cell, protocol.Unrolled(), protocol.Safety, channel.Instrument, Leakage);

    /// <summary>What the channel cannot do; a step of a loop is named once.</summary>
    public static IEnumerable<PlanProblem> Problems(ChannelDescription channel, Protocol protocol)
    {
        var plan = For(channel, protocol);
        double net = 0, peak = 0, metal = 0, plated = 0, stripped = 0, blind = 0;
        var told = new HashSet<PlanProblem>();
        foreach (var step in plan.Steps)
        {
            var exposure = StepExposure.Of(step, plan);
            blind = IsSeen(step) ? 0 : blind + exposure.Seconds;
            var moved = step is Galvanostatic { Density.AmperesPerSquareMetre: < 0 } ? -exposure.Coulombs : exposure.Coulombs;
            net += moved;
            peak = Math.Max(peak, Math.Abs(net));
            // What a hold moves is not planned: the cell's limits alone bound it, far above what flows.
            metal += step is Galvanostatic ? moved : 0;
            (plated, stripped) = (Math.Max(plated, -metal), Math.Max(stripped, metal));
            foreach (var what in Range(step, plan, exposure).Concat(Conditions(step, channel)).Concat(Sweeps(step, plan)).Concat(Blind(step, plan, blind)))
            {
                if (told.Add(new(step.Label, channel.Name, what)))
                    yield return new(step.Label, channel.Name, what);
            }
        }

        foreach (var what in Probe(plan))
            yield return new(null, channel.Name, what);
        if (peak > channel.Cell.Limits.ChargeMax.Coulombs)
            yield return new(null, channel.Name, $"the protocol moves {new Charge(peak)} to one side, the cell's charge limit is {channel.Cell.Limits.ChargeMax}; lower the capacity or raise charge_max");
        // What is plated onto the working electrode comes from the counter electrode.
        foreach (var what in Metal(channel.Cell, "counter", channel.Cell.Counter, new(plated)).Concat(Metal(channel.Cell, "working", channel.Cell.Working, new(stripped))))
            yield return new(null, channel.Name, what);
    }

    /// <summary>Metal that an electrode would have to give beyond what its foil can spare. Where the foil is not known nothing is said.</summary>
    private static IEnumerable<string> Metal(Cell cell, string electrode, Electrode metal, Charge taken)
    {
        if (cell.Foil is { } foil && MetalReserve.Of(metal, foil) is { } held && taken.Coulombs > ReserveShare * (held * cell.Area).Coulombs)
            yield return FormattableString.Invariant(
                $"the protocol takes up to {taken / cell.Area} of metal from the {electrode} electrode, more than {100 * ReserveShare:F0} % of the {held} that a foil of {foil.Micrometres:G4} µm holds; lower the capacity, or use a thicker foil and correct `foil`");
    }

    private static IEnumerable<string> Range(Step step, ChannelPlan plan, StepExposure exposure)
    {
        if (step is Galvanostatic or GalvanostaticImpedance && exposure.Amperes > plan.Instrument.CurrentMax.Amperes)
            yield return $"{new Current(exposure.Amperes)} with its sine is above the instrument's range of {plan.Instrument.CurrentMax}; lower current_density";
        if (step is Galvanostatic or GalvanostaticImpedance && exposure.Amperes > plan.Cell.Limits.CurrentMax.Amperes)
            yield return $"{new Current(exposure.Amperes)} with its sine is above the cell's limit of {plan.Cell.Limits.CurrentMax}; lower current_density or raise current_max";
        if (step is Galvanostatic { Sweep: { } sine } direct && sine.Amplitude > direct.Density.Magnitude)
            yield return $"the sine of {sine.Amplitude} turns the current of {direct.Density.Magnitude} around in each period; lower `amplitude`, a tenth of the current is usual";
        if (step is PotentiostaticImpedance { Amplitude: var swing } && (swing > plan.Cell.Limits.VoltageMax || -swing.Volts < plan.Cell.Limits.VoltageMin.Volts))
            yield return $"the amplitude of {swing} is above the cell's {plan.Cell.Limits.VoltageMin} to {plan.Cell.Limits.VoltageMax}; lower `amplitude`, 10 mV is usual";
        if (step is PotentiostaticHold { Voltage: var held } && (held < plan.Cell.Limits.VoltageMin || held > plan.Cell.Limits.VoltageMax))
            yield return $"{held} is outside the cell's {plan.Cell.Limits.VoltageMin} to {plan.Cell.Limits.VoltageMax}; hold a voltage within them";
    }

    private static IEnumerable<string> Probe(ChannelPlan plan)
    {
        if (plan.Safety.AfterHalt is not { } probe)
            yield break;
        if (probe.Sweep.Highest > plan.Instrument.FrequencyMax || probe.Sweep.Lowest < plan.Instrument.FrequencyMin)
            yield return $"the sweep of after_halt_probe from {probe.Sweep.Highest} to {probe.Sweep.Lowest} is outside the instrument's {plan.Instrument.FrequencyMin} to {plan.Instrument.FrequencyMax}; lower `from` or raise `to`";
        if (probe.CurrentMax(plan.Cell.Area) > plan.Cell.Limits.CurrentMax)
            yield return $"after_halt_probe may draw {probe.CurrentMax(plan.Cell.Area)}, twice its amplitude, above the cell's limit of {plan.Cell.Limits.CurrentMax}; lower `amplitude`";
    }

    private static IEnumerable<string> Conditions(Step step, ChannelDescription channel)
    {
        var limits = channel.Cell.Limits;
        if (step is Settle { Pressure: not null } && channel.Press is null)
            yield return "the channel has no press; leave `pressure` out, or give the channel a press in the rig file";
        if (step is Settle { Temperature: { } temperature } && (temperature < limits.TemperatureMin || temperature > limits.TemperatureMax))
            yield return $"{temperature} is outside the cell's {limits.TemperatureMin} to {limits.TemperatureMax}; settle within them";
        if (step is Settle { Pressure: { } pressure } && (pressure < limits.PressureMin || pressure > limits.PressureMax))
            yield return $"{pressure} is outside the cell's {limits.PressureMin} to {limits.PressureMax}; settle within them";
    }

    private static IEnumerable<string> Sweeps(Step step, ChannelPlan plan)
    {
        if (SweepOf(step) is not { } sweep)
            yield break;
        if (sweep.Highest > plan.Instrument.FrequencyMax || sweep.Lowest < plan.Instrument.FrequencyMin)
            yield return $"the sweep from {sweep.Highest} to {sweep.Lowest} is outside the instrument's {plan.Instrument.FrequencyMin} to {plan.Instrument.FrequencyMax}; lower `from` or raise `to`";
        if (step is not Galvanostatic { Sweep: { } superimposed } galvanostatic)
            yield break;
        if (!plan.Instrument.SweepOnDirectCurrent)
            yield return "the instrument cannot superimpose a sweep on direct current; put a `peis` step between plating steps";
        var seconds = StepExposure.SweepSeconds(superimposed.RangeAt(galvanostatic.Density), plan.Instrument);
        var bound = (plan.Safety.SegmentCapacity * plan.Cell.Area).Coulombs / Math.Abs((galvanostatic.Density * plan.Cell.Area).Amperes);
        var longest = Math.Min(bound, plan.Safety.SegmentDuration.TotalSeconds);
        if (superimposed.Every is { } every && every.TotalSeconds < seconds)
            yield return FormattableString.Invariant($"a sweep takes {seconds:F0} s, longer than `every` of {every.TotalSeconds:F0} s; raise `every`, or the lowest frequency");
        // Of a current above the limits that alone is said: the rest follows from it.
        if (seconds > longest && StepExposure.Of(step, plan).Amperes <= plan.Cell.Limits.CurrentMax.Amperes)
            yield return FormattableString.Invariant($"a sweep takes {seconds:F0} s, a segment ends after {longest:F0} s; raise segment_duration or segment_capacity under safety, or raise the lowest frequency");
    }

    /// <summary>Current that nobody would judge for longer than the blind limit: the run would halt, so it is refused before.</summary>
    private static IEnumerable<string> Blind(Step step, ChannelPlan plan, double blindSeconds)
    {
        var limit = plan.Safety.BlindLimit;
        if (step is Galvanostatic { Sweep.Every: { } every } && every > limit)
            yield return FormattableString.Invariant($"a sweep each {every.TotalMinutes:G4} min is rarer than the blind limit of {limit.TotalMinutes:G4} min; lower `every` or raise blind_limit under safety");
        if (step is Galvanostatic or PotentiostaticHold && blindSeconds > limit.TotalSeconds)
            yield return FormattableString.Invariant($"current would flow for {blindSeconds / 60:G4} min without a spectrum, the blind limit is {limit.TotalMinutes:G4} min; add `geis:` to the step, put a `peis` step before it, or raise blind_limit under safety");
    }

    private static bool IsSeen(Step step) => step is PotentiostaticImpedance or GalvanostaticImpedance or Galvanostatic { Sweep: not null };

    private static SweepRange? SweepOf(Step step) => step switch
    {
        Galvanostatic galvanostatic => galvanostatic.Sweep?.Range,
        PotentiostaticImpedance peis => peis.Sweep,
        GalvanostaticImpedance geis => geis.Sweep,
        _ => null,
    };
}
