namespace CycleRig.Devices.Simulated.Fields;

/// <summary>Places along an axis: finest at a point, and from there each step longer than the last by the same factor.</summary>
internal static class GradedAxis
{
    /// <summary>Places from <paramref name="start"/> to <paramref name="end"/>, ascending, with <paramref name="focus"/> among them.</summary>
    /// <param name="start">First place.</param>
    /// <param name="focus">Where the steps are shortest; may be the start or the end.</param>
    /// <param name="end">Last place.</param>
    /// <param name="finest">Upper bound of the shortest step.</param>
    /// <param name="growth">Factor from a step to the next, above 1.</param>
    public static double[] Of(double start, double focus, double end, double finest, double growth) =>
    [
        .. Steps(focus - start, finest, growth).Reverse().Select(step => focus - step),
        focus,
        .. Steps(end - focus, finest, growth).Select(step => focus + step),
    ];

    /// <summary>Distances from the focus, the last of them the length.</summary>
    private static IEnumerable<double> Steps(double length, double finest, double growth)
    {
        if (length <= 0)
            return [];
        var count = Math.Max(1, (int)Math.Ceiling(Math.Log(1 + (length * (growth - 1) / finest)) / Math.Log(growth)));
        var whole = Math.Pow(growth, count) - 1;
        return Enumerable.Range(1, count).Select(k => k == count ? length : length * (Math.Pow(growth, k) - 1) / whole);
    }
}
