using System.Collections.Immutable;

namespace CycleRig.Core.Channels;

/// <summary>One sweep inside a segment, begun at the segment's start.</summary>
/// <param name="Index">Number of the sweep in its run.</param>
/// <param name="FrequenciesHz">Frequencies in the order of measurement, Hz.</param>
/// <param name="AmplitudeAmperes">Peak current amplitude, A; 0 for a voltage amplitude.</param>
/// <param name="AmplitudeVolts">Peak voltage amplitude, V; 0 for a current amplitude.</param>
/// <param name="CyclesPerPoint">Periods measured at each frequency.</param>
public sealed record SegmentSweep(
    int Index, ImmutableArray<double> FrequenciesHz, double AmplitudeAmperes, double AmplitudeVolts, int CyclesPerPoint);
