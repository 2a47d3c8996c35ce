using MathNet.Numerics.LinearAlgebra;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Linear Kramers-Kronig test (Boukamp 1995, doi 10.1149/1.2044210): a series of RC elements with fixed time constants, an ohmic part,
/// an inductance and a capacitance, by weighted linear least squares. The number of elements rises until the residual stagnates.
/// </summary>
public static class LinearKramersKronig
{
    /// <summary>A rise of the number of elements must lower the residual by more than this, or it has stagnated.</summary>
    private const double Stagnation = 0.97;

    private const int ElementsMin = 3;

    /// <summary>Relative noise of a spectrum: what the best such series leaves, per part (Re or Im), degrees of freedom taken into account.</summary>
    /// <param name="data">N points, at least 6.</param>
    public static double Noise(ImpedanceData data)
    {
        var best = double.PositiveInfinity;
        var stagnant = 0;
        for (var elements = ElementsMin; elements + 3 < data.Count && stagnant < 4; elements++)
        {
            var residual = Residual(data, elements);
            stagnant = residual > Stagnation * best ? stagnant + 1 : 0;
            best = Math.Min(best, residual);
        }

        return best;
    }

    private static double Residual(ImpedanceData data, int elements)
    {
        var (low, high) = (2 * Math.PI * data.FrequenciesHz.Min(), 2 * Math.PI * data.FrequenciesHz.Max());
        var columns = elements + 3;
        var matrix = Matrix<double>.Build.Dense(2 * data.Count, columns);
        var right = Vector<double>.Build.Dense(2 * data.Count);
        for (var i = 0; i < data.Count; i++)
        {
            var omega = 2 * Math.PI * data.FrequenciesHz[i];
            var weight = 1 / data.Modulus(i);
            (right[i], right[data.Count + i]) = (weight * data.RealOhms[i], weight * data.ImaginaryOhms[i]);
            matrix[i, 0] = weight;
            matrix[data.Count + i, 1] = weight * omega / high;
            matrix[data.Count + i, 2] = -weight * low / omega;
            for (var k = 0; k < elements; k++)
            {
                var product = omega / (low * Math.Pow(high / low, k / (elements - 1.0)));
                var h = weight / (1 + (product * product));
                matrix[i, 3 + k] = h;
                matrix[data.Count + i, 3 + k] = -h * product;
            }
        }

        // Columns differ by orders: scale them, then solve by QR.
        var norms = matrix.ColumnNorms(2);
        var scaled = matrix.MapIndexed((_, j, v) => norms[j] > 0 ? v / norms[j] : v);
        var left = right - (scaled * scaled.QR().Solve(right));
        return Math.Sqrt(left.DotProduct(left) / Math.Max(1, (2 * data.Count) - columns));
    }
}
