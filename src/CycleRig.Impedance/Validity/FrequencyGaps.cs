namespace CycleRig.Impedance.Validity;

/// <summary>Frequencies at which a point should be and none is.</summary>
internal static class FrequencyGaps
{
    /// <summary>Steps wider than this many times their neighbours are gaps.</summary>
    private const double GapFold = 1.7;

    /// <summary>Planned and measured frequencies nearer than this, relatively, are one.</summary>
    private const double SameFrequency = 0.02;

    /// <summary>From the plan.</summary>
    public static double[] Of(double[] measured, IEnumerable<double> planned) =>
        [.. planned.Where(plan => !measured.Any(frequency => Math.Abs(Math.Log(frequency / plan)) < SameFrequency))];

    /// <summary>From the steps: between equal steps one that is twice as wide has lost a point. Ends of a sweep cannot be told.</summary>
    public static double[] Of(double[] measured)
    {
        double[] logarithms = [.. measured.Select(frequency => Math.Log(frequency)).Order()];
        double[] steps = [.. logarithms.Zip(logarithms.Skip(1), (low, high) => high - low).Where(step => step > SameFrequency / 10)];
        double[] distinct = [.. logarithms.Where((value, i) => i == 0 || value - logarithms[i - 1] > SameFrequency / 10)];
        var missing = new List<double>();
        for (var i = 1; i < steps.Length - 1; i++)
        {
            var usual = Math.Max(steps[i - 1], steps[i + 1]);
            if (steps[i] < GapFold * usual)
                continue;
            var parts = (int)Math.Round(steps[i] / usual);
            for (var part = 1; part < parts; part++)
                missing.Add(Math.Exp(distinct[i] + (steps[i] * part / parts)));
        }

        return [.. missing];
    }
}
