namespace CycleRig.Devices.Sessions;

/// <summary>
/// An instrument's time as one axis that rises: an instrument that rebooted counts from zero again, and goes on here where it left off,
/// by what this machine's clock has passed meanwhile.
/// </summary>
internal sealed class InstrumentClock
{
    /// <summary>A sample that is older by less came late; one that is older by more comes after a reboot.</summary>
    private const double RebootSeconds = 1;

    private double _last = double.NaN;
    private double _offset;
    private TimeSpan _at;

    /// <summary>Takes the time of a sample.</summary>
    /// <param name="seconds">Instrument time, s; NaN changes nothing.</param>
    /// <param name="now">Rig time.</param>
    /// <returns>Time on the rising axis, s.</returns>
    public double Follow(double seconds, TimeSpan now)
    {
        if (_last - seconds > RebootSeconds)
            _offset += _last - seconds + (now - _at).TotalSeconds;
        if (double.IsFinite(seconds))
            (_last, _at) = (seconds, now);
        return seconds + _offset;
    }

    /// <summary>A time that the instrument gave with anything but a sample.</summary>
    public double Of(double seconds) => seconds + _offset;
}
