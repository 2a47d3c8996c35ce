using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using CycleRig.Impedance.Fitting;

namespace CycleRig.Impedance.Anytime;

/// <summary>
/// R_bulk within a sweep: it is fed point by point from the high-frequency end and has an answer with a standard error after each, long before
/// the sweep ends. The shape of the bulk arc and the leads are those of a fit at rest; the interface may change. Adding allocates nothing.
/// Not for several threads at once.
/// </summary>
public sealed class BulkArcTracker
{
    /// <summary>Steps for each new point: mostly one, for the last answer is near.</summary>
    private const int StepsMax = 4;

    /// <summary>A step that is longer, in ln p, is followed by another; the next point corrects what is left of it.</summary>
    private const double StepLong = 0.1;

    private readonly BulkArcOptions _options;
    private readonly NormalEquations _equations;
    private readonly Levenberg _solver;
    private readonly ImmutableArray<double> _rest;
    private readonly double[] _values;
    private readonly double[] _factor;
    private readonly double[] _unit;
    private readonly double _noise;
    private readonly int _bulk;
    private readonly int _column;
    private int _kept;

    /// <summary>Prepares.</summary>
    /// <param name="circuit">The cell's circuit.</param>
    /// <param name="rest">Its fit at rest, converged, with relative noise in its weights.</param>
    /// <param name="restNoise">Relative noise that the weights of that fit assumed; its residuals correct it.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The fit did not converge, a name that the circuit does not have, or a bulk that has no standard error.</exception>
    public BulkArcTracker(Circuit circuit, FitResult rest, double restNoise, BulkArcOptions options)
        : this(circuit, Determined(circuit, rest, options), options with { Noise = options.Noise ?? (restNoise * Math.Sqrt(rest.ReducedChiSquare)) })
    {
    }

    /// <summary>Prepares, where the cell's parameters are known and not the fit that they came from.</summary>
    /// <param name="circuit">The cell's circuit.</param>
    /// <param name="rest">Its parameters, in the order of the circuit.</param>
    /// <param name="options">How; with the noise.</param>
    /// <exception cref="ArgumentException">As many values as the circuit has parameters, a name that it has, a resistance and a noise are needed.</exception>
    public BulkArcTracker(Circuit circuit, ImmutableArray<double> rest, BulkArcOptions options)
    {
        if (options.PointsMax is < 4 or > 10_000)
            throw new ArgumentException($"a sweep of at most {options.PointsMax} points; give 4 to 10,000");
        if (options.Noise is not > 0)
            throw new ArgumentException("the relative noise of a point must be known; give one above 0");
        (_options, _rest, _bulk) = (options, rest, ParameterMap.Index(circuit, options.Bulk));
        if (circuit.Parameters[_bulk].Role != ParameterRole.Resistance)
            throw new ArgumentException($"`{options.Bulk}` is no resistance; name the one of the bulk arc");
        int[] changing = [_bulk, .. options.Changing.IsEmpty ? ChangingParameters.Beside(circuit, _bulk) : options.Changing.Select(name => ParameterMap.Index(circuit, name))];
        var fit = FitOptions.Default with
        {
            Start = rest,
            Fixed = [.. circuit.ParameterNames.Where((_, k) => !changing.Contains(k))],
            Priors = [.. changing.Select(k => new ParameterPrior(k, rest[k], Sd(circuit, k, options)))],
        };
        var map = new ParameterMap(circuit, fit);
        _equations = new(map, Enumerable.Repeat(1.0, options.PointsMax).ToArray(), []) { Active = 0 };
        _solver = new(map, _equations, fit);
        (_values, _factor, _unit) = ([.. rest], new double[map.Free * map.Free], new double[map.Free]);
        (_noise, _column) = (options.Noise.Value, map.Columns[_bulk]);
    }

    /// <summary>The circuit's parameters after the last point, in its order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A new sweep: earlier points are forgotten, the search begins at rest.</summary>
    public void Begin()
    {
        (_equations.Active, _kept) = (0, 0);
        // Blocks are looked at whole: what is left in them of the last sweep must not count.
        _equations.RootWeightReal.Clear();
        _equations.RootWeightImaginary.Clear();
        _rest.CopyTo(_values);
    }

