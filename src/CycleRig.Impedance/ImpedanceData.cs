using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.Impedance;

/// <summary>Points of one spectrum: three arrays of N, in any order. Im Z below 0 is capacitive.</summary>
public sealed record ImpedanceData
{
    /// <summary>Checks and takes the points.</summary>
    /// <param name="frequenciesHz">N frequencies, Hz, above 0.</param>
    /// <param name="realOhms">N values of Re Z, Ω.</param>
    /// <param name="imaginaryOhms">N values of Im Z, Ω.</param>
    /// <param name="timesSeconds">N instants at which the points were measured, s on any one clock; null or empty where they are not known.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is no number, a frequency is not above 0, or all are equal.</exception>
    public ImpedanceData(
        IReadOnlyList<double> frequenciesHz, IReadOnlyList<double> realOhms, IReadOnlyList<double> imaginaryOhms, IReadOnlyList<double>? timesSeconds = null)
    {
        timesSeconds ??= [];
        if (frequenciesHz.Count != realOhms.Count || frequenciesHz.Count != imaginaryOhms.Count)
            throw new ArgumentException($"there are {frequenciesHz.Count} frequencies, {realOhms.Count} Re Z and {imaginaryOhms.Count} Im Z; give as many of each");
        if (timesSeconds.Count != 0 && timesSeconds.Count != frequenciesHz.Count)
            throw new ArgumentException($"there are {frequenciesHz.Count} frequencies and {timesSeconds.Count} times; give as many of each, or no times");
        for (var i = 0; i < timesSeconds.Count; i++)
        {
            if (!double.IsFinite(timesSeconds[i]))
                throw new ArgumentException($"the time of point {i + 1} is not a number; leave the point or all times out");
        }

        for (var i = 0; i < frequenciesHz.Count; i++)
        {
            if (!(frequenciesHz[i] > 0) || !double.IsFinite(frequenciesHz[i]))
                throw new ArgumentException(FormattableString.Invariant($"frequency {i + 1} is {frequenciesHz[i]} Hz; frequencies are numbers above 0"));
            if (!double.IsFinite(realOhms[i]) || !double.IsFinite(imaginaryOhms[i]))
                throw new ArgumentException($"point {i + 1} is not a number; leave it out");
        }

        if (frequenciesHz.Count > 1 && frequenciesHz.All(f => f == frequenciesHz[0]))
            throw new ArgumentException("all frequencies are equal; a fit needs a sweep");
        (FrequenciesHz, RealOhms, ImaginaryOhms, TimesSeconds) = ([.. frequenciesHz], [.. realOhms], [.. imaginaryOhms], [.. timesSeconds]);
    }

    public ImmutableArray<double> FrequenciesHz { get; }

    public ImmutableArray<double> RealOhms { get; }

    public ImmutableArray<double> ImaginaryOhms { get; }

    /// <summary>Instants of the points, s; empty where they are not known.</summary>
    public ImmutableArray<double> TimesSeconds { get; }

    public int Count => FrequenciesHz.Length;

    /// <summary>Whether a measured point can be fitted: numbers with a modulus above 0.</summary>
    public static bool IsUsable(SpectrumPoint point) => point.FrequencyHz > 0 && double.IsFinite(point.FrequencyHz) && double.IsFinite(point.RealOhms)
        && double.IsFinite(point.ImaginaryOhms) && (point.RealOhms != 0 || point.ImaginaryOhms != 0);

    /// <summary>The usable points of a measured sweep, with their times where each has one.</summary>
    /// <exception cref="ArgumentException">All frequencies are equal.</exception>
    public static ImpedanceData From(IEnumerable<SpectrumPoint> points)
    {
        var usable = points.Where(IsUsable).ToList();
        return new([.. usable.Select(p => p.FrequencyHz)], [.. usable.Select(p => p.RealOhms)], [.. usable.Select(p => p.ImaginaryOhms)],
            usable.All(p => double.IsFinite(p.TimeSeconds)) ? [.. usable.Select(p => p.TimeSeconds)] : []);
    }

    /// <summary>Some of the points, in the order given.</summary>
    /// <param name="points">Their indices.</param>
    /// <exception cref="ArgumentException">All their frequencies are equal.</exception>
    public ImpedanceData Only(IReadOnlyList<int> points) => new(
        [.. points.Select(i => FrequenciesHz[i])], [.. points.Select(i => RealOhms[i])], [.. points.Select(i => ImaginaryOhms[i])],
        TimesSeconds.IsEmpty ? [] : [.. points.Select(i => TimesSeconds[i])]);

    /// <summary>|Z| of a point, Ω.</summary>
    public double Modulus(int index) => double.Hypot(RealOhms[index], ImaginaryOhms[index]);
}
