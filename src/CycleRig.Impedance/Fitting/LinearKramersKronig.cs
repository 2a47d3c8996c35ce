using MathNet.Numerics.LinearAlgebra;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Linear Kramers-Kronig test (Boukamp 1995, doi 10.1149/1.2044210): a series of RC elements with fixed time constants, an ohmic part,
/// an inductance and a capacitance, by weighted linear least squares.
/// </summary>
public static class LinearKramersKronig
{
    /// <summary>
    /// Steps without a better criterion after which the search ends. The residual of an arc rises and falls as the time constants move
    /// against its own: a handful of steps is no plateau.
    /// </summary>
    private const int StagnantMax = 8;

    private const int ElementsMin = 3;

    /// <summary>Resistance, inductance, capacitance.</summary>
    private const int OtherColumns = 3;

    /// <summary>
    /// Relative noise of a spectrum: what such a series leaves, per part (Re or Im), degrees of freedom taken into account. The number of
    /// elements is the one with the best Bayesian criterion (Schwarz 1978, doi 10.1214/aos/1176344136): more would fit the noise.
    /// </summary>
    /// <param name="data">N points, at least 6.</param>
    public static double Noise(ImpedanceData data)
    {
        var (best, noise, stagnant) = (double.PositiveInfinity, double.PositiveInfinity, 0);
        for (var elements = ElementsMin; elements + OtherColumns < data.Count && stagnant < StagnantMax; elements++)
        {
            var squares = SumOfSquares(data, elements);
            var parts = 2 * data.Count;
            var criterion = (parts * Math.Log(squares)) + ((elements + OtherColumns) * Math.Log(parts));
            stagnant++;
            if (!(criterion < best))
                continue;
            (best, noise, stagnant) = (criterion, Math.Sqrt(squares / (parts - elements - OtherColumns)), 0);
        }

        return noise;
    }

    private static double SumOfSquares(ImpedanceData data, int elements)
    {
        var (low, high) = (2 * Math.PI * data.FrequenciesHz.Min(), 2 * Math.PI * data.FrequenciesHz.Max());
        var columns = elements + OtherColumns;
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
                matrix[i, OtherColumns + k] = h;
                matrix[data.Count + i, OtherColumns + k] = -h * product;
            }
        }

        // Columns differ by orders: scale them, then solve by QR.
        var norms = matrix.ColumnNorms(2);
        var scaled = matrix.MapIndexed((_, j, v) => norms[j] > 0 ? v / norms[j] : v);
        var left = right - (scaled * scaled.QR().Solve(right));
        return left.DotProduct(left);
    }
}
