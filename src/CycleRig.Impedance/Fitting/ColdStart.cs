using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>From the data alone to values near the optimum: starts are followed a little way, the best of them to their end.</summary>
internal static class ColdStart
{
    /// <summary>Evaluations that each start gets before the best are taken further.</summary>
    private const int ShortRun = 12;

    /// <summary>Best starts of either kind, ordered as the circuit is written and not, that are taken to their end.</summary>
    private const int Finalists = 3;

    /// <summary>Equal arcs in another order are the same answer under other names: such a start must do better than that.</summary>
    private const double ClearlyBetter = 0.999;

    /// <summary>Values from which a fit goes on, or null where no start converges.</summary>
    public static double[]? Find(CircuitFitter fitter, Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var guess = new FirstGuess(circuit, data, options);
        var shortRuns = new List<(double ChiSquare, double[] Values, bool Ordered)>(options.Starts);
        for (var i = 0; i < options.Starts; i++)
        {
            var (values, ordered) = guess.Next();
            shortRuns.Add((fitter.Approach(values, ShortRun).ChiSquare, values, ordered));
        }

        (double ChiSquare, double[]? Values) best = (double.PositiveInfinity, null);
        var finalists = shortRuns.Where(run => double.IsFinite(run.ChiSquare)).OrderBy(run => run.ChiSquare).ToList();
        foreach (var (_, values, ordered) in finalists.Where(run => run.Ordered).Take(Finalists).Concat(finalists.Where(run => !run.Ordered).Take(Finalists)))
        {
            var end = fitter.Approach(values, options.IterationsMax);
            if (end.Converged && end.ChiSquare < (ordered ? 1 : ClearlyBetter) * best.ChiSquare)
                best = (end.ChiSquare, values);
        }

        return best.Values;
    }
}
