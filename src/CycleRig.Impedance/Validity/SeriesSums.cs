using System.Numerics;
using System.Runtime.InteropServices;

namespace CycleRig.Impedance.Validity;

/// <summary>Weighted sums over the points for one RC element: all that its products with other columns need.</summary>
/// <param name="Near">Σ w² / (1 + ω²τ²).</param>
/// <param name="Far">Σ w² ω²τ² / (1 + ω²τ²).</param>
/// <param name="Seen">Σ w² (Re - ωτ Im) / (1 + ω²τ²): the element's product with the points.</param>
internal readonly record struct SeriesSums(double Near, double Far, double Seen)
{
    public static SeriesSums Of(SeriesPoints points, double[] squaredWeights, double tau)
    {
        var omegas = MemoryMarshal.Cast<double, Vector<double>>(points.Omegas.AsSpan());
        var squares = MemoryMarshal.Cast<double, Vector<double>>(squaredWeights.AsSpan());
        var reals = MemoryMarshal.Cast<double, Vector<double>>(points.Reals.AsSpan());
        var imaginaries = MemoryMarshal.Cast<double, Vector<double>>(points.Imaginaries.AsSpan());
        var (near, far, seen, taus) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, new Vector<double>(tau));
        for (var i = 0; i < omegas.Length; i++)
        {
            var x = omegas[i] * taus;
            var h = squares[i] / (Vector<double>.One + (x * x));
            near += h;
            far += h * x * x;
            seen += h * (reals[i] - (x * imaginaries[i]));
        }

        return new(Vector.Sum(near), Vector.Sum(far), Vector.Sum(seen));
    }
}
