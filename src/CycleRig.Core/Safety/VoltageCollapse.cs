namespace CycleRig.Core.Safety;

/// <summary>
/// Finds the sudden loss of voltage at constant current that a hard short shows, within two samples. Slow changes (better contact)
/// and the sine of a superimposed sweep do not count: two samples in a row must lie below half of a trailing median-like level, and
/// the drop must be larger than the sine can make.
/// </summary>
public struct VoltageCollapse
{
    /// <summary>A hard short takes most of the voltage; better contact takes a third over minutes.</summary>
    private const double Share = 0.5;

    /// <summary>Time constant of the trailing level, s: fast against contact improvement (minutes), slow against a short (one sample).</summary>
    private const double TrailSeconds = 20;

    /// <summary>After a change of current the voltage settles for this long before the level is trusted, s.</summary>
    private const double SettleSeconds = 10;

    /// <summary>Below this the level is too close to noise to say anything, V.</summary>
    private const double LevelMin = 5e-3;

    private double _level;
    private double _lastSeconds;
    private double _sinceSeconds;
    private double _amperes;
    private int _low;
    private bool _started;

    /// <summary>Takes one sample under current.</summary>
    /// <param name="seconds">Sample time, s.</param>
    /// <param name="volts">Voltage, V.</param>
    /// <param name="amperes">Direct current of the segment, A.</param>
    /// <param name="sineAmperes">Amplitude of a superimposed sine, A: its share of the voltage is allowed for.</param>
    /// <returns>Whether the voltage has collapsed.</returns>
    public bool Test(double seconds, double volts, double amperes, double sineAmperes)
    {
        var magnitude = Math.Abs(volts);
        if (!_started || amperes != _amperes || amperes == 0)
        {
            this = new() { _started = true, _amperes = amperes, _level = magnitude, _lastSeconds = seconds, _sinceSeconds = seconds };
            return false;
        }

        // The sine moves V by at most its share of the current; a low sample must lie below what it can explain.
        var ripple = Math.Abs(amperes) > 0 ? _level * Math.Min(sineAmperes / Math.Abs(amperes), 1) : 0;
        var settled = seconds - _sinceSeconds >= SettleSeconds;
        if (settled && _level > LevelMin && magnitude < (Share * _level) - ripple)
            return ++_low >= 2;

        _low = 0;
        var weight = 1 - Math.Exp(-Math.Max(0, seconds - _lastSeconds) / TrailSeconds);
        _level += weight * (magnitude - _level);
        _lastSeconds = seconds;
        return false;
    }
}
