using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance.Relaxation;

/// <summary>
/// Least squares with no unknown below 0 from normal equations H x = b, by block principal pivoting (Kim and Park 2011, doi 10.1137/110821172).
/// The set of unknowns above 0 is kept from one call to the next: with nearly the same H few exchanges are left.
/// </summary>
/// <param name="count">Unknowns.</param>
internal sealed class NonNegativeSolver(int count)
{
    /// <summary>Block exchanges without progress before single ones, which always end.</summary>
    private const int BackupExchanges = 3;

    /// <summary>Bound of the exchanges; a handful is usual.</summary>
    private const int ExchangesMax = 60;

    /// <summary>What is not below 0 in view of rounding, relative to the largest.</summary>
    private const double Rounding = 1e-11;

    private readonly bool[] _passive = new bool[count];
    private readonly int[] _indices = new int[count];
    private readonly double[] _factor = new double[count * count];
    private readonly double[] _inverse = new double[count * count];
    private readonly double[] _solved = new double[count];
    private readonly double[] _gradient = new double[count];

    /// <summary>The unknowns after <see cref="Solve"/>, none below 0.</summary>
    public double[] Values { get; } = new double[count];

    /// <summary>Indices of the unknowns above 0, rising.</summary>
    public ReadOnlySpan<int> Passive => _indices.AsSpan(0, PassiveCount);

    public int PassiveCount { get; private set; }

    /// <summary>Finds the unknowns; false where rounding or the bound of exchanges forbids.</summary>
    /// <param name="matrix">H, symmetric and positive definite, row by row.</param>
    /// <param name="right">b.</param>
    public bool Solve(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right)
    {
        var (fewest, backups) = (count + 1, BackupExchanges);
        for (var exchange = 0; exchange < ExchangesMax; exchange++)
        {
            if (!SolvePassive(matrix, right))
                return false;
            var (wrong, last) = Infeasible(matrix, right);
            if (wrong == 0)
                return true;
            if (wrong < fewest)
                (fewest, backups) = (wrong, BackupExchanges);
            else
                backups--;
            for (var i = 0; i < count; i++)
            {
                if (IsInfeasible(i) && (backups >= 0 || i == last))
                    _passive[i] = !_passive[i];
            }
        }

        return false;
    }

    /// <summary>Row of the inverse of H on the passive unknowns, by position among them, after <see cref="Invert"/>.</summary>
    public double Covariance(int one, int other)
    {
        var from = Math.Max(one, other);
        return VectorLoops.Dot(_inverse.AsSpan((one * count) + from, PassiveCount - from), _inverse.AsSpan((other * count) + from, PassiveCount - from));
    }

    /// <summary>Inverts the triangular factor, column by column, for <see cref="Covariance"/>.</summary>
    public void Invert()
    {
        for (var j = 0; j < PassiveCount; j++)
        {
            var column = _inverse.AsSpan(j * count, count);
            column[j] = _factor[(j * count) + j]; // The diagonal holds reciprocals.
            for (var i = j + 1; i < PassiveCount; i++)
                column[i] = -VectorLoops.Dot(_factor.AsSpan((i * count) + j, i - j), column[j..i]) * _factor[(i * count) + i];
        }
    }

    private bool SolvePassive(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right)
    {
        PassiveCount = 0;
        for (var i = 0; i < count; i++)
        {
            if (_passive[i])
                _indices[PassiveCount++] = i;
        }

        for (var i = 0; i < PassiveCount; i++)
        {
            var row = _factor.AsSpan(i * count, count);
            var source = matrix.Slice(_indices[i] * count, count);
            for (var j = 0; j < i; j++)
            {
                var other = _factor.AsSpan(j * count, count);
                row[j] = (source[_indices[j]] - VectorLoops.Dot(row[..j], other[..j])) * other[j];
            }

            var left = source[_indices[i]] - VectorLoops.Dot(row[..i], row[..i]);
            if (!(left > 0))
                return false;
            row[i] = 1 / Math.Sqrt(left);
            _solved[i] = (right[_indices[i]] - VectorLoops.Dot(row[..i], _solved.AsSpan(0, i))) * row[i];
        }

        for (var i = PassiveCount - 1; i >= 0; i--)
        {
            _solved[i] *= _factor[(i * count) + i];
            VectorLoops.AddScaled(_solved.AsSpan(0, i), _factor.AsSpan(i * count, i), -_solved[i]);
        }

        Values.AsSpan().Clear();
        for (var i = 0; i < PassiveCount; i++)
            Values[_indices[i]] = _solved[i];
        return true;
    }

    private (int Wrong, int Last) Infeasible(ReadOnlySpan<double> matrix, ReadOnlySpan<double> right)
    {
        double valueMax = 0, rightMax = 0;
        for (var i = 0; i < count; i++)
            (valueMax, rightMax) = (Math.Max(valueMax, Math.Abs(Values[i])), Math.Max(rightMax, Math.Abs(right[i])));
        var (wrong, last) = (0, -1);
        for (var i = 0; i < count; i++)
        {
            _gradient[i] = _passive[i]
                ? Values[i] + (Rounding * valueMax)
                : VectorLoops.Dot(matrix.Slice(i * count, count), Values) - right[i] + (Rounding * rightMax);
            if (IsInfeasible(i))
                (wrong, last) = (wrong + 1, i);
        }

        if (wrong > 0)
            return (wrong, last);
        for (var i = 0; i < count; i++)
            Values[i] = Math.Max(Values[i], 0);
        return (0, -1);
    }

    private bool IsInfeasible(int index) => _gradient[index] < 0;
}
