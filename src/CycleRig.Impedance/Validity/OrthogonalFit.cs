namespace CycleRig.Impedance.Validity;

/// <summary>
/// Linear least squares by modified Gram-Schmidt (Björck 1967, doi 10.1007/BF01934122: as good as Householder for least squares), in flat
/// arrays. A column that depends on those before it gets the coefficient 0.
/// </summary>
/// <param name="rows">Rows of each column.</param>
/// <param name="count">Columns.</param>
internal sealed class OrthogonalFit(int rows, int count)
{
    /// <summary>Part of a column's square that must be left beside the columns before it: rounding leaves 1e-30.</summary>
    private const double IndependentMin = 1e-26;

    private readonly double[] _columns = new double[rows * count];
    private readonly double[] _squares = new double[count];
    private readonly double[] _shares = new double[count * count];

    /// <summary>What to explain; what is left of it after <see cref="Solve()"/>.</summary>
    public double[] Right { get; } = new double[rows];

    /// <summary>Coefficients of the columns after <see cref="Solve()"/>.</summary>
    public double[] Coefficients { get; } = new double[count];

    /// <summary>A column to fill; after <see cref="Solve()"/> its part that is orthogonal to those before it.</summary>
    public Span<double> Column(int index) => _columns.AsSpan(index * rows, rows);

    /// <summary>Sum of squares that the columns leave.</summary>
    public double SumOfSquares => VectorLoops.Dot(Right, Right);

    public void Solve() => Solve(count);

    /// <summary>Fits the first columns only; those behind them are made orthogonal to these, for a look at what each would explain by itself.</summary>
    /// <param name="used">How many columns are fitted.</param>
    public void Solve(int used)
    {
        for (var j = 0; j < count; j++)
            _squares[j] = VectorLoops.Dot(Column(j), Column(j));
        for (var j = 0; j < used; j++)
        {
            var column = Column(j);
            var square = VectorLoops.Dot(column, column);
            _squares[j] = square > IndependentMin * _squares[j] ? square : 0;
            if (_squares[j] == 0)
                continue;
            for (var k = j + 1; k < count; k++)
            {
                var share = VectorLoops.Dot(column, Column(k)) / square;
                _shares[(j * count) + k] = share;
                VectorLoops.AddScaled(Column(k), column, -share);
            }

            Coefficients[j] = VectorLoops.Dot(column, Right) / square;
            VectorLoops.AddScaled(Right, column, -Coefficients[j]);
        }

        for (var j = used - 1; j >= 0; j--)
        {
            for (var k = j + 1; k < used; k++)
                Coefficients[j] -= _shares[(j * count) + k] * Coefficients[k];
            if (_squares[j] == 0)
                Coefficients[j] = 0;
        }
    }

    /// <summary>Leverage of a row: how far its own error moves the fit there, 0 to 1.</summary>
    public double Leverage(int row)
    {
        double sum = 0;
        for (var j = 0; j < count; j++)
        {
            if (_squares[j] > 0)
                sum += _columns[(j * rows) + row] * _columns[(j * rows) + row] / _squares[j];
        }

        return sum;
    }
}
