namespace CycleRig.Impedance.Fitting;

/// <summary>Small symmetric positive definite systems in place, lower triangle, row by row: the inner loop of a fit, without allocation.</summary>
internal static class Cholesky
{
    public static bool Factor(Span<double> matrix, int count)
    {
        for (var j = 0; j < count; j++)
        {
            var row = matrix.Slice(j * count, count);
            var pivot = row[j];
            for (var k = 0; k < j; k++)
                pivot -= row[k] * row[k];
            if (!(pivot > 0))
                return false;
            row[j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < count; i++)
            {
                var other = matrix.Slice(i * count, count);
                var sum = other[j];
                for (var k = 0; k < j; k++)
                    sum -= other[k] * row[k];
                other[j] = sum / row[j];
            }
        }

        return true;
    }

    public static bool Solve(ReadOnlySpan<double> factor, Span<double> right, int count)
    {
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < i; k++)
                right[i] -= factor[(i * count) + k] * right[k];
            right[i] /= factor[(i * count) + i];
        }

        for (var i = count - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < count; k++)
                right[i] -= factor[(k * count) + i] * right[k];
            right[i] /= factor[(i * count) + i];
        }

        return !right.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);
    }
}
