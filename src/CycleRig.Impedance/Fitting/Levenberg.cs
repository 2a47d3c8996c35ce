using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Levenberg-Marquardt with gain-ratio damping (Madsen, Nielsen, Tingleff 2004) in ln p, exponents linear, on the analytic Jacobian,
/// accumulating J'J and J'r. Parameters that a step would push through a bound are held there for that step.
/// </summary>
internal sealed class Levenberg
{
    private const double ToleranceStep = 1e-9;
    private const double ToleranceGradient = 1e-10;

    /// <summary>Steps in a row that lower χ² by less than this share: what is left is a direction that the data do not determine.</summary>
    private const double ToleranceCreep = 1e-6;

    private const int CreepsMax = 6;

    private readonly Circuit _circuit;
    private readonly ImpedanceData _data;
    private readonly ImmutableArray<ParameterPrior> _priors;
    private readonly double[] _weights;
    private readonly double[] _trial;
    private readonly double[] _values;
    private readonly double[] _jj;
    private readonly double[] _jr;
    private readonly double[] _damped;
    private readonly double[] _step;
    private readonly bool[] _held;
    private readonly bool[] _fixed;
    private readonly Complex[] _nodes;
    private readonly Complex[] _slopes;

    public Levenberg(Circuit circuit, ImpedanceData data, FitOptions options, double[] weights)
    {
        var count = circuit.Kinds.Length;
        (_circuit, _data, _priors, _weights) = (circuit, data, options.Priors, weights);
        (_trial, _values, _jr, _step) = (new double[count], new double[count], new double[count], new double[count]);
        (_jj, _damped) = (new double[count * count], new double[count * count]);
        (_held, _fixed) = (new bool[count], [.. circuit.ParameterNames.Select(options.Fixed.Contains)]);
        (_nodes, _slopes) = (new Complex[circuit.Nodes], new Complex[count]);
    }

    /// <summary>J'J of the last accepted point, P×P.</summary>
    public ReadOnlySpan<double> Normal => _jj;

    /// <summary>Whether a parameter was held at its bound or fixed at the end.</summary>
    public ReadOnlySpan<bool> Held => _held;

