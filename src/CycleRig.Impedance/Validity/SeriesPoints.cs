using System.Numerics;

namespace CycleRig.Impedance.Validity;

/// <summary>
/// The points of a spectrum as a series of RC elements is fitted to them: Z or Y = 1/Z, weighted by the reciprocal of its modulus. A point
/// that is left out has weight 0. Arrays are filled with points of weight 0 to whole vectors.
/// </summary>
internal sealed class SeriesPoints
{
    private SeriesPoints(int count)
    {
        Count = count;
        var padded = (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (Omegas, Reals, Imaginaries, Moduli, Weights) = (new double[padded], new double[padded], new double[padded], new double[padded], new double[padded]);
        Omegas.AsSpan().Fill(1);
    }

    public int Count { get; }

    /// <summary>Points with a weight.</summary>
    public int Kept { get; private init; }

    public bool OnAdmittance { get; private init; }

    /// <summary>Angular frequencies, rad/s.</summary>
    public double[] Omegas { get; }

    public double[] Reals { get; }

    public double[] Imaginaries { get; }

    public double[] Moduli { get; }

    /// <summary>Reciprocal of the modulus, or 0.</summary>
    public double[] Weights { get; }

    /// <summary>Smallest angular frequency, rad/s.</summary>
    public double Low { get; private set; } = double.PositiveInfinity;

    /// <summary>Largest angular frequency, rad/s.</summary>
    public double High { get; private set; }

    /// <summary>Takes the points.</summary>
    /// <param name="data">N points.</param>
    /// <param name="admittance">Whether Y is fitted.</param>
    /// <param name="left">N: which points are left out; empty for none.</param>
    /// <exception cref="ArgumentException">A modulus is 0.</exception>
    public static SeriesPoints From(ImpedanceData data, bool admittance, ReadOnlySpan<bool> left)
    {
        var points = new SeriesPoints(data.Count) { OnAdmittance = admittance, Kept = data.Count - left.Count(true) };
        for (var i = 0; i < data.Count; i++)
        {
            var (omega, re, im) = (2 * Math.PI * data.FrequenciesHz[i], data.RealOhms[i], data.ImaginaryOhms[i]);
            var square = (re * re) + (im * im);
            if (!(square > 0))
                throw new ArgumentException(FormattableString.Invariant($"point {i + 1} at {data.FrequenciesHz[i]:G6} Hz has |Z| = 0 Ω; leave it out"));
            if (admittance)
                (re, im, square) = (re / square, -im / square, 1 / square);
            var modulus = Math.Sqrt(square);
            (points.Omegas[i], points.Reals[i], points.Imaginaries[i], points.Moduli[i]) = (omega, re, im, modulus);
            points.Weights[i] = !left.IsEmpty && left[i] ? 0 : 1 / modulus;
            (points.Low, points.High) = (Math.Min(points.Low, omega), Math.Max(points.High, omega));
        }

        return points;
    }
}
