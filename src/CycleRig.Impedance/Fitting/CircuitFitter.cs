using System.Numerics;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Fits one circuit to spectra at the same frequencies again and again, without allocating: for streams of spectra, bootstraps, and
/// refits after each new value. Not for several threads at once.
/// </summary>
public sealed class CircuitFitter
{
    /// <summary>A start by a warm fit is near: the first step is all but Gauss and Newton's.</summary>
    private const double WarmDamping = 1e-6;

    private const double ColdDamping = 1e-3;

    /// <summary>Rounds of new weights; they settle within five.</summary>
    private const int RobustRoundsMax = 12;

    private const double RobustTolerance = 1e-4;

    /// <summary>The median of the modulus of two normal deviates, in σ: √(2 ln 2).</summary>
    private const double MedianOfModulus = 1.17741;

    private const double HuberCorner = 1.345;
    private const double TukeyEnd = 4.685;
    /// <summary>Added to the diagonal, relative: what the data leave open gets an error of a million times, and is told.</summary>
    private const double Ridge = 1e-12;

    /// <summary>Residuals below this share of |Z| are no outliers.</summary>
    private const double Rounding = 1e-6;

    private const double ProportionalFloor = 1e-3;

    private readonly FitOptions _options;
    private readonly ParameterMap _map;
    private readonly NormalEquations _equations;
    private readonly Levenberg _solver;
    private readonly double[] _baseReal;
    private readonly double[] _baseImaginary;
    private readonly double[] _factors;
    private readonly double[] _moduli;
    private readonly double[] _sorted;
    private readonly double[] _inverse;
    private readonly double[] _unit;
    private readonly Complex[] _residuals;

    /// <summary>Makes the buffers.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">The first spectrum, N points; 2 N must be above the number of free parameters.</param>
    /// <param name="options">How; its start is not used but for signs and fixed values.</param>
    /// <exception cref="ArgumentException">Too few points, or options that do not fit the circuit; the message names the parameter.</exception>
    public CircuitFitter(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        (_options, _map) = (options, new(circuit, options));
        if (2 * data.Count <= _map.Free)
            throw new ArgumentException($"{data.Count} points cannot determine {_map.Free} parameters; give at least {(_map.Free / 2) + 1} points or a simpler circuit");
        _equations = new(_map, data.FrequenciesHz.AsSpan(), Elapsed(data, options));
        _solver = new(_map, _equations, options);
        var points = data.Count;
        (_baseReal, _baseImaginary, _factors) = (new double[points], new double[points], new double[points]);
        (_moduli, _sorted, _residuals) = (new double[points], new double[points], new Complex[points]);
        (_inverse, _unit) = (new double[_map.Free * _map.Free], new double[_map.Free]);
        Load(data.RealOhms.AsSpan(), data.ImaginaryOhms.AsSpan());
    }

    internal ParameterMap Map => _map;

    /// <summary>χ² of the data over the points that were kept, with the weights of the options.</summary>
    public double ChiSquare { get; private set; }

    /// <summary>Points that count.</summary>
    public int Kept { get; private set; }

    /// <summary>2 · points kept - parameters that are neither fixed nor at a bound; at least 1.</summary>
    public int DegreesOfFreedom { get; private set; }

    /// <summary>Takes the values of another spectrum at the same frequencies; every point counts again.</summary>
    /// <param name="realOhms">N values of Re Z, Ω.</param>
    /// <param name="imaginaryOhms">N values of Im Z, Ω.</param>
    public void Load(ReadOnlySpan<double> realOhms, ReadOnlySpan<double> imaginaryOhms)
    {
        realOhms.CopyTo(_equations.Real);
        imaginaryOhms.CopyTo(_equations.Imaginary);
        for (var i = 0; i < _factors.Length; i++)
        {
            var modulus = Math.Sqrt((realOhms[i] * realOhms[i]) + (imaginaryOhms[i] * imaginaryOhms[i]));
            (_baseReal[i], _baseImaginary[i]) = _options.Weighting switch
            {
                Weighting.Modulus => (1 / (_options.Noise * modulus), 1 / (_options.Noise * modulus)),
                Weighting.Unit => (1 / _options.Noise, 1 / _options.Noise),
                Weighting.Proportional => (
                    1 / (_options.Noise * Math.Max(Math.Abs(realOhms[i]), ProportionalFloor * modulus)),
                    1 / (_options.Noise * Math.Max(Math.Abs(imaginaryOhms[i]), ProportionalFloor * modulus))),
                _ => (1 / _options.SigmasReal[i], 1 / _options.SigmasImaginary[i]),
            };
        }

        KeepAll();
    }

