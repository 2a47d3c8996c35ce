namespace CycleRig.Impedance.Relaxation;

/// <summary>
/// Peaks of a distribution and their intervals. The covariance is σ² H⁻¹ on the unknowns above 0, H with its penalty: the Bayesian covariance
/// of a smoother (Wahba 1983, doi 10.1111/j.2517-6161.1983.tb01239.x), which counts what the smoothing may hide and not only the noise.
/// </summary>
internal static class PeakSearch
{
    /// <summary>Two-sided 95 % of a normal deviate.</summary>
    private const double Deviates = 1.96;

    /// <summary>Peaks with less of the polarisation are no peaks.</summary>
    private const double PartMin = 0.005;

    /// <summary>
    /// A peak is a wave on its neighbour's flank where it has less than these parts of the neighbour's height and resistance, and stands within
    /// these decades of it. A depressed arc's flanks reach that far, and smoothing under non-negativity lets them swing.
    /// </summary>
    private const double FlankHeightMax = 0.1, FlankResistanceMax = 0.05, FlankDecades = 2;

    /// <summary>A valley above this part of the lower of two maxima does not part them.</summary>
    private const double ValleyMax = 0.9;

    /// <summary>Part of a maximum down to which the mean of ln τ is taken: flanks belong to what lies beside as well.</summary>
    private const double FlankMin = 0.1;

    /// <param name="system">Equations.</param>
    /// <param name="solver">Solved and inverted at the λ that was chosen.</param>
    /// <param name="variance">σ² of one weighted residual.</param>
    /// <param name="rougher">Unknowns at a tenth of λ: what they differ by is what the smoothing may have moved.</param>
    public static List<RelaxationPeak> Find(RelaxationSystem system, NonNegativeSolver solver, double variance, double[] rougher)
    {
        var values = solver.Values.AsSpan(system.Others);
        var cuts = Cuts(values, FlankDecades * Math.Log(10) / system.Step);
        return [.. Enumerable.Range(0, cuts.Count - 1).Select(i => Peak(system, solver, variance, rougher, cuts[i], cuts[i + 1])).OfType<RelaxationPeak>()];
    }

    /// <summary>First indices of the segments from valley to valley, and the end.</summary>
    private static List<int> Cuts(ReadOnlySpan<double> values, double flank)
    {
        var whole = Sum(values);
        var cuts = new List<int> { 0 };
        for (var k = 1; k < values.Length - 1; k++)
        {
            if (values[k] <= values[k - 1] && values[k] < values[k + 1])
                cuts.Add(k);
        }

        cuts.Add(values.Length);
        while (cuts.Count > 2)
        {
            var (weakest, worst) = (-1, 0.0);
            for (var i = 1; i < cuts.Count - 1; i++)
            {
                // A valley is weak where it is hardly lower than a maximum beside it, or parts off next to nothing.
                var left = values[cuts[i - 1]..cuts[i]];
                var right = values[cuts[i]..cuts[i + 1]];
                var (low, high) = (Math.Min(Max(left), Max(right)), Math.Max(Max(left), Max(right)));
                var (small, large) = (Math.Min(Sum(left), Sum(right)), Math.Max(Sum(left), Sum(right)));
                var shallow = low > 0 ? values[cuts[i]] / low / ValleyMax : 2;
                var distance = cuts[i] + right.IndexOf(Max(right)) - cuts[i - 1] - left.IndexOf(Max(left));
                var wave = low < FlankHeightMax * high && distance < flank ? FlankResistanceMax * large / Math.Max(small, double.Epsilon) : 0;
                var slight = Math.Max(PartMin * whole / Math.Max(small, double.Epsilon), wave);
                if (Math.Max(shallow, slight) > Math.Max(worst, 1))
                    (weakest, worst) = (i, Math.Max(shallow, slight));
            }

            if (weakest < 0)
                return cuts;
            cuts.RemoveAt(weakest);
        }

        return cuts;
    }

    private static RelaxationPeak? Peak(RelaxationSystem system, NonNegativeSolver solver, double variance, double[] rougher, int from, int to)
    {
        var values = solver.Values.AsSpan(system.Others);
        var resistance = Sum(values[from..to]);
        if (!(resistance > 0))
            return null;
        var top = from + values[from..to].IndexOf(Max(values[from..to]));
        var (first, last) = (top, top);
        while (first > from && values[first - 1] >= FlankMin * values[top])
            first--;
        while (last < to - 1 && values[last + 1] >= FlankMin * values[top])
            last++;
        double mean = 0;
        var body = Sum(values[first..(last + 1)]);
        for (var k = first; k <= last; k++)
            mean += values[k] / body * Math.Log(system.Seconds[k]);
        var moved = resistance - Sum(rougher.AsSpan(system.Others)[from..to]);
        var between = resistance * system.Step * system.Step / 24; // What lies between two time constants.
        var resistanceError = Math.Sqrt((variance * Variance(system, solver, k => k >= from && k < to ? 1 : 0)) + (moved * moved / (Deviates * Deviates)) + (between * between) + Crossing(values, from, system.Step) + Crossing(values, to, system.Step));
        var meanError = Math.Sqrt((variance * Variance(system, solver, k => k >= first && k <= last ? (Math.Log(system.Seconds[k]) - mean) / body : 0))
            + (system.Step * system.Step / 12));
        var factor = Math.Exp(Deviates * meanError);
        return new(
            Math.Exp(mean),
            Math.Exp(mean) / factor,
            Math.Exp(mean) * factor,
            resistance * system.Scale,
            Math.Max(resistance - (Deviates * resistanceError), 0) * system.Scale,
            (resistance + (Deviates * resistanceError)) * system.Scale);
    }

    /// <summary>
    /// Variance for what a cut may give to the wrong peak: beyond a cut the flank of an arc holds about γ there (it falls as exp(-n |ln τ|), n near
    /// 1). γ is taken as its mean over half a decade on either side, as smoothing lets valleys swing to 0.
    /// </summary>
    private static double Crossing(ReadOnlySpan<double> values, int cut, double step)
    {
        var reach = Math.Max((int)(Math.Log(10) / 2 / step), 1);
        var (first, last) = (Math.Max(cut - reach, 0), Math.Min(cut + reach + 1, values.Length));
        var beyond = Sum(values[first..last]) / (last - first) / step;
        return beyond * beyond / (Deviates * Deviates);
    }

    /// <summary>Variance of a linear combination of the resistances, for σ = 1.</summary>
    private static double Variance(RelaxationSystem system, NonNegativeSolver solver, Func<int, double> weight)
    {
        double sum = 0;
        var passive = solver.Passive;
        for (var i = 0; i < passive.Length; i++)
        {
            var one = passive[i] < system.Others ? 0 : weight(passive[i] - system.Others);
            if (one == 0)
                continue;
            for (var j = 0; j < passive.Length; j++)
            {
                var other = passive[j] < system.Others ? 0 : weight(passive[j] - system.Others);
                if (other != 0)
                    sum += one * other * solver.Covariance(i, j);
            }
        }

        return sum;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        var max = 0.0;
        foreach (var value in values)
            max = Math.Max(max, value);
        return max;
    }
}
