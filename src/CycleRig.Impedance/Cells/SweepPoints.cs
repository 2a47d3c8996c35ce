using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.Impedance.Cells;

/// <summary>
/// The points of a sweep as instruments and files give them: rows twice, ends of ranges, single values that are none. What most points say is
/// not taken from the sweep by one.
/// </summary>
internal static class SweepPoints
{
    /// <summary>So many equal values in one sweep are no chance.</summary>
    private const int ClippedMin = 4;

    /// <summary>A point whose clock, thermometer, force sensor or current is farther than this from that of the middle one is an error of the reading.</summary>
    private const double SecondsMax = 3600;
    private const double KelvinsMax = 5;
    private const double MegapascalsMax = 100;
    private const double AmperesPerSquareCentimetreMax = 0.1;

    /// <summary>The points once each, without those at the end of a range: a part of Z that is the same to the last digit again and again is not the cell's.</summary>
    public static Spectrum Cleaned(Spectrum spectrum)
    {
        if (spectrum.Points.IsDefaultOrEmpty)
            return spectrum;
        ImmutableArray<SpectrumPoint> once = [.. spectrum.Points.Distinct()];
        HashSet<double> Stuck(Func<SpectrumPoint, double> part) =>
            [.. once.Select(part).GroupBy(value => value).Where(group => group.Count() >= ClippedMin && group.Key != 0).Select(group => group.Key)];
        var (real, imaginary) = (Stuck(point => point.RealOhms), Stuck(point => point.ImaginaryOhms));
        return spectrum with { Points = once.RemoveAll(point => real.Contains(point.RealOhms) || imaginary.Contains(point.ImaginaryOhms)) };
    }

    /// <summary>Of frequencies and impedances in their order; times and conditions do not count (FNV-1a).</summary>
    public static long Fingerprint(ImmutableArray<SpectrumPoint> points)
    {
        const ulong offset = 14695981039346656037;
        const ulong prime = 1099511628211;
        var hash = offset;
        foreach (var point in points)
        {
            foreach (var value in (ReadOnlySpan<double>)[point.FrequencyHz, point.RealOhms, point.ImaginaryOhms])
                hash = unchecked((hash ^ BitConverter.DoubleToUInt64Bits(value)) * prime);
        }

        return unchecked((long)hash);
    }

    /// <summary>Mean time, s; NaN where no point has one. So are the others, each in its unit.</summary>
    /// <param name="points">Those that carry R_bulk.</param>
    public static double Seconds(IReadOnlyList<SpectrumPoint> points) => Mean(points.Select(point => point.TimeSeconds), SecondsMax);

    public static double Celsius(IReadOnlyList<SpectrumPoint> points) => Mean(points.Select(point => point.TemperatureCelsius), KelvinsMax);

    public static double Megapascals(IReadOnlyList<SpectrumPoint> points) => Mean(points.Select(point => point.PressureMegapascals), MegapascalsMax);

    public static double Amperes(IReadOnlyList<SpectrumPoint> points, double areaSquareCentimetres) =>
        Mean(points.Select(point => point.CurrentAmperes), AmperesPerSquareCentimetreMax * areaSquareCentimetres);

    /// <summary>Mean of the numbers that are near the middle one; NaN without any.</summary>
    private static double Mean(IEnumerable<double> values, double within)
    {
        double[] numbers = [.. values.Where(double.IsFinite).Order()];
        if (numbers.Length == 0)
            return double.NaN;
        var middle = numbers[numbers.Length / 2];
        return numbers[^1] - numbers[0] <= within
            ? values.Where(double.IsFinite).Average()
            : numbers.Where(number => Math.Abs(number - middle) <= within).Average();
    }
}
