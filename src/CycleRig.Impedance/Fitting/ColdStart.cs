using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>From the data alone to optima: starts are followed to their end until the best has been found often enough and is good.</summary>
internal static class ColdStart
{
    /// <summary>Evaluations within which a start ends where the way is clear.</summary>
    private const int ShortRun = 12;

    /// <summary>Two ends whose χ² differ by less, relative, are one.</summary>
    private const double Same = 1e-5;

    /// <summary>Median residuals up to so many times what a sum of relaxations leaves are good after two ends, or passable after four.</summary>
    private const double Good = 1.05;
    private const double Passable = 1.3;
    private const int TimesGood = 2;
    private const int TimesPassable = 4;

    /// <summary>Relative to |Z|; where more is left all starts are tried: a sum of relaxations is no yardstick for loops and negative resistances.</summary>
    private const double ResidualMax = 0.01;

    /// <summary>Starts that are tried where one did not end within its short run: in a flat valley there may be another one beside.</summary>
    private const int StartsFlat = 10;

    /// <summary>Optima that are kept for a fit that leaves points out: the one that the outliers favour is not the one without them.</summary>
    private const int OptimaMax = 6;

    /// <summary>Values of the optima found, the best first; none where no start converges.</summary>
    public static List<double[]> Find(CircuitFitter fitter, Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var guess = new FirstGuess(circuit, data, options);
        var optima = new List<Optimum>(OptimaMax + 1);
        var isFlat = false;
        for (var i = 0; i < options.Starts && ((isFlat && i < StartsFlat) || !IsFound(optima, fitter, guess)); i++)
        {
            var values = guess.Next();
            var end = fitter.Approach(values, options.IterationsMax);
            isFlat |= end.Iterations > ShortRun;
            if (end.Converged)
                Add(optima, new(end.ChiSquare, values, 1));
        }

        return [.. optima.Select(optimum => optimum.Values)];
    }

    private static bool IsFound(List<Optimum> optima, CircuitFitter fitter, FirstGuess guess)
    {
        if (optima.Count == 0 || optima[0].Times < TimesGood)
            return false;
        var median = fitter.MedianResidual(optima[0].Values);
        var residual = median / guess.Attainable;
        return median < ResidualMax && (residual < Good || (residual < Passable && optima[0].Times >= TimesPassable));
    }

    private static void Add(List<Optimum> optima, Optimum found)
    {
        var same = optima.FindIndex(known => Math.Abs(known.ChiSquare - found.ChiSquare) <= Same * known.ChiSquare);
        if (same >= 0)
        {
            optima[same] = optima[same] with { Times = optima[same].Times + 1 };
            return;
        }

        var place = optima.FindIndex(known => known.ChiSquare > found.ChiSquare);
        optima.Insert(place < 0 ? optima.Count : place, found);
        if (optima.Count > OptimaMax)
            optima.RemoveAt(OptimaMax);
    }

    private readonly record struct Optimum(double ChiSquare, double[] Values, int Times);
}
