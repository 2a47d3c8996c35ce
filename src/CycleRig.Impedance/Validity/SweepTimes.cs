namespace CycleRig.Impedance.Validity;

/// <summary>When the points of a sweep were measured.</summary>
internal static class SweepTimes
{
    /// <summary>
    /// The given times where all are numbers and differ; else as many periods at each frequency, in the order of the data where that rises or falls,
    /// else from high to low.
    /// </summary>
    public static double[] Of(ImpedanceData data, double[] given)
    {
        if (given.Length == data.Count && given.All(double.IsFinite) && given.Max() > given.Min())
            return given;
        var frequencies = data.FrequenciesHz;
        int[] order = [.. Enumerable.Range(0, data.Count)];
        if (Enumerable.Range(1, data.Count - 1).Any(i => frequencies[i] < frequencies[i - 1]) && Enumerable.Range(1, data.Count - 1).Any(i => frequencies[i] > frequencies[i - 1]))
            order = [.. order.OrderByDescending(i => frequencies[i])];
        var (times, elapsed) = (new double[data.Count], 0.0);
        foreach (var i in order)
        {
            elapsed += 1 / frequencies[i];
            times[i] = elapsed;
        }

        return times;
    }
}
