namespace CycleRig.Core.Safety;

/// <summary>
/// Finds the loss of voltage at constant current that a short shows: within two samples where it is sudden, and where it takes a minute too.
/// Better contact and the sine of a superimposed sweep do not count: two samples in a row must lie below half of a level that trails by 20 s, or
/// below four tenths of one that trails by two minutes, the trough of the sine allowed for.
/// </summary>
public struct VoltageCollapse
{
    /// <summary>A hard short takes most of the voltage; better contact takes a third over minutes.</summary>
    private const double Share = 0.5;

    /// <summary>Time constant of the trailing level, s: fast against contact improvement (minutes), slow against a short (one sample).</summary>
    private const double TrailSeconds = 20;

    /// <summary>
    /// A short that grows over a minute takes the fast level with it. Contact improves by two thirds within 0.02 mAh/cm² of plating at the fastest:
    /// after four minutes of a current that makes that a matter of seconds the slow level has forgotten it, and of a lower one it follows.
    /// </summary>
    private const double SlowShare = 0.4;
    private const double SlowTrailSeconds = 120;
    private const double SlowSettleSeconds = 240;

    /// <summary>After a change of current the voltage settles for this long before the level is trusted, s.</summary>
    private const double SettleSeconds = 10;

    /// <summary>Below this the level is too close to noise to say anything, V.</summary>
    private const double LevelMin = 5e-3;

    private double _level;
    private double _slowLevel;
    private double _lastSeconds;
    private double _sinceSeconds;
    private double _amperes;
    private int _low;
    private bool _started;

    /// <summary>Takes one sample under current.</summary>
    /// <param name="seconds">Sample time, s.</param>
    /// <param name="volts">Voltage, V.</param>
    /// <param name="measuredAmperes">Current as it was sampled with the voltage, A: at the trough of a slow sine both are low.</param>
    /// <param name="amperes">Direct current of the segment, A.</param>
    /// <param name="sineAmperes">Amplitude of a superimposed sine, A: its share of the voltage is allowed for.</param>
    /// <returns>Whether the voltage has collapsed.</returns>
    public bool Test(double seconds, double volts, double measuredAmperes, double amperes, double sineAmperes)
    {
        var magnitude = Math.Abs(volts);
        if (!_started || amperes != _amperes || amperes == 0)
        {
            this = new() { _started = true, _amperes = amperes, _level = magnitude, _slowLevel = magnitude, _lastSeconds = seconds, _sinceSeconds = seconds };
            return false;
        }

        // At its trough the sine takes its share of V at the most.
        var trough = 1 - Math.Min(sineAmperes / Math.Abs(amperes), 1);
        var settled = seconds - _sinceSeconds;
        if ((settled >= SettleSeconds && IsBelow(_level, Share)) || (settled >= SlowSettleSeconds && IsBelow(_slowLevel, SlowShare)))
            return ++_low >= 2;

        _low = 0;
        var passed = Math.Max(0, seconds - _lastSeconds);
        _level += (1 - Math.Exp(-passed / TrailSeconds)) * (magnitude - _level);
        _slowLevel += (1 - Math.Exp(-passed / SlowTrailSeconds)) * (magnitude - _slowLevel);
        _lastSeconds = seconds;
        return false;

        bool IsBelow(double level, double share) =>
            level > LevelMin && magnitude < share * trough * level * Math.Min(1, Math.Abs(measuredAmperes / amperes));
    }
}
