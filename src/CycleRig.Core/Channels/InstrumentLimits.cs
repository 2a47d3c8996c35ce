using CycleRig.Core.Quantities;

namespace CycleRig.Core.Channels;

/// <summary>What an instrument's channel can do; the plan is refused where it asks for more.</summary>
/// <param name="CurrentMax">Largest magnitude of the current.</param>
/// <param name="VoltageMax">Largest magnitude of the voltage.</param>
/// <param name="FrequencyMax">Highest frequency of a sweep.</param>
/// <param name="FrequencyMin">Lowest frequency of a sweep.</param>
/// <param name="SweepOnDirectCurrent">Whether a sweep can be superimposed on direct current.</param>
/// <param name="CanQueue">Whether a segment can follow without a gap.</param>
/// <param name="OverheadPerPoint">Time lost at each point of a sweep.</param>
/// <param name="OverheadPerSweep">Time lost at the start of a sweep.</param>
/// <param name="DwellMin">Shortest measuring time of a point.</param>
public sealed record InstrumentLimits(
    Current CurrentMax,
    Voltage VoltageMax,
    Frequency FrequencyMax,
    Frequency FrequencyMin,
    bool SweepOnDirectCurrent,
    bool CanQueue,
    TimeSpan OverheadPerPoint,
    TimeSpan OverheadPerSweep,
    TimeSpan DwellMin);
