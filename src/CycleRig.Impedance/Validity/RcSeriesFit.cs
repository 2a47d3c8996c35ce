using System.Collections.Immutable;

namespace CycleRig.Impedance.Validity;

/// <summary>A series of RC elements with fixed time constants, an ohmic part, an inductance and a capacitance, fitted to points.</summary>
internal sealed class RcSeriesFit
{
    private readonly KramersKronigOptions _options;
    private readonly double[] _seconds;
    private readonly double[] _amplitudes;
    private double _resistance, _inductance, _capacitance;

    private RcSeriesFit(SeriesPoints points, KramersKronigOptions options, int elements, double extensionDecades)
    {
        (Points, _options, ExtensionDecades) = (points, options, extensionDecades);
        _seconds = TimeConstants.Between(points.Low, points.High, elements, extensionDecades);
        _amplitudes = new double[elements];
        (FittedReals, FittedImaginaries, Leverages) = (new double[points.Count], new double[points.Count], new double[points.Count]);
    }

    public SeriesPoints Points { get; }

    public double ExtensionDecades { get; }

    /// <summary>Z or Y of the series at each point.</summary>
    public double[] FittedReals { get; }

    /// <summary>Imaginary parts to <see cref="FittedReals"/>.</summary>
    public double[] FittedImaginaries { get; }

    /// <summary>Mean leverage of the parts of each point that were fitted, 0 to 1; 0 where it was left out.</summary>
    public double[] Leverages { get; }

    /// <summary>Weighted sum of squares that the series leaves of the parts it was fitted to.</summary>
    public double SumOfSquares { get; private set; }

    public int Parameters { get; private set; }

    public double Mu => TimeConstants.Mu(_amplitudes);

    public ImmutableArray<double> Seconds => [.. _seconds];

    /// <summary>Parts (Re, Im) that were fitted.</summary>
    private int Parts => (_options.Part == KramersKronigPart.Complex ? 2 : 1) * Points.Kept;

    /// <summary>Relative noise of one part; NaN where there are no more parts than parameters.</summary>
    public double Noise => Parts > Parameters ? Math.Sqrt(SumOfSquares / (Parts - Parameters)) : double.NaN;

    /// <summary>Not solved yet: for its columns.</summary>
    public static RcSeriesFit Prepare(SeriesPoints points, KramersKronigOptions options, int elements, double extensionDecades) =>
        new(points, options, elements, extensionDecades);

    public static RcSeriesFit Solve(SeriesPoints points, KramersKronigOptions options, int elements, double extensionDecades)
    {
        var fit = Prepare(points, options, elements, extensionDecades);
        fit.SolveColumns();
        fit.Evaluate();
        if (options.Part != KramersKronigPart.Complex)
        {
            fit.SolveRest();
            fit.Evaluate();
        }

        return fit;
    }

    /// <summary>Columns of the whole series on both parts, weighted, for a look at what else would explain the points.</summary>
    /// <param name="extra">Columns behind those of the series, to be filled by the caller.</param>
    /// <param name="used">Columns of the series.</param>
    public OrthogonalFit Columns(int extra, out int used)
    {
        var (real, imaginary) = (_options.Part != KramersKronigPart.Imaginary, _options.Part != KramersKronigPart.Real);
        var (n, inductance, capacitance) = (Points.Count, imaginary && _options.Inductance, imaginary && _options.Capacitance);
        used = (real ? 1 : 0) + (inductance ? 1 : 0) + (capacitance ? 1 : 0) + _seconds.Length;
        var (first, start) = (used - _seconds.Length, real ? n : 0); // Rows of the imaginary part begin at `start`.
        var fit = new OrthogonalFit(real && imaginary ? 2 * n : n, used + extra);
        for (var i = 0; i < n; i++)
        {
            var (weight, omega) = (Points.Weights[i], Points.Omegas[i]);
            if (real)
                (fit.Column(0)[i], fit.Right[i]) = (weight, weight * Points.Reals[i]);
            if (imaginary)
                fit.Right[start + i] = weight * Points.Imaginaries[i];
            if (inductance)
                fit.Column(real ? 1 : 0)[start + i] = weight * omega / Points.High;
            if (capacitance)
                fit.Column(first - 1)[start + i] = -weight * Points.Low / omega;
        }

        for (var k = 0; k < _seconds.Length; k++)
        {
            var column = fit.Column(first + k);
            for (var i = 0; i < n; i++)
            {
                var x = Points.Omegas[i] * _seconds[k];
                var h = Points.Weights[i] / (1 + (x * x));
                if (real)
                    column[i] = h;
                if (imaginary)
                    column[start + i] = -h * x;
            }
        }

        return fit;
    }

    private void SolveColumns()
    {
        var fit = Columns(0, out var used);
        fit.Solve();
        (SumOfSquares, Parameters) = (fit.SumOfSquares, used);
        var (next, first, rows) = (0, used - _seconds.Length, fit.Right.Length / Points.Count);
        if (_options.Part != KramersKronigPart.Imaginary)
            _resistance = fit.Coefficients[next++];
        if (_options.Part != KramersKronigPart.Real && _options.Inductance)
            _inductance = fit.Coefficients[next++];
        if (_options.Part != KramersKronigPart.Real && _options.Capacitance)
            _capacitance = fit.Coefficients[next];
        fit.Coefficients.AsSpan(first, _seconds.Length).CopyTo(_amplitudes);
        for (var i = 0; i < Points.Count; i++)
            Leverages[i] = (fit.Leverage(i) + (rows == 2 ? fit.Leverage(Points.Count + i) : fit.Leverage(i))) / 2;
    }

    private void Evaluate()
    {
        for (var i = 0; i < Points.Count; i++)
        {
            var omega = Points.Omegas[i];
            var (re, im) = (_resistance, (_inductance * omega / Points.High) - (_capacitance * Points.Low / omega));
            for (var k = 0; k < _seconds.Length; k++)
            {
                var x = omega * _seconds[k];
                var h = _amplitudes[k] / (1 + (x * x));
                (re, im) = (re + h, im - (h * x));
            }

            (FittedReals[i], FittedImaginaries[i]) = (re, im);
        }
    }

    /// <summary>What one part alone cannot tell, from what is left of the other.</summary>
    private void SolveRest()
    {
        var real = _options.Part == KramersKronigPart.Real;
        var (inductance, capacitance) = (real && _options.Inductance, real && _options.Capacitance);
        var columns = real ? (inductance ? 1 : 0) + (capacitance ? 1 : 0) : 1;
        if (columns == 0)
            return;
        var fit = new OrthogonalFit(Points.Count, columns);
        for (var i = 0; i < Points.Count; i++)
        {
            var (weight, omega) = (Points.Weights[i], Points.Omegas[i]);
            fit.Right[i] = weight * (real ? Points.Imaginaries[i] - FittedImaginaries[i] : Points.Reals[i] - FittedReals[i]);
            if (!real)
                fit.Column(0)[i] = weight;
            if (inductance)
                fit.Column(0)[i] = weight * omega / Points.High;
            if (capacitance)
                fit.Column(columns - 1)[i] = -weight * Points.Low / omega;
        }

        fit.Solve();
        if (!real)
            _resistance = fit.Coefficients[0];
        if (inductance)
            _inductance = fit.Coefficients[0];
        if (capacitance)
            _capacitance = fit.Coefficients[columns - 1];
    }
}
