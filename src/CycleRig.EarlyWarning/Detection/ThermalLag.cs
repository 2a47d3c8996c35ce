namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// A cell follows the thermometer of its chamber as a first-order lag of 60 to 420 s. Between two sweeps the thermometer is taken to move
/// evenly. A fast and a slow lag beside the usual one span what a cell's own may be: how much of each is learned.
/// </summary>
internal static class ThermalLag
{
    public const double Seconds = 200;
    private const double FastSeconds = 90;
    private const double SlowSeconds = 380;

    /// <summary>Conditions of the next sweep.</summary>
    /// <param name="last">Those of the last.</param>
    /// <param name="next">Time, temperature, R_int and current of the next; its lagged temperatures are not read.</param>
    public static SweepConditions Follow(in SweepConditions last, in SweepConditions next)
    {
        var seconds = Math.Max(0, next.TimeSeconds - last.TimeSeconds);
        return next with
        {
            LaggedCelsius = Lagged(last.LaggedCelsius, last.Celsius, next.Celsius, seconds, Seconds),
            FastCelsius = Lagged(last.FastCelsius, last.Celsius, next.Celsius, seconds, FastSeconds),
            SlowCelsius = Lagged(last.SlowCelsius, last.Celsius, next.Celsius, seconds, SlowSeconds),
        };
    }

    /// <summary>First-order response to a ramp: x = T - rate·τ + (x₀ - T₀ + rate·τ)·exp(-t/τ).</summary>
    private static double Lagged(double lagged, double from, double to, double seconds, double timeConstant)
    {
        if (seconds <= 0)
            return lagged;
        var behind = (to - from) / seconds * timeConstant;
        return to - behind + ((lagged - from + behind) * Math.Exp(-seconds / timeConstant));
    }
}