    /// <summary>Takes one point more.</summary>
    /// <param name="hertz">Frequency, Hz, above 0.</param>
    /// <param name="realOhms">Re Z, Ω.</param>
    /// <param name="imaginaryOhms">Im Z, Ω.</param>
    /// <exception cref="ArgumentException">A value is no number, or |Z| is 0.</exception>
    /// <exception cref="InvalidOperationException">The sweep has more points than the options allow for.</exception>
    public BulkArcReading Add(double hertz, double realOhms, double imaginaryOhms)
    {
        var modulus = Math.Sqrt((realOhms * realOhms) + (imaginaryOhms * imaginaryOhms));
        if (!(hertz > 0) || !double.IsFinite(hertz) || !(modulus > 0) || !double.IsFinite(modulus))
            throw new ArgumentException(FormattableString.Invariant($"{realOhms} + {imaginaryOhms}j Ω at {hertz} Hz is no point; leave it out"));
        var point = _equations.Active;
        if (point == _options.PointsMax)
            throw new InvalidOperationException($"the sweep has more than {_options.PointsMax} points; raise PointsMax");
        _equations.Active = point + 1;
        _equations.SetFrequency(point, hertz);
        (_equations.Real[point], _equations.Imaginary[point]) = (realOhms, imaginaryOhms);
        Weigh(point, 1 / (_noise * modulus));
        _kept++;
        Settle();
        var isLeftOut = _kept > _unit.Length && IsOutlier(point, modulus);
        if (isLeftOut)
        {
            Weigh(point, 0);
            _kept--;
            Settle();
        }

        var sd = RelativeSd();
        return new(_values[_bulk], sd, _kept, sd <= _options.DeterminedSd, isLeftOut);
    }

    /// <summary>Relative residual of the points that count, root mean square over both parts.</summary>
    public double Residual()
    {
        var sum = 0.0;
        for (var point = 0; point < _equations.Active; point++)
        {
            // Weights are 1/(noise |Z|); those of points that were left out are 0.
            var root = _equations.RootWeightReal[point];
            var z = _equations.Residual(_values, point);
            sum += root * root * ((z.Real * z.Real) + (z.Imaginary * z.Imaginary));
        }

        return _noise * Math.Sqrt(sum / Math.Max(1, 2 * _kept));
    }

    private static ImmutableArray<double> Determined(Circuit circuit, FitResult rest, BulkArcOptions options)
    {
        if (!rest.Converged)
            throw new ArgumentException("the fit at rest did not converge; the shape of the bulk arc must be known first");
        var bulk = ParameterMap.Index(circuit, options.Bulk);
        return double.IsNaN(rest.StandardErrors[bulk]) || circuit.Parameters[bulk].Role != ParameterRole.Resistance
            ? throw new ArgumentException($"`{options.Bulk}` is no resistance that the fit at rest determined; name the one of the bulk arc")
            : rest.Values;
    }

    private double Sd(Circuit circuit, int parameter, BulkArcOptions options) =>
        parameter == _bulk ? options.BulkSd : circuit.Parameters[parameter].Role == ParameterRole.Resistance ? options.ResistanceSd : options.AdmittanceSd;

    private void Settle()
    {
        for (var i = 0; i < StepsMax && _solver.Step(_values) > StepLong; i++)
        {
        }
    }

    private void Weigh(int point, double root) => (_equations.RootWeightReal[point], _equations.RootWeightImaginary[point]) = (root, root);

    private bool IsOutlier(int point, double modulus)
    {
        var z = _equations.Residual(_values, point);
        return z.Magnitude > _options.RejectAbove * _noise * modulus;
    }

    private double RelativeSd()
    {
        var free = _unit.Length;
        _solver.Matrix.CopyTo(_factor);
        if (!Cholesky.Factor(_factor, free))
            return double.PositiveInfinity;
        Array.Clear(_unit);
        _unit[_column] = 1;
        return Cholesky.Solve(_factor, _unit, free) ? Math.Sqrt(_unit[_column]) : double.PositiveInfinity;
    }
}
