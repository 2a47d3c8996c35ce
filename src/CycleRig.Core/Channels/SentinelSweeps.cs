using System.Collections.Immutable;

namespace CycleRig.Core.Channels;

/// <summary>Short sweeps of R_bulk alone inside a segment, one after the other.</summary>
/// <param name="FirstIndex">Number of the first in its run; the others follow it.</param>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="FrequenciesHz">Frequencies in the order of measurement, Hz, none below 1 kHz.</param>
/// <param name="AmplitudeAmperes">Peak current amplitude, A.</param>
/// <param name="CyclesPerPoint">Periods measured at each frequency.</param>
/// <param name="EverySeconds">From the begin of one to the begin of the next, s; one that is not over by then is followed at once.</param>
public sealed record SentinelSweeps(
    int FirstIndex, int Count, ImmutableArray<double> FrequenciesHz, double AmplitudeAmperes, int CyclesPerPoint, double EverySeconds)
{
    /// <summary>One of them.</summary>
    /// <param name="place">From 0.</param>
    public SegmentSweep At(int place) => new(FirstIndex + place, FrequenciesHz, AmplitudeAmperes, 0, CyclesPerPoint);
}
