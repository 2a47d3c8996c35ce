using System.Diagnostics;
using System.Numerics;

namespace CycleRig.Impedance.Fitting;

/// <summary>What each point counts: 1/σ of its parts by the options, times a factor that falls for what stands out.</summary>
internal sealed class PointWeights
{
    /// <summary>The median of the modulus of two normal deviates, in σ: √(2 ln 2).</summary>
    private const double MedianOfModulus = 1.17741;

    private const double HuberCorner = 1.345;
    private const double TukeyEnd = 4.685;

    /// <summary>A change of a factor below this is none.</summary>
    private const double Settled = 1e-4;

    /// <summary>Residuals below this share of |Z| are no outliers: exact spectra leave digits, not noise.</summary>
    private const double Rounding = 1e-6;

    /// <summary>So many neighbours that stand out together are no outliers: of one point in ten, chance makes four in one spectrum of two hundred.</summary>
    private const int NeighboursMin = 4;

    private const double ProportionalFloor = 1e-3;

    private readonly NormalEquations _equations;
    private readonly FitOptions _options;
    private readonly int _free;
    private readonly double[] _real;
    private readonly double[] _imaginary;
    private readonly double[] _factors;
    private readonly double[] _moduli;
    private readonly double[] _sorted;
    private readonly Complex[] _residuals;
    private readonly bool[] _excluded;
    private readonly bool[] _outlying;
    private readonly int[] _order;

    /// <param name="equations">Where data and weights stand.</param>
    /// <param name="options">How they are weighed.</param>
    /// <param name="free">Free parameters.</param>
    /// <param name="order">The points by frequency.</param>
    public PointWeights(NormalEquations equations, FitOptions options, int free, int[] order)
    {
        _order = order;
        var points = equations.Points;
        (_equations, _options, _free) = (equations, options, free);
        (_real, _imaginary, _factors) = (new double[points], new double[points], new double[points]);
        (_moduli, _sorted, _residuals, _excluded) = (new double[points], new double[points], new Complex[points], new bool[points]);
        _outlying = new bool[points];
    }

    /// <summary>Takes over measured values; every point counts.</summary>
    public void Load(ReadOnlySpan<double> realOhms, ReadOnlySpan<double> imaginaryOhms)
    {
        realOhms.CopyTo(_equations.Real);
        imaginaryOhms.CopyTo(_equations.Imaginary);
        for (var i = 0; i < _factors.Length; i++)
        {
            var modulus = Math.Sqrt((realOhms[i] * realOhms[i]) + (imaginaryOhms[i] * imaginaryOhms[i]));
            (_real[i], _imaginary[i]) = _options.Weighting switch
            {
                Weighting.Modulus => (1 / (_options.Noise * modulus), 1 / (_options.Noise * modulus)),
                Weighting.Unit => (1 / _options.Noise, 1 / _options.Noise),
                Weighting.Proportional => (
                    1 / (_options.Noise * Math.Max(Math.Abs(realOhms[i]), ProportionalFloor * modulus)),
                    1 / (_options.Noise * Math.Max(Math.Abs(imaginaryOhms[i]), ProportionalFloor * modulus))),
                Weighting.Measured => (1 / _options.SigmasReal[i], 1 / _options.SigmasImaginary[i]),
                _ => throw new UnreachableException($"No weights for {_options.Weighting}."),
            };
        }

        Restore();
    }

    /// <summary>Points that never count, whatever is loaded.</summary>
    public void Exclude(IEnumerable<int> points)
    {
        foreach (var point in points)
            _excluded[point] = true;
        Restore();
    }

    /// <summary>Every point counts again but those excluded.</summary>
    public void KeepAll()
    {
        if (_factors.AsSpan().ContainsAnyExcept(1.0))
            Restore();
    }

    private void Restore()
    {
        for (var i = 0; i < _factors.Length; i++)
            _factors[i] = _excluded[i] ? 0 : 1;
        Weigh();
    }

    /// <summary>Points that count.</summary>
    public int CountKept() => _factors.Length - _factors.AsSpan().Count(0.0);

    /// <summary>Whether a point counts.</summary>
    public bool IsKept(int point) => _factors[point] > 0;

    /// <summary>New factors from the residuals of a fit; false where they have settled.</summary>
    public bool Reweigh(ReadOnlySpan<double> values, Loss loss)
    {
        var (scale, change) = (Scale(values), 0.0);
        for (var i = 0; i < _factors.Length; i++)
        {
            // Both parts of a point share a factor; a modulus of two deviates is √2 of one.
            var distance = scale > 0 && !IsRounding(i) ? _moduli[i] / (scale * Math.Sqrt(2)) : 0;
            var factor = loss switch
            {
                _ when _excluded[i] => 0,
                Loss.Huber => Math.Min(1, HuberCorner / Math.Max(distance, double.Epsilon)),
                Loss.Tukey => distance < TukeyEnd ? Square(1 - Square(distance / TukeyEnd)) : 0,
                _ => throw new UnreachableException($"No factors for {loss}."),
            };
            change = Math.Max(change, Math.Abs(factor - _factors[i]));
            _factors[i] = factor;
        }

        Weigh();
        return change > Settled;
    }

