using System.Collections.Immutable;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>How much more sweeps scatter than their fits say, from second differences, which ramps and slow drifts leave alone.</summary>
internal static class Scatter
{
    /// <summary>√(1² + 2² + 1²): a second difference of white noise against its standard deviation.</summary>
    private const double SecondDifference = 2.449;

    /// <summary>Median of |normal deviate|.</summary>
    private const double MedianModulus = 0.6745;

    private const int PointsMin = 8;
    private const int PointsMax = 64;

    /// <summary>Factor, at least 1, on the fit's standard errors.</summary>
    public static double Scale(ImmutableArray<TrackPoint> track, DetectorSettings settings)
    {
        var recent = track.AsSpan(Math.Max(0, track.Length - PointsMax)..);
        if (recent.Length < PointsMin)
            return 1.5; // Too few to know: be careful.
        Span<double> ratios = stackalloc double[recent.Length - 2];
        for (var i = 0; i < ratios.Length; i++)
        {
            var second = recent[i].LogBulk - (2 * recent[i + 1].LogBulk) + recent[i + 2].LogBulk;
            ratios[i] = Math.Abs(second) / (SecondDifference * double.Hypot(recent[i + 1].Sd, settings.NoiseFloor));
        }

        return Math.Max(1, Median(ratios) / MedianModulus);
    }

    /// <summary>Median; sorts in place.</summary>
    private static double Median(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
