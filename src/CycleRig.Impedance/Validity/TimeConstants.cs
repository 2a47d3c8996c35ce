namespace CycleRig.Impedance.Validity;

/// <summary>Time constants of a series of RC elements, and Schönleber's measure of overfitting (2014, doi 10.1016/j.electacta.2014.01.034).</summary>
internal static class TimeConstants
{
    /// <summary>
    /// <paramref name="count"/> time constants, rising in equal ratios from 1/<paramref name="high"/> to 1/<paramref name="low"/>, s. A single
    /// one is the longest.
    /// </summary>
    /// <param name="low">Smallest angular frequency, rad/s.</param>
    /// <param name="high">Largest angular frequency, rad/s.</param>
    /// <param name="count">How many, from 1.</param>
    /// <param name="extensionDecades">Decades beyond both ends.</param>
    public static double[] Between(double low, double high, int count, double extensionDecades = 0)
    {
        var beyond = Math.Pow(10, extensionDecades);
        (low, high) = (low / beyond, high * beyond);
        var seconds = new double[count];
        var step = Math.Log(high / low) / Math.Max(count - 1, 1);
        for (var k = 0; k < count; k++)
            seconds[k] = Math.Exp((k * step) - Math.Log(high));
        seconds[^1] = 1 / low;
        return seconds;
    }

    /// <summary>μ = 1 - (sum of the negative amplitudes) / (sum of the positive ones), absolute values; not below 0.</summary>
    public static double Mu(ReadOnlySpan<double> amplitudes)
    {
        double negative = 0, positive = 0;
        foreach (var amplitude in amplitudes)
        {
            negative += Math.Max(-amplitude, 0);
            positive += Math.Max(amplitude, 0);
        }

        return positive > negative ? 1 - (negative / positive) : 0;
    }
}
