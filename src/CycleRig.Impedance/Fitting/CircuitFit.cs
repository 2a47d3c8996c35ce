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
        double[] values = [.. options.Start];
        var start = options.Start.IsEmpty ? ColdStart.Find(fitter, circuit, data, options) : values;
        if (start is null)
            return FitResult.Failed("no start led to an optimum; give a start or a simpler circuit", circuit.ParameterNames);
        var outcome = fitter.Refine(start);
        // What was fixed, bounded or expected by name stays under its name.
        if (outcome.Converged && options.Renames && ArcOrder.Sort(circuit, start))
            outcome = fitter.Refine(start);
        return outcome.Converged
            ? FitResult.Of(circuit, data, fitter, start, outcome)
            : FitResult.Failed($"no optimum after {outcome.Iterations} evaluations; give a better start or a simpler circuit", circuit.ParameterNames);
    }
}
