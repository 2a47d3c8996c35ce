namespace CycleRig.Impedance.Validity;

/// <summary>
/// Normal equations of a series of RC elements on both parts, and what the series leaves, by Cholesky. Products of two RC columns need no sum
/// over the points: (1 + ω²ab) / ((1 + ω²a²)(1 + ω²b²)) = [a/(1 + ω²a²) + b/(1 + ω²b²)] / (a + b) by partial fractions, without cancellation.
/// So M elements cost M sums over N points instead of M²/2.
/// </summary>
/// <param name="points">Points with weights.</param>
/// <param name="inductance">Whether a column iω is fitted.</param>
/// <param name="capacitance">Whether a column 1/(iω) is fitted.</param>
/// <param name="elementsMax">Most RC elements.</param>
internal sealed class SeriesGram(SeriesPoints points, bool inductance, bool capacitance, int elementsMax)
{
    /// <summary>
    /// Part of a column's square that must be left beside the columns before it. Less, and rounding (1e-16 over this) would reach the noise:
    /// the orthogonal fit, whose rounding enters once and not squared, takes over.
    /// </summary>
    private const double IndependentMin = 1e-9;

    /// <summary>The same for what the series leaves of the points: 3e-6 of |Z|, rms.</summary>
    private const double LeftMin = 1e-11;

    private readonly double[] _rows = new double[(elementsMax + 4) * (elementsMax + 4)];
    private readonly double[] _sums = new double[elementsMax];
    private readonly double[] _squares = Squared(points.Weights);

    /// <summary>Columns beside the RC elements.</summary>
    private readonly int _others = 1 + (inductance ? 1 : 0) + (capacitance ? 1 : 0);

    /// <summary>Weighted sum of squares that the series leaves, or NaN where normal equations are not good enough to tell.</summary>
    /// <param name="seconds">M time constants in equal ratios, rising, s.</param>
    public double SumOfSquares(ReadOnlySpan<double> seconds)
    {
        var (width, last) = (elementsMax + 4, _others + seconds.Length);
        FillOthers(_rows.AsSpan(), last * width);
        for (var k = 0; k < seconds.Length; k++)
            FillElement(seconds[k], k, last * width);
        FillPairs(seconds);
        return Left(width, last);
    }

    private static double[] Squared(double[] weights) => [.. weights.Select(weight => weight * weight)];

    /// <summary>Rows of resistance, inductance and capacitance; and in the last row the right side.</summary>
    private void FillOthers(Span<double> rows, int right)
    {
        double one = 0, up = 0, down = 0, real = 0, rising = 0, falling = 0, all = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var square = _squares[i];
            var (fast, slow) = (points.Omegas[i] / points.High, points.Low / points.Omegas[i]);
            one += square;
            up += square * fast * fast;
            down += square * slow * slow;
            real += square * points.Reals[i];
            rising += square * fast * points.Imaginaries[i];
            falling -= square * slow * points.Imaginaries[i];
            all += square * ((points.Reals[i] * points.Reals[i]) + (points.Imaginaries[i] * points.Imaginaries[i]));
        }

        var (width, last) = (elementsMax + 4, right / (elementsMax + 4));
        (rows[0], rows[right], rows[right + last]) = (one, real, all);
        if (inductance)
            (rows[width], rows[width + 1], rows[right + 1]) = (0, up, rising);
        if (!capacitance)
            return;
        var c = _others - 1;
        (rows[c * width], rows[(c * width) + c], rows[right + c]) = (0, down, falling);
        if (inductance)
            rows[(c * width) + 1] = -one * points.Low / points.High;
    }

    /// <summary>Products of an RC element with resistance, inductance, capacitance and the points.</summary>
    private void FillElement(double tau, int index, int right)
    {
        var sums = SeriesSums.Of(points, _squares, tau);
        var row = _rows.AsSpan((_others + index) * (elementsMax + 4));
        (_sums[index], row[0], _rows[right + _others + index]) = (sums.Near, sums.Near, sums.Seen);
        if (inductance)
            row[1] = -sums.Far / (tau * points.High);
        if (capacitance)
            row[_others - 1] = points.Low * tau * sums.Near;
    }

    private void FillPairs(ReadOnlySpan<double> seconds)
    {
        Span<double> shares = stackalloc double[seconds.Length];
        for (var distance = 0; distance < seconds.Length; distance++)
            shares[distance] = 1 / (1 + (seconds[distance] / seconds[0])); // Equal ratios: a/(a + b) depends on the distance alone.
        for (var j = 0; j < seconds.Length; j++)
        {
            var row = _rows.AsSpan(((_others + j) * (elementsMax + 4)) + _others, j + 1);
            for (var k = 0; k <= j; k++)
                row[k] = _sums[j] + (shares[j - k] * (_sums[k] - _sums[j]));
        }
    }

    /// <summary>Cholesky of the lower triangle, the right side as its last row: the last pivot is the sum of squares left.</summary>
    private double Left(int width, int last)
    {
        for (var i = 0; i <= last; i++)
        {
            var row = _rows.AsSpan(i * width, i + 1);
            for (var j = 0; j < i; j++)
            {
                var other = _rows.AsSpan(j * width, j + 1);
                row[j] = (row[j] - VectorLoops.Dot(row[..j], other[..j])) * other[j]; // The diagonal holds reciprocals.
            }

            var (whole, left) = (row[i], row[i] - VectorLoops.Dot(row[..i], row[..i]));
            if (i == last)
                return left > LeftMin * whole ? left : double.NaN;
            if (!(left > IndependentMin * whole))
                return double.NaN;
            row[i] = 1 / Math.Sqrt(left);
        }

        return double.NaN;
    }
}
