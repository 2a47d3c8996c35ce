using System.Numerics;
using System.Runtime.InteropServices;

namespace CycleRig.Devices.Simulated.Fields;

/// <summary>
/// A square matrix with nothing further from its diagonal than the band, solved by elimination without pivoting: enough for the diagonally
/// dominant matrices of Laplace's equation, also where cut cells take their symmetry, and without a tolerance to choose.
/// </summary>
/// <param name="count">Rows.</param>
/// <param name="band">Diagonals on each side of the main one.</param>
internal sealed class BandMatrix(int count, int band)
{
    private readonly int _width = (2 * band) + 1;
    private readonly double[] _values = new double[count * ((2 * band) + 1)];

    /// <summary>Element of a row and a column within the band.</summary>
    public ref double this[int row, int column] => ref _values[(row * _width) + column - row + band];

    /// <summary>Solves for a right-hand side, which becomes the solution. The matrix is used up.</summary>
    public void Solve(Span<double> right)
    {
        for (var pivot = 0; pivot < count; pivot++)
        {
            var last = Math.Min(count - 1, pivot + band);
            var source = Right(pivot, pivot + 1, last);
            for (var row = pivot + 1; row <= last; row++)
            {
                var factor = this[row, pivot] / this[pivot, pivot];
                if (factor == 0)
                    continue;
                Subtract(Right(row, pivot + 1, last), source, factor);
                right[row] -= factor * right[pivot];
            }
        }

        for (var row = count - 1; row >= 0; row--)
        {
            var sum = right[row];
            for (var column = row + 1; column <= Math.Min(count - 1, row + band); column++)
                sum -= this[row, column] * right[column];
            right[row] = sum / this[row, row];
        }
    }

    private Span<double> Right(int row, int first, int last) => _values.AsSpan((row * _width) + first - row + band, last - first + 1);

    private static void Subtract(Span<double> from, ReadOnlySpan<double> what, double factor)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(from);
        var narrow = MemoryMarshal.Cast<double, Vector<double>>(what);
        for (var i = 0; i < wide.Length; i++)
            wide[i] -= factor * narrow[i];
        for (var i = wide.Length * Vector<double>.Count; i < from.Length; i++)
            from[i] -= factor * what[i];
    }
}
