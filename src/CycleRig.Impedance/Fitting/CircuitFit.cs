using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;
using MathNet.Numerics.LinearAlgebra;

namespace CycleRig.Impedance.Fitting;

/// <summary>Fits circuits to spectra.</summary>
public static class CircuitFit
{
    /// <summary>Iterations that each start of an automatic guess gets before the best are taken further.</summary>
    private const int ShortRun = 12;

    /// <summary>Best starts of either kind, ordered as the circuit is written and not, that are taken to their end.</summary>
    private const int Finalists = 3;

    /// <summary>Equal arcs in another order are the same answer under other names: such a start must do better than that.</summary>
    private const double ClearlyBetter = 0.999;

    /// <summary>Fits one spectrum.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">N points; 2 N must be above the number of free parameters.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Too few points, a start of another length, or a fixed parameter that the circuit does not have.</exception>
    public static FitResult Fit(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        Check(circuit, data, options);
        var weights = Weights(data, options);
        var result = FitWeighted(circuit, data, options, weights);
        if (options.RejectAbove <= 0 || !result.Converged || !Reject(circuit, data, options, weights, result))
            return result;
        return FitWeighted(circuit, data, options with { Start = result.Values }, weights);
    }

    private static FitResult FitWeighted(Circuit circuit, ImpedanceData data, FitOptions options, double[] weights)
    {
        var solver = new Levenberg(circuit, data, options, weights);
        var (inner, iterations, converged) = options.Start.IsEmpty ? FromGuess(circuit, data, options, solver) : FromStart(circuit, options, solver);
        // What was fixed or expected by name stays under its name.
        if (converged && options is { Fixed.IsEmpty: true, Priors.IsEmpty: true } && ArcOrder.Sort(circuit, inner))
            solver.Run(inner, options.IterationsMax);
        if (!converged)
            return FitResult.Failed($"no optimum after {iterations} iterations; give a better start or a simpler circuit", circuit.ParameterNames);
        return Finished(circuit, solver, inner, iterations, weights.Count(w => w > 0));
    }

    private static (double[] Inner, int Iterations, bool Converged) FromStart(Circuit circuit, FitOptions options, Levenberg solver)
    {
        double[] inner = [.. options.Start.Select((value, k) =>
        {
            var kind = circuit.Kinds[k];
            var within = Math.Clamp(value, kind.Low, kind.High);
            return kind.IsLogarithmic ? Math.Log(within) : within;
        })];
        var (_, iterations, converged) = solver.Run(inner, options.IterationsMax);
        return (inner, iterations, converged);
    }

    private static (double[] Inner, int Iterations, bool Converged) FromGuess(
        Circuit circuit, ImpedanceData data, FitOptions options, Levenberg solver)
    {
        var guess = new FirstGuess(circuit, data);
        var shortRuns = new List<(double ChiSquare, double[] Inner, bool Ordered)>(options.Starts);
        for (var i = 0; i < options.Starts; i++)
        {
            var (inner, ordered) = guess.Next();
            shortRuns.Add((solver.Run(inner, ShortRun).ChiSquare, inner, ordered));
        }

        (double ChiSquare, double[] Inner, int Iterations, bool Converged) best = (double.PositiveInfinity, shortRuns[0].Inner, 0, false);
        var finalists = shortRuns.Where(run => double.IsFinite(run.ChiSquare)).OrderBy(run => run.ChiSquare).ToList();
        foreach (var (_, inner, ordered) in finalists.Where(run => run.Ordered).Take(Finalists).Concat(finalists.Where(run => !run.Ordered).Take(Finalists)))
        {
            var (chi, iterations, converged) = solver.Run(inner, options.IterationsMax);
            if (converged && chi < (ordered ? 1 : ClearlyBetter) * best.ChiSquare)
                best = (chi, inner, iterations, true);
        }

        if (best.Converged)
            solver.Run(best.Inner, options.IterationsMax);
        return (best.Inner, best.Iterations, best.Converged);
    }