    /// <summary>Whether a point counts after <see cref="Refine"/>.</summary>
    public bool IsKept(int point) => _factors[point] > 0;

    /// <summary>From a start to the optimum, with the loss and rejection of the options.</summary>
    /// <param name="values">Parameters in the circuit's order; overwritten.</param>
    public FitOutcome Refine(Span<double> values)
    {
        KeepAll();
        var end = _solver.Run(values, _options.IterationsMax, ColdDamping);
        if (end.Converged && (_options.Loss != Loss.Squares || _options.RejectAbove > 0))
            end = Robust(values, end);
        return Close(values, end);
    }

    /// <summary>From a far start, least squares, at most so many evaluations.</summary>
    internal LevenbergEnd Approach(Span<double> values, int iterationsMax) => _solver.Run(values, iterationsMax, ColdDamping);

    /// <summary>Median over the points of the residual's modulus relative to |Z|: outliers do not count.</summary>
    internal double MedianResidual(ReadOnlySpan<double> values)
    {
        _equations.Residuals(values, _residuals);
        for (var i = 0; i < _sorted.Length; i++)
            _sorted[i] = _residuals[i].Magnitude / double.Hypot(_equations.Real[i], _equations.Imaginary[i]);
        Array.Sort(_sorted);
        return _sorted[_sorted.Length / 2];
    }

    /// <summary>Σ min(r², limit²) over all points, in σ of the options: what compares fits that left different points out.</summary>
    internal double BoundedChiSquare(ReadOnlySpan<double> values, double limit)
    {
        Moduli(values);
        double sum = 0;
        foreach (var modulus in _moduli)
            sum += Math.Min(modulus * modulus, limit * limit);
        return sum;
    }

    /// <summary>σ of a part, in that of the options, as the median residual tells it.</summary>
    internal double Scale(ReadOnlySpan<double> values)
    {
        Moduli(values);
        return Scale();
    }

    /// <summary>Covariance of the free variables (ln p, exponents as they are) at the last optimum; 0 for what is held at a bound.</summary>
    /// <param name="covariance">Filled with P×P, row by row in the circuit's order, not scaled by the residuals.</param>
    /// <returns>Whether the data determine all parameters.</returns>
    public bool Covariance(Span<double> covariance)
    {
        covariance.Clear();
        var (free, count) = (_map.Free, _map.Columns.Length);
        var held = _solver.Held;
        _solver.Matrix.CopyTo(_inverse);
        for (var f = 0; f < free; f++)
        {
            for (var j = 0; j < free && held[f]; j++)
                _inverse[(Math.Max(f, j) * free) + Math.Min(f, j)] = j == f ? 1 : 0;
            _inverse[(f * free) + f] *= 1 + Ridge;
        }

        if (!Cholesky.Factor(_inverse, free))
            return false;
        var isWhole = true;
        for (var f = 0; f < free; f++)
        {
            Array.Clear(_unit);
            _unit[f] = 1;
            isWhole &= Cholesky.Solve(_inverse, _unit, free);
            for (var a = 0; a < count && !held[f]; a++)
            {
                for (var b = 0; b < count; b++)
                {
                    if (_map.Columns[a] == f && _map.Columns[b] is var column and >= 0 && !held[column])
                        covariance[(a * count) + b] = _unit[column];
                }
            }
        }

        return isWhole;
    }

    /// <summary>Whether a parameter was held at its bound at the last optimum.</summary>
    public bool IsAtBound(int parameter) => _map.Columns[parameter] is var column and >= 0 && _solver.Held[column];

    /// <summary>Times of the points since the reference, in lengths of the sweep; none where they are not known.</summary>
    internal static double[] Elapsed(ImpedanceData data, FitOptions options)
    {
        var times = data.TimesSeconds;
        if (times.IsEmpty)
            return [];
        var (reference, span) = (options.ReferenceSeconds ?? times.Average(), times.Max() - times.Min());
        return [.. times.Select(time => span > 0 ? (time - reference) / span : 0)];
    }

    private FitOutcome Close(ReadOnlySpan<double> values, LevenbergEnd end)
    {
        _equations.Residuals(values, _residuals);
        (ChiSquare, Kept) = (0, 0);
        for (var i = 0; i < _residuals.Length; i++)
        {
            if (_factors[i] <= 0)
                continue;
            var (real, imaginary) = (_baseReal[i] * _residuals[i].Real, _baseImaginary[i] * _residuals[i].Imaginary);
            ChiSquare += (real * real) + (imaginary * imaginary);
            Kept++;
        }

        var determined = 0;
        foreach (var held in _solver.Held)
            determined += held ? 0 : 1;
        DegreesOfFreedom = Math.Max(1, (2 * Kept) - determined);
        return new(end.Converged && double.IsFinite(ChiSquare), ChiSquare, end.Iterations);
    }

