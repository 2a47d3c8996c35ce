using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CycleRig.Benchmarks.Fitting;

/// <summary>
/// J'J, J'r and χ² of R0-p(R1,CPE1)-p(R2,CPE2), and of nothing else, written out by hand: in (ln R0, ln R1, ln τ1, n1, ln R2, ln τ2, n2)
/// a point costs one real exponential and one division for each arc.
/// </summary>
internal sealed class FusedTwoArcEquations
{
    public const int Free = 7;
    private const int Sums = (Free + 1) * (Free + 2) / 2;
    private static readonly int Lanes = Vector256<double>.Count;

    private readonly Vector256<double>[] _logOmega;
    private readonly Vector256<double>[] _real;
    private readonly Vector256<double>[] _imaginary;
    private readonly Vector256<double>[] _weight;
    private readonly Vector256<double>[] _sums = new Vector256<double>[Sums];

    public FusedTwoArcEquations(double[] frequenciesHz, double[] realOhms, double[] imaginaryOhms, double noise)
    {
        // What fills the last block has no weight.
        Vector256<double>[] Blocks(Func<int, double> of) => [.. Enumerable.Range(0, (frequenciesHz.Length + Lanes - 1) / Lanes)
            .Select(block => Vector256.Create([.. Enumerable.Range(block * Lanes, Lanes).Select(i => i < frequenciesHz.Length ? of(i) : 0)]))];
        _logOmega = Blocks(i => Math.Log(2 * Math.PI * frequenciesHz[i]));
        (_real, _imaginary) = (Blocks(i => realOhms[i]), Blocks(i => imaginaryOhms[i]));
        _weight = Blocks(i => 1 / (noise * double.Hypot(realOhms[i], imaginaryOhms[i])));
    }

    /// <summary>J'J of the last <see cref="Accumulate"/>, lower triangle, row by row.</summary>
    public double[] Matrix { get; } = new double[Free * Free];

    /// <summary>J'r, r = model - data.</summary>
    public double[] Gradient { get; } = new double[Free];

    /// <summary>Fills <see cref="Matrix"/> and <see cref="Gradient"/>; gives χ².</summary>
    public double Accumulate(ReadOnlySpan<double> x)
    {
        var (series, one, two) = (Vector256.Create(Math.Exp(x[0])), Arc.Of(x[1], x[2], x[3]), Arc.Of(x[4], x[5], x[6]));
        Array.Clear(_sums);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (var b = 0; b < _logOmega.Length; b++)
        {
            var weight = _weight[b];
            one.At(_logOmega[b], weight, out var byR1, out var byTau1, out var byN1);
            two.At(_logOmega[b], weight, out var byR2, out var byTau2, out var byN2);
            var byR0 = series * weight;
            var residual = new Column(
                byR0 + byR1.Real + byR2.Real - (_real[b] * weight), byR1.Imaginary + byR2.Imaginary - (_imaginary[b] * weight));
            AddProducts(ref sums, byR0, byR1, byTau1, byN1, byR2, byTau2, byN2, residual);
        }

        return Unpack();
    }

