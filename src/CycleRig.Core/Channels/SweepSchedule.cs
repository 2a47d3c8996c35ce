using System.Collections.Immutable;

namespace CycleRig.Core.Channels;

/// <summary>How often a channel sweeps under current, as the early warning plans it from what was measured on it.</summary>
/// <param name="SentinelHertz">Frequencies of a sentinel sweep, descending, Hz, none below 1 kHz; empty where none is worth its time.</param>
/// <param name="SentinelEverySeconds">From one sentinel sweep to the next, s.</param>
/// <param name="WholeEverySeconds">From one whole sweep to the next, s, where the protocol leaves that open.</param>
public sealed record SweepSchedule(ImmutableArray<double> SentinelHertz, double SentinelEverySeconds, double WholeEverySeconds);
