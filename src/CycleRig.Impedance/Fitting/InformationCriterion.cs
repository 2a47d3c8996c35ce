using System.Numerics;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Schwarz's criterion for a noise that need not be known, n ln(Σ r²/n) + P ln n over n = 2 N residuals relative to |Z| (1978,
/// doi 10.1214/aos/1176344136). Residuals count up to five standard deviations: outliers say nothing of the circuit.
/// </summary>
internal static class InformationCriterion
{
    private const double ResidualMax = 5;

    /// <summary>The median of the modulus of two normal deviates, in σ: √(2 ln 2).</summary>
    private const double MedianOfModulus = 1.17741;

    /// <summary>Standard deviation of a part that the residuals of a fit show, relative to |Z|.</summary>
    public static double Scale(FitResult fit, Circuit circuit, ImpedanceData data, FitOptions options) =>
        MathNet.Numerics.Statistics.Statistics.Median(Residuals(fit, circuit, data, options)) / MedianOfModulus;

    /// <summary>The criterion; lower is better. A parameter that ended at its bound counts: the circuit needed it to say nothing.</summary>
    /// <param name="fit">A fit that converged.</param>
    /// <param name="circuit">Its circuit.</param>
    /// <param name="data">Its data.</param>
    /// <param name="options">Its options.</param>
    /// <param name="scale">Standard deviation of a part, relative to |Z|: the same for all that are compared.</param>
    public static double Of(FitResult fit, Circuit circuit, ImpedanceData data, FitOptions options, double scale)
    {
        double sum = 0;
        var most = 2 * ResidualMax * ResidualMax * scale * scale;
        foreach (var residual in Residuals(fit, circuit, data, options))
            sum += Math.Min(residual * residual, most);
        var parts = 2 * data.Count;
        return (parts * Math.Log(Math.Max(sum, double.Epsilon) / parts)) + ((fit.Names.Length - options.Fixed.Count - options.Ties.Count) * Math.Log(parts));
    }

    private static double[] Residuals(FitResult fit, Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var z = new Complex[data.Count];
        circuit.Impedance(data.FrequenciesHz.AsSpan(), fit.Values.AsSpan(), z, CircuitFitter.Elapsed(data, options));
        return [.. z.Select((value, i) => double.Hypot(value.Real - data.RealOhms[i], value.Imaginary - data.ImaginaryOhms[i]) / data.Modulus(i))];
    }
}
