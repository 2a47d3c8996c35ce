using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>χ² along one parameter, all others fitted again.</summary>
internal sealed class ParameterProfile
{
    /// <summary>Steps outwards, each twice the last, before an end counts as open.</summary>
    private const int DoublingsMax = 12;

    private const int BisectionsMax = 40;
    private const double Tolerance = 1e-4;

    private readonly CircuitFitter _fitter;
    private readonly FitResult _fit;
    private readonly ParameterBounds _bounds;
    private readonly double[] _values;
    private readonly int _index;
    private readonly double _value;
    private readonly double _step;
    private readonly bool _isLogarithmic;

    public ParameterProfile(Circuit circuit, ImpedanceData data, FitResult fit, FitOptions options, string name)
    {
        (_fit, _index, _values) = (fit, ParameterMap.Index(circuit, name), [.. fit.Values]);
        var kind = circuit.Parameters[_index];
        (_value, _isLogarithmic) = (fit.Values[_index], kind.IsLogarithmic);
        _step = _isLogarithmic ? fit.StandardErrors[_index] / Math.Abs(_value) : fit.StandardErrors[_index];
        _bounds = options.Bounds.TryGetValue(name, out var given) ? given : new(kind.Low, kind.High);
        _fitter = new(circuit, data, options with
        {
            Start = fit.Values, Fixed = options.Fixed.Add(name), RejectAbove = 0, Loss = Loss.Squares, Bounds = options.Bounds.Remove(name),
        });
        _fitter.Exclude(fit.LeftOut);
    }

    /// <summary>Where χ² reaches what is allowed.</summary>
    /// <param name="side">-1 or 1.</param>
    /// <param name="allowed">χ².</param>
    public double End(int side, double allowed)
    {
        _fit.Values.CopyTo(_values);
        double inside = 0, outside = _step;
        for (var n = 0; ChiSquare(side * outside) <= allowed; n++)
        {
            if (n == DoublingsMax || IsBeyond(Moved(side * outside)))
                return Within(Moved(side * outside));
            (inside, outside) = (outside, 2 * outside);
        }

        for (var n = 0; n < BisectionsMax && outside - inside > Tolerance * outside; n++)
        {
            var middle = (inside + outside) / 2;
            _fit.Values.CopyTo(_values);
            if (ChiSquare(side * middle) <= allowed)
                inside = middle;
            else
                outside = middle;
        }

        return Within(Moved(side * inside));
    }

    private double ChiSquare(double by)
    {
        _values[_index] = Moved(by);
        var first = _fitter.Refine(_values);
        if (first.Converged)
            return first.ChiSquare;
        // Once more from the optimum. χ² of a refit that has not ended is no less than the least: it can only make the interval narrower.
        _fit.Values.CopyTo(_values);
        _values[_index] = Moved(by);
        var second = _fitter.Refine(_values);
        double[] numbers = [.. new[] { first.ChiSquare, second.ChiSquare }.Where(double.IsFinite)];
        return numbers.DefaultIfEmpty(double.PositiveInfinity).Min(); // No number where the model has none there: outside.
    }

    private double Moved(double by) => _isLogarithmic ? _value * Math.Exp(by) : _value + by;

    private bool IsBeyond(double moved) => Math.Abs(moved) < _bounds.Low || Math.Abs(moved) > _bounds.High;

    private double Within(double moved) => _isLogarithmic
        ? Math.Sign(_value) * Math.Clamp(Math.Abs(moved), _bounds.Low, _bounds.High)
        : Math.Clamp(moved, _bounds.Low, _bounds.High);
}
