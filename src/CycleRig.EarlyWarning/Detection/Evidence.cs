using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a verdict rested on.</summary>
/// <param name="BulkOhms">R_bulk as fitted, Ω.</param>
/// <param name="CompensatedOhms">R_bulk at 30 °C, Ω.</param>
/// <param name="CorrectionPercent">Size of the compensation, %.</param>
/// <param name="InterfaceOhms">R_int, Ω; NaN when it is not determined.</param>
/// <param name="LossPercent">Estimated loss of R_bulk since the estimated onset, %.</param>
/// <param name="UnseenKelvins">What the cell would have had to warm by, and no thermometer show, for the loss to be none, K.</param>
/// <param name="OnsetSeconds">Estimated onset, s; NaN when there is none.</param>
/// <param name="Statistic">Ramp statistic, standard deviations; of a halt on two sudden falls the last fall in those of what was expected.</param>
/// <param name="Threshold">Halt above this.</param>
/// <param name="Pair">What R_int says: supports, opposes, neither.</param>
/// <param name="Hypotheses">Ranked, best first, with the gain in log-likelihood over no change.</param>
/// <param name="Version">Of the detector.</param>
public sealed record Evidence(
    double BulkOhms,
    double CompensatedOhms,
    double CorrectionPercent,
    double InterfaceOhms,
    double LossPercent,
    double UnseenKelvins,
    double OnsetSeconds,
    double Statistic,
    double Threshold,
    string Pair,
    ImmutableArray<Hypothesis> Hypotheses,
    string Version);

/// <summary>One explanation of the data.</summary>
/// <param name="Name">
/// metal, temperature (the cell warms unseen), thermometer (it errs), step (a lead or range), none; of a sudden fall short, and other (a lead, a range, another
/// cell).
/// </param>
/// <param name="LogLikelihoodGain">Over no change.</param>
public readonly record struct Hypothesis(string Name, double LogLikelihoodGain)
{
    /// <summary>The explanations of a slow change, best first.</summary>
    internal static ImmutableArray<Hypothesis> Ranked(double metal, double temperature, double thermometer, double step)
    {
        Hypothesis[] ranked = [new("metal", metal), new("temperature", temperature), new("thermometer", thermometer), new("step", step), new("none", 0)];
        // Sorted in place by insertion: equal gains stay in this order.
        for (var i = 1; i < ranked.Length; i++)
        {
            for (var j = i; j > 0 && ranked[j].LogLikelihoodGain > ranked[j - 1].LogLikelihoodGain; j--)
                (ranked[j - 1], ranked[j]) = (ranked[j], ranked[j - 1]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ranked);
    }
}
