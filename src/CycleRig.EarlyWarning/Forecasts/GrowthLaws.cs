namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>
/// Laws of growth, each weighted by how well it explains a history. The conductance gained is G ((q - q₀)/Q)^p from the onset q₀ to the
/// short at q₀ + Q. Priors: every power from 1 (wide deposits) to 5 as likely (3 is a filament whose depth grows with charge); an onset
/// anywhere in the history; the present gain and the gain at the short flat in their logarithms, the latter above the former: a cell that
/// has not shorted yet is one whose short is still to come.
/// </summary>
internal static class GrowthLaws
{
    private const int Powers = 5;
    private const int Onsets = 40;
    private const int Ends = 16;

    /// <summary>Share of the history that the latest onset lies before its end.</summary>
    private const double LatestOnset = 1.0 / 300;

    /// <summary>No cell follows a power: a law counts as right when it is within this share of the present gain.</summary>
    private const double LawError = 0.05;

    /// <summary>Laws that are so much less likely, as a logarithm, are left out.</summary>
    private const double Negligible = 20;

    /// <summary>How well R_bulk before the onset is known, as a share: contact and temperature move it as much.</summary>
    private const double LevelSd = 0.001;

    /// <summary>Growth that stops for a while: in a quarter of the cells (assumed, as the simulator has it), for half of the charge that is left.</summary>
    private const double Arrests = 0.25;
    private static readonly double ArrestLog = Math.Log(1.5);

    /// <summary>Nodes and weights of Gauss and Hermite for a normal deviate, five points.</summary>
    private static ReadOnlySpan<double> Nodes => [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806];

    private static ReadOnlySpan<double> Weights => [0.011257411327720682, 0.2220759220056126, 0.5333333333333333, 0.2220759220056126, 0.011257411327720682];

    /// <summary>Weighs all laws.</summary>
    /// <param name="history">At least two points.</param>
    /// <param name="gainNow">Rough gain at present, for the error of the laws.</param>
    /// <param name="endLow">Smallest gain at the short.</param>
    /// <param name="endHigh">Largest gain at the short.</param>
    /// <param name="charges">Takes the charge to the short, mAh/cm².</param>
    /// <param name="ends">Takes the gain at the short over the present one.</param>
    /// <returns>Whether any law explains the history better than no growth.</returns>
    public static bool Weigh(ReadOnlySpan<LossPoint> history, double gainNow, double endLow, double endHigh, WeightedBins charges, WeightedBins ends)
    {
        Span<Explained> laws = stackalloc Explained[Onsets * Powers];
        var whole = history[^1].Charge - history[0].Charge;
        var best = double.NegativeInfinity;
        for (var i = 0; i < Onsets; i++)
        {
            var since = whole * Math.Pow(LatestOnset, (double)i / Onsets);
            for (var p = 1; p <= Powers; p++)
            {
                var law = Explain(history, since, p, LawError * gainNow);
                laws[(i * Powers) + p - 1] = law;
                best = Math.Max(best, law.LogLikelihood);
            }
        }

        if (double.IsNegativeInfinity(best))
            return false;
        foreach (var law in laws)
        {
            if (law.LogLikelihood < best - Negligible)
                continue;
            // Onsets are even in the logarithm of the charge since, the prior is even in the charge itself.
            var weight = law.Since * Math.Exp(law.LogLikelihood - best);
            for (var n = 0; n < Nodes.Length; n++)
            {
                var gain = law.Gain + (law.GainSd * Nodes[n]);
                if (gain > 0)
                    Spread(law, gain, weight * Weights[n] * law.GainSd / gain, endLow, Math.Max(endHigh, 2 * gain), charges, ends);
            }
        }

        return true;
    }

    /// <summary>One onset and power: present gain by least squares, the level before the onset free within its prior.</summary>
    private static Explained Explain(ReadOnlySpan<LossPoint> history, double since, int power, double lawError)
    {
        var onset = history[^1].Charge - since;
        double w = 1 / (LevelSd * LevelSd), wx = 0, wy = 0, wxx = 0, wxy = 0;
        foreach (var point in history)
        {
            var slope = 1 / (1 - point.Loss); // Gain = loss / (1 - loss); its derivative is the square of this.
            var sd = point.LossSd * slope * slope;
            var weight = 1 / ((sd * sd) + (lawError * lawError));
            var y = point.Loss * slope;
            w += weight;
            wy += weight * y;
            var u = (point.Charge - onset) / since;
            if (u <= 0)
                continue;
            var x = u;
            for (var i = 1; i < power; i++)
                x *= u;
            wx += weight * x;
            wxx += weight * x * x;
            wxy += weight * x * y;
        }

        wxx -= wx * wx / w;
        wxy -= wx * wy / w;
        return new(since, power, wxy / wxx, 1 / Math.Sqrt(wxx), wxy > 0 ? wxy * wxy / wxx / 2 : double.NegativeInfinity);
    }

    /// <summary>One law with its present gain, over all gains at the short that are above it.</summary>
    private static void Spread(Explained law, double gain, double weight, double endLow, double endHigh, WeightedBins charges, WeightedBins ends)
    {
        var from = Math.Log(Math.Max(endLow, gain) / gain);
        var step = (Math.Log(endHigh / gain) - from) / Ends;
        var ratio = Math.Exp((from + (step / 2)) / law.Power);
        var factor = Math.Exp(step / law.Power);
        for (var i = 0; i < Ends; i++, ratio *= factor)
        {
            var left = Math.Log(law.Since * (ratio - 1));
            charges.Add(left, (1 - Arrests) * step * weight);
            charges.Add(left + ArrestLog, Arrests * step * weight);
            ends.Add(from + ((i + 0.5) * step), step * weight);
        }
    }

    /// <summary>What an onset and a power make of a history.</summary>
    private readonly record struct Explained(double Since, int Power, double Gain, double GainSd, double LogLikelihood);
}
