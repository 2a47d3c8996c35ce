namespace CycleRig.Impedance.Fitting;

/// <summary>Small symmetric positive definite systems in place, lower triangle, row by row: the inner loop of a fit, without allocation.</summary>
internal static class Cholesky
{
    /// <summary>Replaces the lower triangle by its factor; false where the matrix is not positive definite.</summary>
    public static bool Factor(Span<double> matrix, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = matrix.Slice(i * count, i + 1);
            for (var j = 0; j <= i; j++)
            {
                var other = matrix.Slice(j * count, j + 1);
                var sum = row[j];
                for (var k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                if (j < i)
                    row[j] = sum * other[j];
                else if (sum > 0)
                    row[j] = 1 / Math.Sqrt(sum); // The diagonal keeps its inverse: one division a row.
                else
                    return false;
            }
        }

        return true;
    }

    /// <summary>Solves in place; false where the answer is not finite.</summary>
    public static bool Solve(ReadOnlySpan<double> factor, Span<double> right, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var row = factor.Slice(i * count, i + 1);
            var sum = right[i];
            for (var k = 0; k < i; k++)
                sum -= row[k] * right[k];
            right[i] = sum * row[i];
        }

        for (var i = count - 1; i >= 0; i--)
        {
            var value = right[i] * factor[(i * count) + i];
            right[i] = value;
            for (var k = 0; k < i; k++)
                right[k] -= factor[(i * count) + k] * value;
        }

        return !right.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);
    }
}
