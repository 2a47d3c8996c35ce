using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// A quick look at a spectrum for first guesses: resistances at three time constants a decade, an ohmic part, an inductance and a
/// capacitance, none below 0, by coordinate descent on the normal equations (weights 1/|Z|).
/// </summary>
internal sealed class RelaxationSketch
{
    private const double PerDecade = 3;
    private const int Sweeps = 40;

    /// <summary>Time constants that reach so far beyond the sweep on either side: an arc may have its peak outside.</summary>
    private const double Beyond = 4;
    private const int Ohmic = 0, Inductive = 1, Capacitive = 2, First = 3;

    private readonly double[] _logSeconds;

    /// <summary>Solves.</summary>
    public RelaxationSketch(ImpedanceData data)
    {
        var (low, high) = (2 * Math.PI * data.FrequenciesHz.Min(), 2 * Math.PI * data.FrequenciesHz.Max());
        var count = (int)Math.Ceiling(Math.Log10(high / low * Beyond * Beyond) * PerDecade) + 1;
        var span = Math.Log(high / low * Beyond * Beyond);
        _logSeconds = [.. Enumerable.Range(0, count).Select(k => -Math.Log(high * Beyond) + (span * k / (count - 1)))];
        var size = count + First;
        var (matrix, right) = (new double[size * size], new double[size]);
        Accumulate(data, low, high, matrix, right);
        var x = Descend(matrix, right);
        (OhmicOhms, Henries) = (x[Ohmic], x[Inductive] / high);
        Farads = x[Capacitive] > 0 ? 1 / (x[Capacitive] * low) : double.PositiveInfinity;
        ResistancesOhms = x[First..];
        MedianResidual = Residuals(data, x[Capacitive] * low);
    }

    /// <summary>ln τ of each resistance, rising.</summary>
    public ReadOnlySpan<double> LogSeconds => _logSeconds;

    /// <summary>Resistances, Ω.</summary>
    public double[] ResistancesOhms { get; }

    public double OhmicOhms { get; }

    public double Henries { get; }

    /// <summary>A capacitance in series, F; infinite without one.</summary>
    public double Farads { get; }

    /// <summary>Median over the points of the residual's modulus relative to |Z|.</summary>
    public double MedianResidual { get; }

    private double Residuals(ImpedanceData data, double elastance)
    {
        var residuals = new double[data.Count];
        double[] seconds = [.. _logSeconds.Select(Math.Exp)];
        for (var i = 0; i < residuals.Length; i++)
        {
            var omega = 2 * Math.PI * data.FrequenciesHz[i];
            var (real, imaginary) = (OhmicOhms, (omega * Henries) - (elastance / omega));
            for (var k = 0; k < seconds.Length; k++)
            {
                if (ResistancesOhms[k] == 0)
                    continue;
                var product = omega * seconds[k];
                var part = ResistancesOhms[k] / (1 + (product * product));
                (real, imaginary) = (real + part, imaginary - (part * product));
            }

            residuals[i] = double.Hypot(real - data.RealOhms[i], imaginary - data.ImaginaryOhms[i]) / data.Modulus(i);
        }

        Array.Sort(residuals);
        return residuals[residuals.Length / 2];
    }

    /// <summary>A'A and A'z, block by block.</summary>
    private void Accumulate(ImpedanceData data, double low, double high, double[] matrix, double[] right)
    {
        const int lanes = 4;
        var size = right.Length;
        var columns = new Vector256<double>[2 * (size + 1)];
        var sums = new Vector256<double>[(size + 1) * (size + 2) / 2];
        double[] seconds = [.. _logSeconds.Select(Math.Exp)];
        Span<double> omegas = stackalloc double[lanes];
        Span<double> real = stackalloc double[lanes];
        Span<double> imaginary = stackalloc double[lanes];
        Span<double> weights = stackalloc double[lanes];
        for (var i = 0; i < data.Count; i += lanes)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                var point = Math.Min(i + lane, data.Count - 1);
                (omegas[lane], real[lane], imaginary[lane]) = (2 * Math.PI * data.FrequenciesHz[point], data.RealOhms[point], data.ImaginaryOhms[point]);
                weights[lane] = i + lane < data.Count ? 1 / data.Modulus(point) : 0;
            }

            var (omega, weight) = (Vector256.Create<double>(omegas), Vector256.Create<double>(weights));
            (columns[0], columns[1]) = (weight, Vector256<double>.Zero);
            (columns[2], columns[3]) = (Vector256<double>.Zero, weight * omega / high);
            (columns[4], columns[5]) = (Vector256<double>.Zero, -(weight * low / omega));
            for (var k = 0; k < seconds.Length; k++)
            {
                var product = omega * seconds[k];
                var part = weight / (Vector256<double>.One + (product * product));
                (columns[2 * (First + k)], columns[(2 * (First + k)) + 1]) = (part, -(part * product));
            }

            (columns[^2], columns[^1]) = (Vector256.Create<double>(real) * weight, Vector256.Create<double>(imaginary) * weight);
            AddProducts(columns, sums);
        }

        var at = 0;
        for (var k = 0; k < size; k++)
        {
            for (var l = 0; l <= k; l++)
                matrix[(k * size) + l] = matrix[(l * size) + k] = Vector256.Sum(sums[at++]);
        }

        for (var l = 0; l < size; l++)
            right[l] = Vector256.Sum(sums[at++]);
    }

    private static void AddProducts(Vector256<double>[] columns, Vector256<double>[] sums)
    {
        ref var sum = ref MemoryMarshal.GetArrayDataReference(sums);
        for (var k = 0; k < columns.Length; k += 2)
        {
            var (real, imaginary) = (columns[k], columns[k + 1]);
            for (var l = 0; l <= k; l += 2)
            {
                sum = Vector256.MultiplyAddEstimate(real, columns[l], Vector256.MultiplyAddEstimate(imaginary, columns[l + 1], sum));
                sum = ref System.Runtime.CompilerServices.Unsafe.Add(ref sum, 1);
            }
        }
    }

    /// <summary>Minimises x'Ax - 2 b'x over x ≥ 0.</summary>
    private static double[] Descend(double[] matrix, double[] right)
    {
        var size = right.Length;
        var x = new double[size];
        double[] gradient = [.. right.Select(b => -b)];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var k = 0; k < size; k++)
            {
                var diagonal = matrix[(k * size) + k];
                if (!(diagonal > 0))
                    continue;
                var step = Math.Max(-x[k], -gradient[k] / diagonal);
                if (step == 0)
                    continue;
                x[k] += step;
                Add(gradient, matrix.AsSpan(k * size, size), step);
            }
        }

        return x;
    }

    private static void Add(Span<double> to, ReadOnlySpan<double> what, double factor)
    {
        var i = 0;
        for (; i <= to.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            ref var place = ref to[i];
            (Vector256.LoadUnsafe(ref place) + (factor * Vector256.LoadUnsafe(in what[i]))).StoreUnsafe(ref place);
        }

        for (; i < to.Length; i++)
            to[i] += factor * what[i];
    }
}
