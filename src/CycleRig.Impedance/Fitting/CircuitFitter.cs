using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Fits one circuit to spectra at the same frequencies again and again, without allocating: for streams of spectra, bootstraps, and
/// refits after each new value. Not for several threads at once.
/// </summary>
public sealed class CircuitFitter
{
    /// <summary>Damping for a start that may be far, and for one that has been an optimum under other weights.</summary>
    private const double ColdDamping = 1e-3;
    private const double WarmDamping = 1e-6;

    /// <summary>Rounds of new weights; they settle within five.</summary>
    private const int RobustRoundsMax = 12;

    /// <summary>Residuals below this share of the limit are far from it, even where an outlier has pulled the fit.</summary>
    private const double NearLimit = 0.8;

    /// <summary>Added to the diagonal, relative: what the data leave open gets an error of a million times, and is told.</summary>
    private const double Ridge = 1e-12;

    private readonly FitOptions _options;
    private readonly ParameterMap _map;
    private readonly Levenberg _solver;
    private readonly PointWeights _weights;
    private readonly double[] _inverse;
    private readonly double[] _unit;
    private readonly double[] _plain;

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
        options.Check();
        var noModulus = options.Weighting is Weighting.Modulus or Weighting.Proportional ? Enumerable.Range(0, data.Count).FirstOrDefault(i => data.Modulus(i) == 0, -1) : -1;
        if (noModulus >= 0)
            throw new ArgumentException(FormattableString.Invariant($"Z is 0 at {data.FrequenciesHz[noModulus]:G4} Hz, which no relative weight can take; leave the point out, or weigh all points alike"));
        if (options.Weighting == Weighting.Measured && (options.SigmasReal.Length != data.Count || options.SigmasImaginary.Length != data.Count))
            throw new ArgumentException($"measured weights need a standard deviation of Re and of Im for each of {data.Count} points; {options.SigmasReal.Length} and {options.SigmasImaginary.Length} were given");
        var equations = new NormalEquations(_map, data.FrequenciesHz.AsSpan(), Elapsed(data, options));
        (_solver, _weights) = (new(_map, equations, options), new(equations, options, _map.Free, [.. Enumerable.Range(0, data.Count).OrderByDescending(i => data.FrequenciesHz[i])]));
        (_inverse, _unit, _plain) = (new double[_map.Free * _map.Free], new double[_map.Free], new double[circuit.Parameters.Length]);
        Load(data.RealOhms.AsSpan(), data.ImaginaryOhms.AsSpan());
    }

    /// <summary>χ² of the data over the points that were kept, with the weights of the options.</summary>
    public double ChiSquare { get; private set; }

    /// <summary>Points that count.</summary>
    public int Kept { get; private set; }

    /// <summary>2 · points kept - parameters that are neither fixed nor at a bound; at least 1.</summary>
    public int DegreesOfFreedom { get; private set; }

    /// <summary>Takes the values of another spectrum at the same frequencies; every point counts again.</summary>
    /// <param name="realOhms">N values of Re Z, Ω.</param>
    /// <param name="imaginaryOhms">N values of Im Z, Ω.</param>
    public void Load(ReadOnlySpan<double> realOhms, ReadOnlySpan<double> imaginaryOhms) => _weights.Load(realOhms, imaginaryOhms);

    /// <summary>Points that do not count, in this spectrum and all that are loaded.</summary>
    /// <param name="points">Their indices.</param>
    public void Exclude(IEnumerable<int> points) => _weights.Exclude(points);

    /// <summary>Whether a point counts after <see cref="Refine"/>.</summary>
    public bool IsKept(int point) => _weights.IsKept(point);

    /// <summary>From a start to the optimum, with the loss and rejection of the options.</summary>
    /// <param name="values">Parameters in the circuit's order; overwritten.</param>
    public FitOutcome Refine(Span<double> values)
    {
        _weights.KeepAll();
        var end = _solver.Run(values, _options.IterationsMax, ColdDamping);
        if (end.Converged && (_options.Loss != Loss.Squares || _options.RejectAbove > 0))
            end = Settled(values, end);
        // The minimiser's own χ² where nothing but the weights of the options went into it.
        (ChiSquare, Kept) = _options.Priors.IsEmpty && _options.Loss == Loss.Squares ? (end.ChiSquare, _weights.CountKept()) : _weights.ChiSquare(values);
        DegreesOfFreedom = Math.Max(1, (2 * Kept) - _solver.Held.Count(false));
        return new(end.Converged && double.IsFinite(ChiSquare), ChiSquare, end.Iterations);
    }

    /// <summary>From a far start, least squares, at most so many evaluations.</summary>
    internal LevenbergEnd Approach(Span<double> values, int iterationsMax) => _solver.Run(values, iterationsMax, ColdDamping);

    /// <inheritdoc cref="PointWeights.MedianResidual"/>
    internal double MedianResidual(ReadOnlySpan<double> values) => _weights.MedianResidual(values);

    /// <inheritdoc cref="PointWeights.BoundedChiSquare"/>
    internal double BoundedChiSquare(ReadOnlySpan<double> values, double limit) => _weights.BoundedChiSquare(values, limit);

    /// <inheritdoc cref="PointWeights.Scale"/>
    internal double Scale(ReadOnlySpan<double> values) => _weights.Scale(values);

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

    /// <summary>The robust fit; the plain one, with every point, where that does not settle (along a direction that the data leave open).</summary>
    private LevenbergEnd Settled(Span<double> values, LevenbergEnd plain)
    {
        values.CopyTo(_plain);
        var end = Robust(values, plain);
        if (end.Converged)
            return end;
        _weights.KeepAll();
        _plain.CopyTo(values);
        return _solver.Run(values, _options.IterationsMax, ColdDamping);
    }

    /// <summary>New weights from the residuals, and another fit, until they settle; then what stands out is left out.</summary>
    private LevenbergEnd Robust(Span<double> values, LevenbergEnd end)
    {
        // Where nothing comes near the limit there is nothing to leave out.
        if (_options.Loss == Loss.Squares && !_weights.AnyBeyond(values, NearLimit * _options.RejectAbove))
            return end;
        // What stands out pulls the first fit towards itself: it is found from a fit that does not mind it.
        var loss = _options.Loss == Loss.Squares ? Loss.Tukey : _options.Loss;
        var iterations = end.Iterations;
        for (var round = 0; round < RobustRoundsMax && end.Converged && _weights.Reweigh(values, loss); round++)
            end = Again(values, ref iterations);
        for (var round = 0; round < RobustRoundsMax && _options.RejectAbove > 0 && end.Converged && _weights.Reject(values); round++)
            end = Again(values, ref iterations);
        return end with { Iterations = iterations };
    }

    private LevenbergEnd Again(Span<double> values, ref int iterations)
    {
        var end = _solver.Run(values, _options.IterationsMax, WarmDamping);
        iterations += end.Iterations;
        return end;
    }
}

/// <summary>How a fit ended.</summary>
/// <param name="Converged">Whether the values are an optimum; without, they are none and must not be reported.</param>
/// <param name="ChiSquare">χ² of the data.</param>
/// <param name="Iterations">Evaluations.</param>
public readonly record struct FitOutcome(bool Converged, double ChiSquare, int Iterations);