    /// <summary>New weights from the residuals, and another fit, until they settle; then what stands out is left out.</summary>
    private LevenbergEnd Robust(Span<double> values, LevenbergEnd end)
    {
        // What stands out pulls the first fit towards itself: it is found from a fit that does not mind it.
        var loss = _options.Loss == Loss.Squares ? Loss.Tukey : _options.Loss;
        var (iterations, changed) = (end.Iterations, true);
        for (var round = 0; round < RobustRoundsMax && changed && end.Converged; round++)
        {
            changed = Reweigh(values, loss);
            if (changed)
                end = Again(values, ref iterations);
        }

        for (var round = 0; round < RobustRoundsMax && _options.RejectAbove > 0 && end.Converged && Reject(values); round++)
            end = Again(values, ref iterations);
        return end with { Iterations = iterations };
    }

    private LevenbergEnd Again(Span<double> values, ref int iterations)
    {
        var end = _solver.Run(values, _options.IterationsMax, WarmDamping);
        iterations += end.Iterations;
        return end;
    }

    private bool Reweigh(ReadOnlySpan<double> values, Loss loss)
    {
        Moduli(values);
        var (scale, change) = (Scale(), 0.0);
        for (var i = 0; i < _factors.Length; i++)
        {
            // Both parts of a point share a factor; a modulus of two deviates is √2 of one.
            var distance = scale > 0 && !IsRounding(i) ? _moduli[i] / (scale * Math.Sqrt(2)) : 0;
            var factor = loss == Loss.Huber
                ? Math.Min(1, HuberCorner / Math.Max(distance, double.Epsilon))
                : distance < TukeyEnd ? Square(1 - Square(distance / TukeyEnd)) : 0;
            change = Math.Max(change, Math.Abs(factor - _factors[i]));
            _factors[i] = factor;
        }

        Weigh();
        return change > RobustTolerance;
    }

    /// <summary>Leaves out what lies beyond the limit, and takes back what no longer does.</summary>
    private bool Reject(ReadOnlySpan<double> values)
    {
        Moduli(values);
        var (limit, kept, changed) = (_options.RejectAbove * Scale(), 0, false);
        foreach (var modulus in _moduli)
            kept += modulus <= limit ? 1 : 0;
        if (2 * kept <= _map.Free)
            return false;
        for (var i = 0; i < _factors.Length; i++)
        {
            var factor = _moduli[i] > limit && !IsRounding(i) ? 0 : _options.Loss == Loss.Squares ? 1 : Math.Max(_factors[i], double.Epsilon);
            changed |= factor != _factors[i];
            _factors[i] = factor;
        }

        Weigh();
        return changed;
    }

    /// <summary>Exact spectra leave residuals that are digits, not noise.</summary>
    private bool IsRounding(int point) =>
        _residuals[point].Magnitude < Rounding * double.Hypot(_equations.Real[point], _equations.Imaginary[point]);

    private void Moduli(ReadOnlySpan<double> values)
    {
        _equations.Residuals(values, _residuals);
        for (var i = 0; i < _moduli.Length; i++)
            _moduli[i] = double.Hypot(_baseReal[i] * _residuals[i].Real, _baseImaginary[i] * _residuals[i].Imaginary);
    }

    /// <summary>σ of a part from the median of the moduli, for the parameters that were fitted.</summary>
    private double Scale()
    {
        _moduli.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var points = _sorted.Length;
        var median = points % 2 == 1 ? _sorted[points / 2] : (_sorted[(points / 2) - 1] + _sorted[points / 2]) / 2;
        return median / MedianOfModulus * Math.Sqrt(2.0 * points / Math.Max(1, (2 * points) - _map.Free));
    }

    private void KeepAll()
    {
        Array.Fill(_factors, 1);
        Weigh();
    }

    private void Weigh()
    {
        var real = _equations.RootWeightReal;
        var imaginary = _equations.RootWeightImaginary;
        for (var i = 0; i < _factors.Length; i++)
        {
            var root = Math.Sqrt(_factors[i]);
            (real[i], imaginary[i]) = (root * _baseReal[i], root * _baseImaginary[i]);
        }
    }

    private static double Square(double value) => value * value;
}

/// <summary>How a fit ended.</summary>
/// <param name="Converged">Whether the values are an optimum; without, they are none and must not be reported.</param>
/// <param name="ChiSquare">χ² of the data.</param>
/// <param name="Iterations">Evaluations.</param>
public readonly record struct FitOutcome(bool Converged, double ChiSquare, int Iterations);
