namespace CycleRig.Impedance.Validity;

/// <summary>How a modulus is reconstructed from the phase.</summary>
public sealed record ZHitOptions
{
    public static ZHitOptions Default { get; } = new();

    /// <summary>
    /// Points of the local parabola in ln ω that smooths the phase and gives its slope (Savitzky and Golay 1964, doi 10.1021/ac60214a047, for any
    /// steps); default 5, from 3.
    /// </summary>
    public int SmoothingPoints { get; init; } = 5;

    /// <summary>
    /// Lower end of the window in which the constant is fitted, Hz. Default 1 Hz: below it cells drift, above 1 kHz leads count (Ehm et al. 2000). A
    /// window with fewer than 3 points gives way to the whole spectrum.
    /// </summary>
    public double WindowLowHz { get; init; } = 1;

    /// <summary>Upper end of the window, Hz. Default 1 kHz.</summary>
    public double WindowHighHz { get; init; } = 1000;

    internal void Check()
    {
        if (SmoothingPoints < 3)
            throw new ArgumentException($"a parabola through {SmoothingPoints} points; give 3 or more");
        if (!(WindowLowHz > 0 && WindowHighHz > WindowLowHz))
            throw new ArgumentException(FormattableString.Invariant($"the window of the constant reaches from {WindowLowHz} Hz to {WindowHighHz} Hz; give a range above 0"));
    }
}
