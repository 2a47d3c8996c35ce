using System.Text.Json.Serialization;
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
/// <param name="Sentinels">Short sweeps behind the one in it, or from its begin where there is none; null for none.</param>
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
    bool EndsStepAtVoltage,
    SentinelSweeps? Sentinels = null)
{
    /// <summary>Largest amplitude of a current sine in it, A.</summary>
    [JsonIgnore]
    public double SineAmperes => Math.Max(Sweep?.AmplitudeAmperes ?? 0, Sentinels?.AmplitudeAmperes ?? 0);

    /// <summary>Number of sweeps in it.</summary>
    [JsonIgnore]
    public int SweepCount => (Sweep is null ? 0 : 1) + (Sentinels?.Count ?? 0);

    /// <summary>A sweep of it, or null where it has no more.</summary>
    /// <param name="place">From 0, in the order of measurement.</param>
    public SegmentSweep? SweepAt(int place) => (place, Sweep, Sentinels) switch
    {
        (0, { } whole, _) => whole,
        (_, _, { } sentinels) when place < SweepCount => sentinels.At(place - (Sweep is null ? 0 : 1)),
        _ => null,
    };
}