    private double Unpack()
    {
        var at = 0;
        for (var k = 0; k < Free; k++)
        {
            for (var l = 0; l <= k; l++)
                Matrix[(k * Free) + l] = Vector256.Sum(_sums[at++]);
        }

        for (var l = 0; l < Free; l++)
            Gradient[l] = Vector256.Sum(_sums[at++]);
        return Vector256.Sum(_sums[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(ref Vector256<double> sums, Vector256<double> c0, Column c1, Column c2, Column c3, Column c4, Column c5, Column c6, Column r)
    {
        Add(ref sums, 0, c0, c0);
        Add(ref sums, 1, c0, c1.Real);
        Add(ref sums, 2, c1, c1);
        Add(ref sums, 3, c0, c2.Real);
        Add(ref sums, 4, c1, c2);
        Add(ref sums, 5, c2, c2);
        Add(ref sums, 6, c0, c3.Real);
        Add(ref sums, 7, c1, c3);
        Add(ref sums, 8, c2, c3);
        Add(ref sums, 9, c3, c3);
        Add(ref sums, 10, c0, c4.Real);
        Add(ref sums, 11, c1, c4);
        Add(ref sums, 12, c2, c4);
        Add(ref sums, 13, c3, c4);
        Add(ref sums, 14, c4, c4);
        Add(ref sums, 15, c0, c5.Real);
        Add(ref sums, 16, c1, c5);
        Add(ref sums, 17, c2, c5);
        Add(ref sums, 18, c3, c5);
        Add(ref sums, 19, c4, c5);
        Add(ref sums, 20, c5, c5);
        Add(ref sums, 21, c0, c6.Real);
        Add(ref sums, 22, c1, c6);
        Add(ref sums, 23, c2, c6);
        Add(ref sums, 24, c3, c6);
        Add(ref sums, 25, c4, c6);
        Add(ref sums, 26, c5, c6);
        Add(ref sums, 27, c6, c6);
        Add(ref sums, 28, c0, r.Real);
        Add(ref sums, 29, c1, r);
        Add(ref sums, 30, c2, r);
        Add(ref sums, 31, c3, r);
        Add(ref sums, 32, c4, r);
        Add(ref sums, 33, c5, r);
        Add(ref sums, 34, c6, r);
        Add(ref sums, 35, r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<double> sums, int at, Column a, Column b) =>
        Unsafe.Add(ref sums, at) = Vector256.FusedMultiplyAdd(a.Real, b.Real, Vector256.FusedMultiplyAdd(a.Imaginary, b.Imaginary, Unsafe.Add(ref sums, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<double> sums, int at, Vector256<double> a, Vector256<double> b) =>
        Unsafe.Add(ref sums, at) = Vector256.FusedMultiplyAdd(a, b, Unsafe.Add(ref sums, at));

    /// <summary>Real and imaginary parts of four points.</summary>
    private readonly record struct Column(Vector256<double> Real, Vector256<double> Imaginary);

    /// <summary>One arc, R h with h = 1/(1 + a), a = (jωτ)^n.</summary>
    private readonly record struct Arc(Vector256<double> Ohms, Vector256<double> LogTau, Vector256<double> N, Vector256<double> Sin, Vector256<double> Cos)
    {
        private static readonly Vector256<double> QuarterTurn = Vector256.Create(Math.PI / 2);

        public static Arc Of(double logOhms, double logTau, double n)
        {
            var (sin, cos) = Math.SinCos(n * Math.PI / 2);
            return new(Vector256.Create(Math.Exp(logOhms)), Vector256.Create(logTau), Vector256.Create(n), Vector256.Create(sin), Vector256.Create(cos));
        }

        /// <summary>Z = dZ/d ln R and the other derivatives, weighted: with t = -R a h² = R h (h - 1), dZ/d ln τ = n t and dZ/dn = (ln ωτ + jπ/2) t.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At(Vector256<double> logOmega, Vector256<double> weight, out Column byOhms, out Column byTau, out Column byN)
        {
            var logarithm = logOmega + LogTau;
            var modulus = Vector256.Exp(N * logarithm);
            var (real, imaginary) = (Vector256.FusedMultiplyAdd(modulus, Cos, Vector256<double>.One), modulus * Sin);
            var inverse = Vector256<double>.One / Vector256.FusedMultiplyAdd(real, real, imaginary * imaginary);
            var (h, minus) = (real * inverse, imaginary * inverse); // h = h - j minus
            var scale = Ohms * weight;
            byOhms = new(scale * h, -(scale * minus));
            var fall = h - Vector256<double>.One;
            var t = new Column(
                (byOhms.Real * fall) + (byOhms.Imaginary * minus),
                (byOhms.Imaginary * fall) - (byOhms.Real * minus));
            byTau = new(N * t.Real, N * t.Imaginary);
            byN = new((logarithm * t.Real) - (QuarterTurn * t.Imaginary), (logarithm * t.Imaginary) + (QuarterTurn * t.Real));
        }
    }
}
