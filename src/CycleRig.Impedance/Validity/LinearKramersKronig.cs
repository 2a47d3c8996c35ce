namespace CycleRig.Impedance.Validity;

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

    /// <summary>Points that the shortest series needs.</summary>
    public const int PointsMin = ElementsMin + OtherColumns + 1;

    /// <summary>
    /// Relative noise of a spectrum: what such a series leaves, per part (Re or Im), degrees of freedom taken into account. The number of
    /// elements is the one with the best Bayesian criterion (Schwarz 1978, doi 10.1214/aos/1176344136): more would fit the noise.
    /// </summary>
    /// <param name="data">N points.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="PointsMin"/>.</exception>
    public static double Noise(ImpedanceData data)
    {
        if (data.Count < PointsMin)
            throw new ArgumentException($"{data.Count} points; the noise of a spectrum is told from {PointsMin} or more");
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
        var columns = new double[elements + OtherColumns][];
        for (var j = 0; j < columns.Length; j++)
            columns[j] = new double[2 * data.Count];
        var right = new double[2 * data.Count];
        double[] seconds = [.. Enumerable.Range(0, elements).Select(k => 1 / (low * Math.Pow(high / low, k / (elements - 1.0))))];
        for (var i = 0; i < data.Count; i++)
        {
            var omega = 2 * Math.PI * data.FrequenciesHz[i];
            var weight = 1 / data.Modulus(i);
            (right[i], right[data.Count + i]) = (weight * data.RealOhms[i], weight * data.ImaginaryOhms[i]);
            columns[0][i] = weight;
            columns[1][data.Count + i] = weight * omega / high;
            columns[2][data.Count + i] = -weight * low / omega;
            for (var k = 0; k < elements; k++)
            {
                var product = omega * seconds[k];
                var h = weight / (1 + (product * product));
                columns[OtherColumns + k][i] = h;
                columns[OtherColumns + k][data.Count + i] = -h * product;
            }
        }

        return LeftOver(columns, right);
    }

    /// <summary>
    /// Sum of squares that no combination of the columns explains, by modified Gram-Schmidt (Björck 1967, doi 10.1007/BF01934122: as good as
    /// Householder for least squares). Overwrites both. A column of zeros adds nothing.
    /// </summary>
    private static double LeftOver(double[][] columns, double[] right)
    {
        for (var j = 0; j < columns.Length; j++)
        {
            var column = columns[j];
            var squares = Dot(column, column);
            if (!(squares > 0))
                continue;
            for (var k = j + 1; k < columns.Length; k++)
                Subtract(columns[k], column, squares);
            Subtract(right, column, squares);
        }

        return Dot(right, right);
    }

    private static void Subtract(double[] from, double[] column, double squares)
    {
        var share = Dot(column, from) / squares;
        for (var i = 0; i < from.Length; i++)
            from[i] -= share * column[i];
    }

    private static double Dot(double[] one, double[] other)
    {
        double sum = 0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
