using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Fitting;

/// <summary>From the data alone to an optimum: starts are followed to their end until the best has been found twice and is good.</summary>
internal static class ColdStart
{
    /// <summary>Evaluations of a start after which it must promise something.</summary>
    private const int ShortRun = 12;

    /// <summary>A start that is this many times worse than the best after its short run is given up.</summary>
    private const double Hopeless = 3;

    /// <summary>Two ends whose χ² differ by less, relative, are one.</summary>
    private const double Same = 1e-5;

    /// <summary>Residuals above this many times what a sum of relaxations leaves are not good.</summary>
    private const double GoodResidual = 1.15;

    /// <summary>Values of the best optimum, or null where no start converges.</summary>
    public static double[]? Find(CircuitFitter fitter, Circuit circuit, ImpedanceData data, FitOptions options)
    {
        var guess = new FirstGuess(circuit, data, options);
        (double ChiSquare, double[]? Values, int Times) best = (double.PositiveInfinity, null, 0);
        for (var i = 0; i < options.Starts; i++)
        {
            var values = guess.Next();
            var end = fitter.Approach(values, ShortRun);
            if (!end.Converged)
            {
                if (!(end.ChiSquare < Hopeless * best.ChiSquare))
                    continue;
                end = fitter.Approach(values, options.IterationsMax);
            }

            if (!end.Converged)
                continue;
            if (best.Values is not null && Math.Abs(end.ChiSquare - best.ChiSquare) <= Same * best.ChiSquare)
                best.Times++;
            else if (end.ChiSquare < best.ChiSquare)
                best = (end.ChiSquare, values, 1);
            if (best.Times > 1 && fitter.RelativeResidual(best.Values) < GoodResidual * guess.Attainable)
                break;
        }

        return best.Values;
    }
}
