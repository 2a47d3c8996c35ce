using MathNet.Numerics.Interpolation;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// The spectrum that a changing cell has at one instant, from repeated sweeps: each frequency's Re and Im is interpolated over time at its
/// own instants (Stoynov 1992, "four-dimensional" impedance). Exact for any slow change, but the instant must lie within the sweeps.
/// </summary>
public static class SweepInterpolation
{
    private const int SplineMin = 5;

    /// <summary>Interpolates: linear between two to four sweeps, by Akima's spline from five.</summary>
    /// <param name="sweeps">Two or more at the same frequencies in the same order, with times, from early to late.</param>
    /// <param name="timeSeconds">The instant, s on their clock.</param>
    /// <exception cref="ArgumentException">Sweeps do not fit each other, or the instant lies outside for some frequency.</exception>
    public static ImpedanceData At(IReadOnlyList<ImpedanceData> sweeps, double timeSeconds)
    {
        if (sweeps.Count < 2)
            throw new ArgumentException($"{sweeps.Count} sweep; interpolation between sweeps needs two, a fit with slopes one");
        var first = sweeps[0];
        for (var i = 0; i < sweeps.Count; i++)
        {
            if (sweeps[i].TimesSeconds.IsEmpty)
                throw new ArgumentException($"the points of sweep {i + 1} have no times; interpolation needs them");
            if (!sweeps[i].FrequenciesHz.SequenceEqual(first.FrequenciesHz))
                throw new ArgumentException($"sweep {i + 1} has other frequencies than sweep 1; give sweeps of one kind");
        }

        var (real, imaginary) = (new double[first.Count], new double[first.Count]);
        for (var k = 0; k < first.Count; k++)
        {
            double[] times = [.. sweeps.Select(sweep => sweep.TimesSeconds[k])];
            if (timeSeconds < times[0] || timeSeconds > times[^1])
                throw new ArgumentException(FormattableString.Invariant($"{timeSeconds} s lies outside {times[0]} to {times[^1]} s, in which {first.FrequenciesHz[k]:G4} Hz was measured; take an instant within all of them"));
            real[k] = Interpolated(times, [.. sweeps.Select(sweep => sweep.RealOhms[k])], timeSeconds);
            imaginary[k] = Interpolated(times, [.. sweeps.Select(sweep => sweep.ImaginaryOhms[k])], timeSeconds);
        }

        return new(first.FrequenciesHz, real, imaginary, [.. Enumerable.Repeat(timeSeconds, first.Count)]);
    }

    private static double Interpolated(double[] times, double[] values, double at) => times.Length < SplineMin
        ? LinearSpline.InterpolateSorted(times, values).Interpolate(at)
        : CubicSpline.InterpolateAkimaSorted(times, values).Interpolate(at);
}
