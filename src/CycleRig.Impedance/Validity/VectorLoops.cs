using System.Numerics;
using System.Runtime.InteropServices;

namespace CycleRig.Impedance.Validity;

/// <summary>The two loops of dense linear algebra, on as many numbers at once as the processor takes.</summary>
internal static class VectorLoops
{
    public static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        other = other[..one.Length];
        var ones = MemoryMarshal.Cast<double, Vector<double>>(one);
        var others = MemoryMarshal.Cast<double, Vector<double>>(other);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < ones.Length; i += 2)
        {
            even += ones[i] * others[i];
            odd += ones[i + 1] * others[i + 1];
        }

        if (i < ones.Length)
            even += ones[i] * others[i];
        var sum = Vector.Sum(even + odd);
        for (i = ones.Length * Vector<double>.Count; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="from"/>.</summary>
    public static void AddScaled(Span<double> to, ReadOnlySpan<double> from, double factor)
    {
        from = from[..to.Length];
        var tos = MemoryMarshal.Cast<double, Vector<double>>(to);
        var froms = MemoryMarshal.Cast<double, Vector<double>>(from);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < tos.Length; i++)
            tos[i] += factors * froms[i];
        for (var i = tos.Length * Vector<double>.Count; i < to.Length; i++)
            to[i] += factor * from[i];
    }
}
