using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Errors and intervals without a parabola: spectra are drawn from the fit and its residuals (relative to |Z|, points with replacement) and
/// fitted again (Efron 1979, doi 10.1214/aos/1176344552). Points that the fit left out stay out.
/// </summary>
public static class Bootstrap
{
    /// <summary>Refits.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">The spectrum.</param>
    /// <param name="fit">Its fit, converged.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="count">Refits, 20 to 100,000.</param>
    /// <param name="seed">The same seed gives the same result on any number of cores.</param>
    /// <exception cref="ArgumentException">The fit did not converge, or the count is out of range.</exception>
    public static BootstrapResult Run(Circuit circuit, ImpedanceData data, FitResult fit, FitOptions options, int count = 1000, int seed = 1)
    {
        if (!fit.Converged || count is < 20 or > 100_000)
            throw new ArgumentException(fit.Converged ? $"{count} refits; give 20 to 100,000" : "the fit did not converge; there is nothing to draw from");
        int[] kept = [.. Enumerable.Range(0, data.Count).Except(fit.LeftOut)];
        options = options with { Start = fit.Values, RejectAbove = 0, Loss = Loss.Squares };
        var model = new Complex[data.Count];
        circuit.Impedance(data.FrequenciesHz.AsSpan(), fit.Values.AsSpan(), model, CircuitFitter.Elapsed(data, options));
        // Fitted residuals are too small by the parameters that were fitted.
        var widen = Math.Sqrt(2.0 * kept.Length / fit.DegreesOfFreedom);
        Complex[] residuals = [.. model.Select((z, i) => widen * (new Complex(data.RealOhms[i], data.ImaginaryOhms[i]) - z) / data.Modulus(i))];
        double[] moduli = [.. Enumerable.Range(0, data.Count).Select(data.Modulus)];
        var values = new double[count * circuit.Parameters.Length];
        var converged = new bool[count];
        var workers = Math.Min(Environment.ProcessorCount, count);
        AllCores.Do(workers, worker =>
        {
            var fitter = new CircuitFitter(circuit, data, options);
            fitter.Exclude(fit.LeftOut);
            var (real, imaginary) = (new double[data.Count], new double[data.Count]);
            for (var i = worker; i < count; i += workers)
            {
                var state = (ulong)seed * 0x9E3779B97F4A7C15 + (ulong)i;
                for (var k = 0; k < real.Length; k++)
                {
                    var z = model[k] + (moduli[k] * residuals[kept[Draw(ref state, kept.Length)]]);
                    (real[k], imaginary[k]) = (z.Real, z.Imaginary);
                }

                fitter.Load(real, imaginary);
                var into = values.AsSpan(i * circuit.Parameters.Length, circuit.Parameters.Length);
                fit.Values.CopyTo(into);
                converged[i] = fitter.Refine(into).Converged;
            }
        });
        return BootstrapResult.Of(fit, values, converged);
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014, doi 10.1145/2714064.2660195): a stream for each refit, at no cost.</summary>
    private static int Draw(ref ulong state, int below)
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)below, out _);
    }
}

/// <summary>What refits of drawn spectra gave.</summary>
/// <param name="Names">P names.</param>
/// <param name="StandardErrors">P standard deviations.</param>
/// <param name="Samples">P arrays of the values, each rising.</param>
/// <param name="Converged">Refits that converged; the others are left out.</param>
public sealed record BootstrapResult(
    ImmutableArray<string> Names, ImmutableArray<double> StandardErrors, ImmutableArray<ImmutableArray<double>> Samples, int Converged)
{
    /// <summary>Interval that holds a share of the refits.</summary>
    /// <param name="name">A parameter.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <exception cref="ArgumentException">No such parameter, or a confidence out of range.</exception>
    public (double Low, double High) Interval(string name, double confidence = 0.95)
    {
        var index = Names.IndexOf(name);
        if (index < 0 || confidence is not (> 0 and < 1))
            throw new ArgumentException(index < 0 ? $"the fit has no parameter `{name}`; it has {string.Join(", ", Names)}" : FormattableString.Invariant($"a confidence of {confidence}; give one above 0 and below 1"));
        return (At(Samples[index], (1 - confidence) / 2), At(Samples[index], (1 + confidence) / 2));
    }

    internal static BootstrapResult Of(FitResult fit, double[] values, bool[] converged)
    {
        int[] good = [.. Enumerable.Range(0, converged.Length).Where(i => converged[i])];
        var count = fit.Names.Length;
        ImmutableArray<ImmutableArray<double>> samples = [.. Enumerable.Range(0, count).Select(k => good.Select(i => values[(i * count) + k]).Order().ToImmutableArray())];
        return new(fit.Names, [.. samples.Select(sample => MathNet.Numerics.Statistics.Statistics.StandardDeviation(sample))], samples, good.Length);
    }

    private static double At(ImmutableArray<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