    private static FitResult Finished(Circuit circuit, Levenberg solver, double[] inner, int iterations, int points)
    {
        var count = inner.Length;
        var chi = solver.DataChiSquare(inner);
        var held = solver.Held.ToArray();
        var degrees = Math.Max(1, (2 * points) - held.Count(h => !h));
        var covariance = Covariance(solver.Normal, held, chi / degrees);
        ImmutableArray<double> values = [.. inner.Select((x, k) => circuit.Kinds[k].IsLogarithmic ? Math.Exp(x) : x)];
        ImmutableArray<double> errors = [.. Enumerable.Range(0, count).Select(k =>
            held[k] ? double.NaN : Math.Sqrt(covariance[(k * count) + k]) * (circuit.Kinds[k].IsLogarithmic ? values[k] : 1))];
        var atBound = circuit.ParameterNames.Where((_, k) => held[k] && IsAtBound(circuit.Kinds[k], values[k])).ToList();
        var remark = atBound.Count == 0 ? "" : $"at its bound: {string.Join(", ", atBound)}";
        return new(true, remark, circuit.ParameterNames, values, errors, [.. covariance], chi, degrees, iterations);
    }

    private static double[] Covariance(ReadOnlySpan<double> normal, bool[] held, double scale)
    {
        var count = held.Length;
        var free = Enumerable.Range(0, count).Where(k => !held[k]).ToArray();
        var covariance = new double[count * count];
        var matrix = Matrix<double>.Build.Dense(free.Length, free.Length);
        for (var a = 0; a < free.Length; a++)
        {
            for (var b = 0; b <= a; b++)
                matrix[a, b] = matrix[b, a] = normal[(free[a] * count) + free[b]];
        }

        // Scaled to unit diagonal first: parameters differ by many orders.
        var diagonal = free.Select((_, a) => Math.Sqrt(Math.Max(matrix[a, a], double.Epsilon))).ToArray();
        var inverse = matrix.MapIndexed((a, b, v) => v / (diagonal[a] * diagonal[b])).Inverse();
        for (var a = 0; a < free.Length; a++)
        {
            for (var b = 0; b < free.Length; b++)
                covariance[(free[a] * count) + free[b]] = scale * inverse[a, b] / (diagonal[a] * diagonal[b]);
        }

        return covariance;
    }

    private static bool IsAtBound(ParameterKind kind, double value) => value <= kind.Low * 1.000001 || value >= kind.High * 0.999999;

    private static double[] Weights(ImpedanceData data, FitOptions options) => [.. Enumerable.Range(0, data.Count).Select(i =>
    {
        var sigma = options.Noise * (options.Weighting == Weighting.Modulus ? data.Modulus(i) : 1);
        return 1 / (sigma * sigma);
    })];

    /// <summary>Takes the weight from points that stand out of the rest.</summary>
    private static bool Reject(Circuit circuit, ImpedanceData data, FitOptions options, double[] weights, FitResult result)
    {
        var residuals = Enumerable.Range(0, data.Count).Select(i =>
        {
            var z = circuit.Impedance(data.FrequenciesHz[i], result.Values.AsSpan());
            return Math.Sqrt(weights[i]) * double.Hypot(z.Real - data.RealOhms[i], z.Imaginary - data.ImaginaryOhms[i]);
        }).ToArray();
        // 1.177 σ is the median of a modulus of two normal deviates.
        var sigma = MathNet.Numerics.Statistics.Statistics.Median(residuals) / 1.177;
        var rejected = false;
        for (var i = 0; i < residuals.Length; i++)
        {
            if (residuals[i] <= options.RejectAbove * sigma)
                continue;
            weights[i] = 0;
            rejected = true;
        }

        return rejected && (2 * weights.Count(w => w > 0)) > circuit.Kinds.Length;
    }

    private static void Check(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var free = circuit.Kinds.Length - options.Fixed.Count;
        if (2 * data.Count <= free)
            throw new ArgumentException($"{data.Count} points cannot determine {free} parameters; give at least {(free / 2) + 1} points or a simpler circuit");
        if (!options.Start.IsEmpty && options.Start.Length != circuit.Kinds.Length)
            throw new ArgumentException($"the start has {options.Start.Length} values; the circuit has {circuit.Kinds.Length} parameters: {string.Join(", ", circuit.ParameterNames)}");
        if (options.Fixed.FirstOrDefault(name => !circuit.ParameterNames.Contains(name)) is { } unknown)
            throw new ArgumentException($"the circuit has no parameter `{unknown}`; it has {string.Join(", ", circuit.ParameterNames)}");
        if (!options.Fixed.IsEmpty && options.Start.IsEmpty)
            throw new ArgumentException("a fixed parameter needs a start");
    }
}
