using CycleRig.Impedance.Validity;

namespace CycleRig.Impedance.Relaxation;

/// <summary>
/// Normal equations of a distribution of relaxation times: unknowns are the ohmic part, inductance and capacitance where they are fitted, and
/// one resistance for each time constant, relative to a scale so that all are numbers near 1.
/// </summary>
internal sealed class RelaxationSystem
{
    private readonly double[] _gram;
    private readonly double[] _penalty;
    private readonly double[] _matrix;

    public RelaxationSystem(SeriesPoints points, double[] seconds, DrtOptions options)
    {
        (Points, Seconds, Inductance, Capacitance) = (points, seconds, options.Inductance, options.Capacitance == true);
        (Others, Step) = (1 + (Inductance ? 1 : 0) + (Capacitance ? 1 : 0), Math.Log(seconds[1] / seconds[0]));
        Count = Others + seconds.Length;
        Scale = points.Moduli.Max();
        (_gram, _penalty, _matrix, Right) = (new double[Count * Count], new double[Count * Count], new double[Count * Count], new double[Count]);
        FillOthers();
        FillElements();
        for (var i = 0; i < Count; i++)
        {
            Right[i] *= Scale;
            for (var j = 0; j < i; j++)
                _gram[(j * Count) + i] = _gram[(i * Count) + j];
        }

        for (var i = 0; i < _gram.Length; i++)
            _gram[i] *= Scale * Scale;
        FillPenalty();
    }

    public SeriesPoints Points { get; }

    public double[] Seconds { get; }

    public bool Inductance { get; }

    public bool Capacitance { get; }

    /// <summary>Unknowns before the first resistance.</summary>
    public int Others { get; }

    public int Count { get; }

    /// <summary>Distance of the time constants in ln τ.</summary>
    public double Step { get; }

    /// <summary>Largest |Z|, Ω: the unit of the unknowns.</summary>
    public double Scale { get; }

    public double[] Right { get; }

    /// <summary>Weighted sum of squares of the points.</summary>
    public double Whole { get; private set; }

    /// <summary>Products with λ times the penalty.</summary>
    public ReadOnlySpan<double> Matrix(double lambda)
    {
        _gram.CopyTo(_matrix, 0);
        VectorLoops.AddScaled(_matrix, _penalty, lambda);
        return _matrix;
    }

    /// <summary>Weighted sum of squares that the unknowns leave, and their penalty.</summary>
    public (double Left, double Penalty) Measure(ReadOnlySpan<double> values)
    {
        double left = 0, penalty = 0;
        for (var i = 0; i < Count; i++)
            penalty += values[i] * VectorLoops.Dot(_penalty.AsSpan(i * Count, Count), values);

        for (var i = 0; i < Points.Count; i++)
        {
            var (re, im) = Residual(i, values);
            left += (re * re) + (im * im);
        }

        return (left, penalty);
    }

    /// <summary>Part of the penalty between two unknowns.</summary>
    public double Penalty(int one, int other) => _penalty[(one * Count) + other];

    /// <summary>Weighted residual of a point.</summary>
    public (double Real, double Imaginary) Residual(int point, ReadOnlySpan<double> values)
    {
        var omega = Points.Omegas[point];
        var (re, im) = (values[0], 0.0);
        if (Inductance)
            im += values[1] * omega / Points.High;
        if (Capacitance)
            im -= values[Others - 1] * Points.Low / omega;
        for (var k = 0; k < Seconds.Length; k++)
        {
            if (values[Others + k] == 0)
                continue;
            var x = omega * Seconds[k];
            var h = values[Others + k] / (1 + (x * x));
            (re, im) = (re + h, im - (h * x));
        }

        return (Points.Weights[point] * (Points.Reals[point] - (Scale * re)), Points.Weights[point] * (Points.Imaginaries[point] - (Scale * im)));
    }

    private void FillOthers()
    {
        for (var i = 0; i < Points.Count; i++)
        {
            var square = Points.Weights[i] * Points.Weights[i];
            var (fast, slow) = (Points.Omegas[i] / Points.High, Points.Low / Points.Omegas[i]);
            var (re, im) = (Points.Reals[i], Points.Imaginaries[i]);
            _gram[0] += square;
            Right[0] += square * re;
            Whole += square * ((re * re) + (im * im));
            if (Inductance)
                (_gram[Count + 1], Right[1]) = (_gram[Count + 1] + (square * fast * fast), Right[1] + (square * fast * im));
            if (!Capacitance)
                continue;
            var c = Others - 1;
            (_gram[(c * Count) + c], Right[c]) = (_gram[(c * Count) + c] + (square * slow * slow), Right[c] - (square * slow * im));
            if (Inductance)
                _gram[(c * Count) + 1] -= square * fast * slow;
        }
    }

    /// <summary>Products of two RC columns by partial fractions, see <see cref="SeriesGram"/>.</summary>
    private void FillElements()
    {
        double[] squares = [.. Points.Weights.Select(weight => weight * weight)];
        var (near, shares) = (new double[Seconds.Length], new double[Seconds.Length]);
        for (var k = 0; k < Seconds.Length; k++)
        {
            var sums = SeriesSums.Of(Points, squares, Seconds[k]);
            var row = _gram.AsSpan((Others + k) * Count, Count);
            (near[k], row[0], Right[Others + k]) = (sums.Near, sums.Near, sums.Seen);
            if (Inductance)
                row[1] = -sums.Far / (Seconds[k] * Points.High);
            if (Capacitance)
                row[Others - 1] = Points.Low * Seconds[k] * sums.Near;
            shares[k] = 1 / (1 + (Seconds[k] / Seconds[0]));
            for (var j = 0; j <= k; j++)
                row[Others + j] = near[k] + (shares[k - j] * (near[j] - near[k]));
        }
    }

    /// <summary>λ-fold penalty: the integral of the squared second derivative of γ over ln τ; γ is 0 outside.</summary>
    private void FillPenalty()
    {
        ReadOnlySpan<double> stencil = [1, -2, 1];
        var factor = Math.Pow(Step, -5); // γ = R/Δ, second difference over Δ², squared, integral ·Δ.
        for (var row = 1 - stencil.Length; row < Seconds.Length; row++)
        {
            for (var a = Math.Max(0, -row); a < Math.Min(stencil.Length, Seconds.Length - row); a++)
            {
                for (var b = Math.Max(0, -row); b < Math.Min(stencil.Length, Seconds.Length - row); b++)
                    _penalty[((Others + row + a) * Count) + Others + row + b] += factor * stencil[a] * stencil[b];
            }
        }
    }
}
