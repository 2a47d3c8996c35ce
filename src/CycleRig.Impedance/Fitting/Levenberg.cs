namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Levenberg-Marquardt with gain-ratio damping (Nielsen 1999, IMM-REP-1999-05) in ln p, exponents linear, on the analytic Jacobian.
/// Parameters that a step would push through a bound are held there for that step.
/// </summary>
internal sealed class Levenberg
{
    private const double ToleranceStep = 1e-9;

    /// <summary>A step that promises less than this share of χ² is taken without another look: there the model is a parabola.</summary>
    private const double TolerancePromise = 1e-9;

    /// <summary>And is no longer than this: along a direction that the data leave open it is no parabola.</summary>
    private const double ParabolaStep = 0.01;

    /// <summary>Steps in a row that lower χ² by less than this share: what is left is a direction that the data do not determine.</summary>
    private const double ToleranceCreep = 1e-6;

    private const int CreepsMax = 6;

    /// <summary>
    /// The same while steps are cut to their longest: a resistance that starts at its bound of 1e-9 Ω holds all others back until it has risen
    /// by a factor of e some thirty times.
    /// </summary>
    private const int CutCreepsMax = 40;
    private const double DampingMax = 1e16;
    private const double DampingMin = 1e-12;

    /// <summary>A fall that is a smaller share of χ² is lost in its last digits.</summary>
    private const double Arithmetic = 1e-13;

    /// <summary>Longest step: a factor of e of a parameter (a longer one leaps onto plateaus from which nothing leads back), and of an exponent.</summary>
    private const double StepMax = 1;
    private const double ExponentStepMax = 0.3;

    private readonly ParameterMap _map;
    private readonly NormalEquations _equations;
    private readonly double[] _priorValues;
    private readonly double[] _priorPrecisions;
    private readonly double[] _inner;
    private readonly double[] _trial;
    private readonly double[] _values;
    private readonly double[] _damped;
    private readonly double[] _step;
    private readonly double[] _matrix;
    private readonly double[] _gradient;
    private readonly double[] _longest;
    private readonly bool[] _held;
    private bool _isCut;

    public Levenberg(ParameterMap map, NormalEquations equations, FitOptions options)
    {
        var free = map.Free;
        (_map, _equations) = (map, equations);
        (_inner, _trial, _step, _gradient) = (new double[free], new double[free], new double[free], new double[free]);
        (_damped, _matrix, _held) = (new double[free * free], new double[free * free], new bool[free]);
        _values = new double[map.Circuit.Parameters.Length];
        (_priorValues, _priorPrecisions, _longest) = (new double[free], new double[free], new double[free]);
        for (var f = 0; f < free; f++)
            _longest[f] = map.Circuit.Parameters[map.Lead(f)].IsLogarithmic ? StepMax : ExponentStepMax;
        foreach (var prior in options.Priors)
        {
            if (map.Columns[prior.Parameter] is not (var column and >= 0))
                continue;
            // Several on one variable (tied parameters) are one at their weighted mean.
            var (value, precision) = (map.Inner(prior.Parameter, prior.Value), 1 / (prior.Sd * prior.Sd));
            _priorValues[column] = ((_priorValues[column] * _priorPrecisions[column]) + (value * precision)) / (_priorPrecisions[column] + precision);
            _priorPrecisions[column] += precision;
        }
    }

    /// <summary>J'J with priors at the last accepted point, lower triangle.</summary>
    public ReadOnlySpan<double> Matrix => _matrix;

    /// <summary>Whether a free variable was held at its bound at the end.</summary>
    public ReadOnlySpan<bool> Held => _held;

    /// <summary>Runs from parameters that are overwritten by the optimum.</summary>
    /// <param name="values">Parameters.</param>
    /// <param name="iterationsMax">Most evaluations.</param>
    /// <param name="damping">Damping to begin with: small where the start is near.</param>
    /// <returns>χ² with priors, evaluations, and whether it converged.</returns>
    public LevenbergEnd Run(Span<double> values, int iterationsMax, double damping)
    {
        _map.Fold(values, _inner);
        var chi = Accumulate(_inner);
        Keep();
        var end = double.IsFinite(chi) ? Iterate(chi, iterationsMax, damping) : new(chi, 1, false);
        _map.Unfold(_inner, values);
        return end;
    }

    /// <summary>One step of Gauss and Newton from parameters that are all but the optimum.</summary>
    /// <param name="values">Parameters; overwritten.</param>
    /// <returns>The largest change of a free variable.</returns>
    public double Step(Span<double> values)
    {
        _map.Fold(values, _inner);
        Accumulate(_inner);
        Keep();
        Hold();
        if (!Solve(DampingMin))
            return 0;
        Trial(DampingMin, out var relative);
        _map.Unfold(_trial, values);
        return relative;
    }

