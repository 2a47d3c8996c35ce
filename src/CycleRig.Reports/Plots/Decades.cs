using CycleRig.Reports.Fits;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace CycleRig.Reports.Plots;

/// <summary>Logarithmic axes: the data are logarithms to base 10, the ticks round numbers with SI prefixes.</summary>
internal static class Decades
{
    private const int TicksMax = 9;
    private const double Tolerance = 1e-9;

    /// <summary>Most decades for ticks at 1, 2 and 5, for more of them, and fewest: below, ticks stand in equal steps.</summary>
    private const double FewDecades = 2.5, OneDecade = 1.2;
    private const double PartOfDecade = 0.7;

    /// <summary>Gives an axis its ticks.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="low">Logarithm of its lower end.</param>
    /// <param name="high">Of its upper end.</param>
    /// <param name="label">Text of a tick; with an SI prefix unless given.</param>
    public static void Use(IAxis axis, double low, double high, Func<double, string>? label = null)
    {
        var ticks = new NumericManual();
        foreach (var value in Values(low, high))
            ticks.AddMajor(Math.Log10(value), (label ?? SiText.Tick)(value));
        axis.TickGenerator = ticks;
    }

    private static IEnumerable<double> Values(double low, double high)
    {
        if (high - low < PartOfDecade)
            return Steps(Math.Pow(10, low), Math.Pow(10, high));
        var (first, last) = ((int)Math.Floor(low - Tolerance), (int)Math.Ceiling(high + Tolerance));
        var step = high - low < FewDecades ? 1 : Math.Max(1, (int)Math.Ceiling((high - low) / TicksMax));
        double[] within = high - low < OneDecade ? [1, 2, 3, 4, 5, 6, 8] : high - low < FewDecades ? [1, 2, 5] : [1];
        return Enumerable.Range(0, ((last - first) / step) + 1).SelectMany(k => within.Select(part => part * Math.Pow(10, first + (k * step))))
            .Where(value => Math.Log10(value) >= low - Tolerance && Math.Log10(value) <= high + Tolerance);
    }

    private static IEnumerable<double> Steps(double low, double high)
    {
        var raw = (high - low) / (TicksMax - 4);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
        for (var value = Math.Ceiling(low / step) * step; value <= high; value += step)
            yield return value;
    }
}
