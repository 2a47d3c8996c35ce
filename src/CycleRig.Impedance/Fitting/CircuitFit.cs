using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>Fits circuits to spectra.</summary>
public static class CircuitFit
{
    /// <summary>Fits one spectrum.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">N points; 2 N must be above the number of free parameters.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Too few points, a start of another length, bounds that exclude it, or a parameter that the circuit does not have.</exception>
    public static FitResult Fit(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var fitter = new CircuitFitter(circuit, data, options);
        var starts = options.Start.IsEmpty ? ColdStart.Find(fitter, circuit, data, options) : [[.. options.Start]];
        if (starts.Count == 0)
            return FitResult.Failed("no start led to an optimum; give a start or a simpler circuit", circuit.ParameterNames);
        var values = starts[0];
        var outcome = fitter.Refine(values);
        if (starts.Count > 1 && fitter.Kept < data.Count)
            outcome = WithoutOutliers(fitter, starts, options, out values);
        // What was fixed, bounded or expected by name stays under its name.
        if (outcome.Converged && options.Renames && ArcOrder.Sort(circuit, values))
            outcome = fitter.Refine(values);
        return outcome.Converged
            ? FitResult.Of(circuit, data, fitter, values, outcome)
            : FitResult.Failed($"no optimum after {outcome.Iterations} evaluations; give a better start or a simpler circuit", circuit.ParameterNames);
    }

    /// <summary>Of all optima the one that describes most of the points: outliers may have favoured another.</summary>
    private static FitOutcome WithoutOutliers(CircuitFitter fitter, List<double[]> starts, FitOptions options, out double[] best)
    {
        foreach (var values in starts)
            fitter.Refine(values);
        var limit = (options.RejectAbove > 0 ? options.RejectAbove : FitOptions.RejectByDefault) * starts.Min(values => fitter.Scale(values));
        best = starts.MinBy(values => fitter.BoundedChiSquare(values, limit))!;
        return fitter.Refine(best);
    }
}