    private LevenbergEnd Iterate(double chi, int iterationsMax, double damping)
    {
        var (growth, creeps) = (2.0, 0);
        for (var iteration = 1; iteration <= iterationsMax; iteration++)
        {
            Hold();
            if (!Solve(damping))
            {
                damping = Math.Max(damping * 10, DampingMin);
                if (damping > DampingMax)
                    return new(chi, iteration, false);
                continue;
            }

            var promised = Trial(damping, out var relative);
            if (relative < ToleranceStep || (promised >= 0 && promised <= TolerancePromise * chi && relative < ParabolaStep))
            {
                _trial.CopyTo(_inner, 0);
                return new(chi - Math.Max(0, promised), iteration, true);
            }

            var trialChi = promised > 0 ? Accumulate(_trial) : double.PositiveInfinity;
            if (!(trialChi < chi))
            {
                // At the limit of arithmetic nothing falls any more.
                if ((promised >= 0 && promised <= Arithmetic * chi) || damping > DampingMax)
                    return new(chi, iteration, true);
                (damping, growth) = (Math.Max(damping, 1e-9) * growth, growth * 2);
                continue;
            }

            var (fall, gain) = (chi - trialChi, (chi - trialChi) / Math.Max(promised, double.Epsilon));
            (chi, growth) = (trialChi, 2);
            _trial.CopyTo(_inner, 0);
            Keep();
            damping = Math.Max(DampingMin, damping * (gain > 0.9 ? 0.03 : Math.Clamp(1 - Math.Pow((2 * gain) - 1, 3), 0.1, 2)));
            creeps = fall <= ToleranceCreep * chi ? creeps + 1 : 0;
            if (creeps < (_isCut ? CutCreepsMax : CreepsMax))
                continue;
            Hold();
            return new(chi, iteration, true);
        }

        return new(chi, iterationsMax, false);
    }

    private double Accumulate(ReadOnlySpan<double> inner)
    {
        _map.Unfold(inner, _values);
        var chi = _equations.Accumulate(_values);
        for (var f = 0; f < inner.Length; f++)
        {
            if (_priorPrecisions[f] == 0)
                continue;
            var distance = inner[f] - _priorValues[f];
            chi += distance * distance * _priorPrecisions[f];
            _equations.Gradient[f] += distance * _priorPrecisions[f];
            _equations.Matrix[(f * inner.Length) + f] += _priorPrecisions[f];
        }

        return chi;
    }

    private void Keep()
    {
        _equations.Matrix.CopyTo(_matrix, 0);
        _equations.Gradient.CopyTo(_gradient, 0);
    }

    /// <summary>A variable at a bound whose gradient points outwards is held for this step.</summary>
    private void Hold()
    {
        for (var f = 0; f < _inner.Length; f++)
            _held[f] = (_inner[f] <= _map.Low[f] && _gradient[f] > 0) || (_inner[f] >= _map.High[f] && _gradient[f] < 0);
    }

    /// <summary>Solves (J'J + λ diag) step = -J'r by Cholesky.</summary>
    private bool Solve(double damping)
    {
        var free = _gradient.Length;
        _matrix.CopyTo(_damped, 0);
        for (var f = 0; f < free; f++)
        {
            _damped[(f * free) + f] = (_matrix[(f * free) + f] * (1 + damping)) + 1e-300;
            _step[f] = _held[f] ? 0 : -_gradient[f];
            if (!_held[f])
                continue;
            for (var j = 0; j < free; j++)
                _damped[(Math.Max(f, j) * free) + Math.Min(f, j)] = j == f ? 1 : 0;
        }

        return Cholesky.Factor(_damped, free) && Cholesky.Solve(_damped, _step, free);
    }

    /// <summary>Where the step leads, within bounds; gives the fall of χ² that it promises.</summary>
    private double Trial(double damping, out double relative)
    {
        double promised = 0, share = 1;
        relative = 0;
        var free = _inner.Length;
        for (var f = 0; f < free; f++)
            share = Math.Min(share, _longest[f] / Math.Max(Math.Abs(_step[f]), _longest[f]));
        _isCut = share < 1;
        for (var f = 0; f < free; f++)
        {
            _trial[f] = Math.Clamp(_inner[f] + (share * _step[f]), _map.Low[f], _map.High[f]);
            var step = _trial[f] - _inner[f];
            promised += step * ((damping * _matrix[(f * free) + f] * step) - _gradient[f]);
            relative = Math.Max(relative, Math.Abs(step));
        }

        return promised;
    }
}

/// <summary>How a minimisation ended.</summary>
/// <param name="ChiSquare">χ² with priors.</param>
/// <param name="Iterations">Evaluations.</param>
/// <param name="Converged">Whether it is a minimum.</param>
internal readonly record struct LevenbergEnd(double ChiSquare, int Iterations, bool Converged);
