namespace CycleRig.EarlyWarning.Scoring;

/// <summary>Quantiles of a few numbers, between neighbours by a straight line (type 7 of Hyndman and Fan, 1996).</summary>
internal static class Quantile
{
    /// <param name="values">Numbers in any order.</param>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    /// <returns>Null where there are no numbers.</returns>
    public static double? Of(IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0)
            return null;
        double[] sorted = [.. values.Order()];
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], position - below) : sorted[below];
    }
}
