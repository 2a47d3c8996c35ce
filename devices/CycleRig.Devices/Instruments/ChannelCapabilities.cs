using CycleRig.Core.Channels;

namespace CycleRig.Devices.Instruments;

/// <summary>What an instrument's channel can do, and who enforces what.</summary>
/// <param name="Limits">Ranges and overheads.</param>
/// <param name="SampleInterval">From one sample to the next.</param>
/// <param name="AbortLatencyMax">From an abort to the cell off, at the most.</param>
/// <param name="StartDelayMax">From an arm to current, at the most: an off is confirmed only after current was absent for longer.</param>
/// <param name="TimeBound">Who ends a segment at its time.</param>
/// <param name="ChargeBound">Who ends a segment at its charge.</param>
/// <param name="VoltageBound">Who ends a segment at its voltage.</param>
/// <param name="LostHostEndVerified">Whether the end with the cell off, host lost, was verified on the bench; if not, a dead-man relay is needed.</param>
public sealed record ChannelCapabilities(
    InstrumentLimits Limits,
    TimeSpan SampleInterval,
    TimeSpan AbortLatencyMax,
    TimeSpan StartDelayMax,
    Bound TimeBound,
    Bound ChargeBound,
    Bound VoltageBound,
    bool LostHostEndVerified);
