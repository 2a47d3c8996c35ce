using CycleRig.Core.Quantities;

namespace CycleRig.Core.Channels;

/// <summary>One bounded order to the instrument, which ends it by itself with the cell off.</summary>
/// <param name="Run">The run that it belongs to.</param>
/// <param name="Number">Number in its run, from 1; with the run it is the segment's identity.</param>
/// <param name="Kind">Technique.</param>
/// <param name="Current">Direct current, signed; 0 for sweeps around rest.</param>
/// <param name="Voltage">Voltage to hold; 0 unless potentiostatic.</param>
/// <param name="Sweep">Sweep in it, or null.</param>
/// <param name="DurationMax">The instrument ends the segment at this age.</param>
/// <param name="ChargeMax">The instrument ends the segment at this throughput.</param>
/// <param name="VoltageMin">The instrument ends the segment below this voltage.</param>
/// <param name="VoltageMax">The instrument ends the segment above this voltage.</param>
/// <param name="CurrentMax">Largest magnitude of the current, the sine included.</param>
/// <param name="EndsStepAtCharge">Whether its charge bound is what is left of the step.</param>
/// <param name="EndsStepAtVoltage">Whether its voltage bounds are the step's end condition; otherwise they are the cell's limits.</param>
public sealed record Segment(
    Guid Run,
    long Number,
    SegmentKind Kind,
    Current Current,
    Voltage Voltage,
    SegmentSweep? Sweep,
    TimeSpan DurationMax,
    Charge ChargeMax,
    Voltage VoltageMin,
    Voltage VoltageMax,
    Current CurrentMax,
    bool EndsStepAtCharge,
    bool EndsStepAtVoltage);