    /// <summary>
    /// Leaves out what lies beyond the limit, and takes back what no longer does; false where nothing changed. Neighbours in a row are what the
    /// circuit does not describe, not outliers: they count.
    /// </summary>
    public bool Reject(ReadOnlySpan<double> values)
    {
        var (limit, kept, changed) = (_options.RejectAbove * Scale(values), 0, false);
        for (var i = 0; i < _moduli.Length; i++)
            _outlying[i] = _moduli[i] > limit && !IsRounding(i);
        ForgiveNeighbours();
        foreach (var outlying in _outlying)
            kept += outlying ? 0 : 1;
        if (2 * kept <= _free)
            return false;
        for (var i = 0; i < _factors.Length; i++)
        {
            var factor = _excluded[i] || _outlying[i] ? 0 : _options.Loss == Loss.Squares ? 1 : Math.Max(_factors[i], double.Epsilon);
            changed |= factor != _factors[i];
            _factors[i] = factor;
        }

        Weigh();
        return changed;
    }

    /// <summary>Whether any residual is larger than so many standard deviations of the rest.</summary>
    public bool AnyBeyond(ReadOnlySpan<double> values, double deviations)
    {
        var limit = deviations * Scale(values);
        foreach (var modulus in _moduli)
        {
            if (modulus > limit)
                return true;
        }

        return false;
    }

    private void ForgiveNeighbours()
    {
        var run = 0;
        for (var n = 0; n <= _order.Length; n++)
        {
            if (n < _order.Length && _outlying[_order[n]])
            {
                run++;
                continue;
            }

            for (var back = 1; back <= run && run >= NeighboursMin; back++)
                _outlying[_order[n - back]] = false;
            run = 0;
        }
    }

    /// <summary>χ² with the weights of the options over the points that are kept, and their number.</summary>
    public (double ChiSquare, int Kept) ChiSquare(ReadOnlySpan<double> values)
    {
        FindModuli(values);
        var (sum, kept) = (0.0, 0);
        for (var i = 0; i < _moduli.Length; i++)
        {
            if (_factors[i] > 0)
                (sum, kept) = (sum + Square(_moduli[i]), kept + 1);
        }

        return (sum, kept);
    }

    /// <summary>Σ min(r², limit²) over all points, in σ of the options: what compares fits that left different points out.</summary>
    public double BoundedChiSquare(ReadOnlySpan<double> values, double limit)
    {
        FindModuli(values);
        double sum = 0;
        foreach (var modulus in _moduli)
            sum += Square(Math.Min(modulus, limit));
        return sum;
    }

    /// <summary>σ of a part, in that of the options, from the median residual, for the parameters that were fitted.</summary>
    public double Scale(ReadOnlySpan<double> values)
    {
        FindModuli(values);
        _moduli.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var points = _sorted.Length;
        var median = points % 2 == 1 ? _sorted[points / 2] : (_sorted[(points / 2) - 1] + _sorted[points / 2]) / 2;
        return median / MedianOfModulus * Math.Sqrt(2.0 * points / Math.Max(1, (2 * points) - _free));
    }

    /// <summary>Median over the points of the residual's modulus relative to |Z|.</summary>
    public double MedianResidual(ReadOnlySpan<double> values)
    {
        FindModuli(values);
        for (var i = 0; i < _sorted.Length; i++)
            _sorted[i] = _residuals[i].Magnitude / Modulus(i);
        Array.Sort(_sorted);
        return _sorted[_sorted.Length / 2];
    }

    private void FindModuli(ReadOnlySpan<double> values)
    {
        _equations.Residuals(values, _residuals);
        for (var i = 0; i < _moduli.Length; i++)
            _moduli[i] = Math.Sqrt(Square(_real[i] * _residuals[i].Real) + Square(_imaginary[i] * _residuals[i].Imaginary));
    }

    private bool IsRounding(int point) => _residuals[point].Magnitude < Rounding * Modulus(point);

    private double Modulus(int point) => Math.Sqrt(Square(_equations.Real[point]) + Square(_equations.Imaginary[point]));

    private void Weigh()
    {
        var real = _equations.RootWeightReal;
        var imaginary = _equations.RootWeightImaginary;
        for (var i = 0; i < _factors.Length; i++)
        {
            var root = Math.Sqrt(_factors[i]);
            (real[i], imaginary[i]) = (root * _real[i], root * _imaginary[i]);
        }
    }

    private static double Square(double value) => value * value;
}
