using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Scoring;

/// <summary>The current of a recording as its samples tell: how long it flowed, and how much charge per area.</summary>
public sealed class RecordedCurrent
{
    /// <summary>A longer interval between two samples is not recorded time, be it a gap or a clock that jumped: s, and usual intervals.</summary>
    private const double GapSeconds = 60;
    private const double GapIntervals = 10;

    private const double SecondsPerHour = 3600;

    private readonly List<(double Seconds, double Density)> _rows;
    private readonly double _gap;

    /// <summary>Takes the samples of a recording.</summary>
    /// <param name="samples">In any order; those without time or current are passed over.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    public RecordedCurrent(IEnumerable<Sample> samples, double areaSquareCentimetres)
    {
        _rows = [.. samples.Where(sample => double.IsFinite(sample.TimeSeconds) && double.IsFinite(sample.CurrentAmperes))
            .Select(sample => (sample.TimeSeconds, Math.Abs(sample.CurrentAmperes) / areaSquareCentimetres)).OrderBy(row => row.TimeSeconds)];
        _gap = Math.Max(GapSeconds, GapIntervals * Quantile.Of([.. Intervals().Select(part => part.To.Seconds - part.From.Seconds)], 0.5) ?? 0);
        MilliamperesPerSquareCentimetre = 1e3 * Quantile.Of([.. _rows.Where(IsOn).Select(row => row.Density)], 0.5) ?? 0;
    }

    /// <summary>Median magnitude while current flows, mA/cm²; 0 where none does.</summary>
    public double MilliamperesPerSquareCentimetre { get; }

    /// <summary>Recorded hours with current before a time.</summary>
    public double HoursUntil(double seconds) => Intervals()
        .Where(part => IsOn(part.From) && part.To.Seconds - part.From.Seconds <= _gap)
        .Sum(part => Math.Max(0, Math.Min(part.To.Seconds, seconds) - part.From.Seconds)) / SecondsPerHour;

    /// <summary>Charge between two times, whatever its direction, mAh/cm²: trapezoids of |current|, cut at both ends.</summary>
    public double ChargeBetween(double fromSeconds, double toSeconds) => Intervals()
        .Where(part => part.To.Seconds - part.From.Seconds <= _gap)
        .Sum(part => Charge(part.From, part.To, Math.Max(part.From.Seconds, fromSeconds), Math.Min(part.To.Seconds, toSeconds))) * 1e3 / SecondsPerHour;

    /// <summary>Time of the n-th sample behind a time, s; infinite where the recording ends before.</summary>
    public double SampleAfter(double seconds, int count) =>
        _rows.Where(row => row.Seconds > seconds).Select(row => row.Seconds).Skip(count - 1).DefaultIfEmpty(double.PositiveInfinity).First();

    private static double Charge((double Seconds, double Density) from, (double Seconds, double Density) to, double begin, double end)
    {
        if (end <= begin)
            return 0;
        double At(double seconds) => from.Density + ((to.Density - from.Density) * (seconds - from.Seconds) / (to.Seconds - from.Seconds));
        return (end - begin) * (At(begin) + At(end)) / 2;
    }

    private static bool IsOn((double Seconds, double Density) row) => row.Density > RestingCurrent.AmperesPerSquareCentimetre;

    private IEnumerable<((double Seconds, double Density) From, (double Seconds, double Density) To)> Intervals() => _rows.Zip(_rows.Skip(1));
}
