using System.Collections.Immutable;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>
/// Fits cells that change while they are measured: resistances of the arcs get slopes, as many as the Bayesian criterion allows. It needs
/// one sweep; <see cref="SweepInterpolation"/> needs two.
/// </summary>
public static class DriftFit
{
    /// <summary>Fits one spectrum.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="data">N points with their times.</param>
    /// <param name="options">How; <see cref="FitOptions.ReferenceSeconds"/> is the instant for which the parameters are given.</param>
    /// <exception cref="ArgumentException">The points have no times, or what <see cref="CircuitFit.Fit"/> refuses.</exception>
    public static DriftResult Fit(Circuit circuit, ImpedanceData data, FitOptions options)
    {
        if (data.TimesSeconds.IsEmpty)
            throw new ArgumentException("the points have no times; a drift can only be fitted where each point has its own");
        var still = CircuitFit.Fit(circuit, data, options);
        if (!still.Converged)
            return new(still, still, []);
        var trials = new List<Trial> { new(still, []) };
        foreach (var names in Candidates(circuit))
        {
            var drifting = circuit.WithDrift(names);
            if (2 * data.Count <= drifting.Parameters.Length)
                continue;
            var fit = CircuitFit.Fit(drifting, data, options with { Start = Start(drifting, still), Ordered = false });
            if (fit.Converged)
                trials.Add(new(fit, names));
        }

        var scale = InformationCriterion.Scale(trials[^1].Fit, trials[^1].Drifting(circuit), data, options);
        double[] criteria = [.. trials.Select(trial => InformationCriterion.Of(trial.Fit, trial.Drifting(circuit), data, options, scale))];
        var best = trials[Array.IndexOf(criteria, criteria.Min())];
        double[] weights = [.. criteria.Select(criterion => Math.Exp((criteria.Min() - criterion) / 2))];
        return new(Widened(Without(best.Fit, circuit), circuit, trials, weights), best.Fit, [.. best.Names]);
    }

    /// <summary>Each resistance within a parallel alone, then all of them: bulk and interfaces.</summary>
    private static IEnumerable<string[]> Candidates(Circuit circuit)
    {
        string[] within = [.. circuit.ResistancesInParallels];
        return within.Length > 1 ? [.. within.Select(name => new[] { name }), within] : within.Length == 1 ? [within] : [];
    }

    private static ImmutableArray<double> Start(Circuit drifting, FitResult still) =>
        [.. drifting.ParameterNames.Select(name => still.Names.IndexOf(name) is var i and >= 0 ? still.Values[i] : 0)];

    /// <summary>The parameters of the circuit itself, their errors widened by the slopes that were fitted with them.</summary>
    private static FitResult Without(FitResult fit, Circuit circuit)
    {
        int[] kept = [.. circuit.ParameterNames.Select(name => fit.Names.IndexOf(name))];
        return (fit with
        {
            Names = circuit.ParameterNames,
            Values = [.. kept.Select(k => fit.Values[k])],
            StandardErrors = [.. kept.Select(k => fit.StandardErrors[k])],
            Covariance = [.. kept.SelectMany(a => kept.Select(b => fit.Covariance[(a * fit.Names.Length) + b]))],
            AtBounds = [.. fit.AtBounds.Where(circuit.ParameterNames.Contains)],
            Undetermined = [.. fit.Undetermined.Where(circuit.ParameterNames.Contains)],
        }).Retold();
    }

    /// <summary>
    /// Errors that count the choice of slopes too: the mean over all candidates, weighted as the criterion weighs them, of their own error
    /// and their distance from the chosen value (after Burnham and Anderson 2002, Model Selection and Multimodel Inference, eq. 4.9, which
    /// takes the distance from the mean that it reports). The covariance is that of the chosen slopes alone.
    /// </summary>
    private static FitResult Widened(FitResult best, Circuit circuit, List<Trial> trials, double[] weights)
    {
        var errors = best.StandardErrors.ToArray();
        for (var k = 0; k < errors.Length; k++)
        {
            if (double.IsNaN(errors[k]))
                continue;
            double sum = 0, whole = 0;
            foreach (var (trial, weight) in trials.Zip(weights))
            {
                var at = trial.Fit.Names.IndexOf(circuit.ParameterNames[k]);
                if (double.IsNaN(trial.Fit.StandardErrors[at]))
                    continue;
                sum += weight * double.Hypot(trial.Fit.StandardErrors[at], trial.Fit.Values[at] - best.Values[k]);
                whole += weight;
            }

            errors[k] = Math.Max(errors[k], sum / whole);
        }

        return best with { StandardErrors = [.. errors] };
    }

    private sealed record Trial(FitResult Fit, string[] Names)
    {
        public Circuit Drifting(Circuit circuit) => Names.Length == 0 ? circuit : circuit.WithDrift(Names);
    }
}

/// <summary>A fit of a cell that changes.</summary>
/// <param name="Fit">Parameters of the circuit at the reference instant.</param>
/// <param name="Whole">The same with the drifts as parameters, such as R1_drift.</param>
/// <param name="Drifting">Names of the resistances that were given a slope; none where the cell stood still.</param>
public sealed record DriftResult(FitResult Fit, FitResult Whole, ImmutableArray<string> Drifting)
{
    /// <summary>Relative change of a resistance over the time from the first to the last point; 0 for one without a slope.</summary>
    public double RelativeChange(string name) => Drifting.Contains(name) ? Whole[$"{name}_drift"] : 0;
}
