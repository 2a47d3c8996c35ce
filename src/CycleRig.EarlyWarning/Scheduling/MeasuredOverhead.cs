using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Scheduling;

/// <summary>What an instrument loses at each point of a sweep, from the times of its points.</summary>
internal static class MeasuredOverhead
{
    /// <summary>Measures.</summary>
    /// <param name="points">Points in the order of measurement, each at the middle of its measurement.</param>
    /// <param name="cyclesPerPoint">Periods of each.</param>
    /// <param name="instrument">Shortest measuring time of a point; and its overhead where the times say nothing.</param>
    /// <returns>Median over neighbours, s, 0 or more.</returns>
    public static double Seconds(ImmutableArray<SpectrumPoint> points, int cyclesPerPoint, InstrumentLimits instrument)
    {
        double[] lost =
        [
            .. points.Zip(points.Skip(1), (one, next) => next.TimeSeconds - one.TimeSeconds - ((Dwell(one) + Dwell(next)) / 2)).Where(double.IsFinite).Order(),
        ];
        return lost.Length == 0 ? instrument.OverheadPerPoint.TotalSeconds : Math.Max(0, lost[lost.Length / 2]);

        double Dwell(SpectrumPoint point) => Math.Max(cyclesPerPoint / point.FrequencyHz, instrument.DwellMin.TotalSeconds);
    }
}