    /// <summary>Runs from a start that is overwritten by the optimum.</summary>
    /// <param name="inner">ln p, or p for exponents.</param>
    /// <param name="iterationsMax">Most iterations.</param>
    /// <returns>χ² with priors, iterations, and whether it converged.</returns>
    public (double ChiSquare, int Iterations, bool Converged) Run(double[] inner, int iterationsMax)
    {
        var count = inner.Length;
        var chi = Accumulate(inner);
        double damping = 1e-3, growth = 2;
        var creeps = 0;
        for (var iteration = 1; iteration <= iterationsMax; iteration++)
        {
            Hold(inner);
            if (!Solve(damping) || !double.IsFinite(chi))
                return (chi, iteration, false);
            var predicted = Trial(inner, damping, out var relative);
            if (relative < ToleranceStep)
                return (chi, iteration, true);
            var trialChi = ChiSquare(_trial);
            var gain = (chi - trialChi) / Math.Max(predicted, double.Epsilon);
            if (trialChi < chi)
            {
                var fall = chi - trialChi;
                _trial.CopyTo(inner, 0);
                chi = Accumulate(inner);
                damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * Math.Min(gain, 1)) - 1, 3));
                growth = 2;
                creeps = fall <= ToleranceCreep * chi ? creeps + 1 : 0;
                if (fall <= ToleranceGradient * chi || creeps >= CreepsMax)
                {
                    Hold(inner);
                    return (chi, iteration, true);
                }
            }
            else
            {
                damping *= growth;
                growth *= 2;
                if (damping > 1e16)
                    return (chi, iteration, true);
            }
        }

        return (chi, iterationsMax, false);
    }

    /// <summary>χ² of the data alone.</summary>
    public double DataChiSquare(double[] inner)
    {
        Unfold(inner);
        double chi = 0;
        for (var i = 0; i < _data.Count; i++)
        {
            var z = _circuit.Evaluate(2 * Math.PI * _data.FrequenciesHz[i], _values, _nodes, _slopes);
            var (re, im) = (z.Real - _data.RealOhms[i], z.Imaginary - _data.ImaginaryOhms[i]);
            chi += _weights[i] * ((re * re) + (im * im));
        }

        return chi;
    }

    private double ChiSquare(double[] inner)
    {
        var chi = DataChiSquare(inner);
        foreach (var prior in _priors)
        {
            var distance = (inner[prior.Parameter] - Folded(prior)) / prior.Sd;
            chi += distance * distance;
        }

        return chi;
    }

    private double Accumulate(double[] inner)
    {
        Unfold(inner);
        Array.Clear(_jj);
        Array.Clear(_jr);
        var count = inner.Length;
        double chi = 0;
        for (var i = 0; i < _data.Count; i++)
        {
            var z = _circuit.Evaluate(2 * Math.PI * _data.FrequenciesHz[i], _values, _nodes, _slopes);
            var (re, im, weight) = (z.Real - _data.RealOhms[i], z.Imaginary - _data.ImaginaryOhms[i], _weights[i]);
            chi += weight * ((re * re) + (im * im));
            for (var a = 0; a < count; a++)
            {
                var slope = _slopes[a];
                _jr[a] += weight * ((slope.Real * re) + (slope.Imaginary * im));
                for (var b = 0; b <= a; b++)
                    _jj[(a * count) + b] += weight * ((slope.Real * _slopes[b].Real) + (slope.Imaginary * _slopes[b].Imaginary));
            }
        }

        foreach (var prior in _priors)
        {
            var precision = 1 / (prior.Sd * prior.Sd);
            var distance = inner[prior.Parameter] - Folded(prior);
            chi += distance * distance * precision;
            _jr[prior.Parameter] += distance * precision;
            _jj[(prior.Parameter * count) + prior.Parameter] += precision;
        }

        return chi;
    }

    private double Folded(ParameterPrior prior) => _circuit.Kinds[prior.Parameter].IsLogarithmic ? Math.Log(prior.Value) : prior.Value;

    private void Unfold(double[] inner)
    {
        for (var k = 0; k < inner.Length; k++)
            _values[k] = _circuit.Kinds[k].IsLogarithmic ? Math.Exp(inner[k]) : inner[k];
    }

    /// <summary>A parameter at a bound whose gradient points outwards is held for this step.</summary>
    private void Hold(double[] inner)
    {
        for (var k = 0; k < inner.Length; k++)
        {
            var (low, high) = Bounds(k);
            _held[k] = _fixed[k] || (inner[k] <= low && _jr[k] > 0) || (inner[k] >= high && _jr[k] < 0);
        }
    }

    private (double Low, double High) Bounds(int k)
    {
        var kind = _circuit.Kinds[k];
        return kind.IsLogarithmic ? (Math.Log(kind.Low), Math.Log(kind.High)) : (kind.Low, kind.High);
    }

    /// <summary>Solves (J'J + λ diag) step = -J'r by Cholesky.</summary>
    private bool Solve(double damping)
    {
        var count = _jr.Length;
        _jj.CopyTo(_damped, 0);
        for (var k = 0; k < count; k++)
        {
            _damped[(k * count) + k] = (_jj[(k * count) + k] * (1 + damping)) + 1e-300;
            _step[k] = _held[k] ? 0 : -_jr[k];
            if (!_held[k])
                continue;
            for (var j = 0; j < count; j++)
                _damped[(Math.Max(k, j) * count) + Math.Min(k, j)] = j == k ? 1 : 0;
        }

        return Cholesky.Factor(_damped, count) && Cholesky.Solve(_damped, _step, count);
    }

    private double Trial(double[] inner, double damping, out double relative)
    {
        double predicted = 0;
        relative = 0;
        var count = inner.Length;
        for (var k = 0; k < count; k++)
        {
            var (low, high) = Bounds(k);
            _trial[k] = Math.Clamp(inner[k] + Math.Clamp(_step[k], -3, 3), low, high);
            var step = _trial[k] - inner[k];
            predicted += step * ((damping * _jj[(k * count) + k] * step) - _jr[k]);
            relative = Math.Max(relative, Math.Abs(step) / (_circuit.Kinds[k].IsLogarithmic ? 1 : Math.Max(0.1, Math.Abs(inner[k]))));
        }

        return predicted;
    }
}
