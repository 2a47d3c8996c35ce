using CycleRig.Core.Evidence;

namespace CycleRig.Core.Safety;

/// <summary>
/// L1: judges every sample before anything else does, allocating nothing. A reading that is no number never counts as safe;
/// the second invalid one in a row is a cause. Voltage and current act on the first sample that shows them, a collapse on the second.
/// </summary>
/// <param name="limits">What samples are held against.</param>
public sealed class Guard(GuardLimits limits)
{
    /// <summary>Invalid, hot or unpressed readings in a row that are a cause: one reading alone may be noise.</summary>
    private const int InARow = 2;

    /// <summary>A current that is read at less than this share of what is ordered is not the one that flows, or not the one that was ordered.</summary>
    private const double ShortShare = 0.5;

    /// <summary>How long it may be so, s of sample time: longer than an instrument takes to start or to tell that it has ended.</summary>
    private const double ShortSeconds = 5;

    private readonly double _voltageMin = limits.Cell.VoltageMin.Volts;
    private readonly double _voltageMax = limits.Cell.VoltageMax.Volts;
    private readonly double _currentMax = limits.Cell.CurrentMax.Amperes;
    private readonly double _celsiusMin = limits.Cell.TemperatureMin.Celsius;
    private readonly double _celsiusMax = limits.Cell.TemperatureMax.Celsius;
    private readonly double _megapascalsMin = limits.Cell.PressureMin.Megapascals;
    private readonly double _megapascalsMax = limits.Cell.PressureMax.Megapascals;
    private VoltageCollapse _collapse;
    private double _lastVolts = double.NaN;
    private double _lastAmperes = double.NaN;
    private int _invalid;
    private int _temperature;
    private int _pressure;
    private int _frozen;
    private int _leaking;
    private double _shortSince = double.NaN;

    /// <summary>Judges one sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="armedAmperes">Direct current of the live segment, A; NaN while the cell is off.</param>
    /// <param name="sineAmperes">Amplitude of a sine superimposed on it, A.</param>
    /// <returns>A cause, or null.</returns>
    public Reason? Judge(in Sample sample, double armedAmperes, double sineAmperes)
    {
        LastWasValid = sample.IsFinite && IsReadable(sample);
        if (!IsReadable(sample))
            return ++_invalid >= InARow ? Reason.InvalidSample : null;
        _invalid = 0;
        var live = !double.IsNaN(armedAmperes);
        // Current first: a cell that is off must carry none, whatever its voltage is.
        if (Math.Abs(sample.CurrentAmperes) > _currentMax)
            return Reason.LimitCurrent;
        if (!live)
        {
            _collapse = new();
            _frozen = 0;
            _shortSince = double.NaN;
            _leaking = Math.Abs(sample.CurrentAmperes) > limits.Leakage.Amperes ? _leaking + 1 : 0;
            return _leaking >= InARow ? Reason.CurrentWhileOff : null;
        }

        _leaking = 0;
        if (sample.Volts < _voltageMin || sample.Volts > _voltageMax)
            return Reason.LimitVoltage;
        return UnderCurrent(sample, armedAmperes, sineAmperes);
    }

    /// <summary>Whether the last sample was a number within the instrument's range: only then may the relay be fed.</summary>
    public bool LastWasValid { get; private set; } = true;

    private Reason? UnderCurrent(in Sample sample, double armedAmperes, double sineAmperes)
    {
        // What is no number is not within.
        _temperature = sample.TemperatureCelsius >= _celsiusMin && sample.TemperatureCelsius <= _celsiusMax ? 0 : _temperature + 1;
        _pressure = sample.PressureMegapascals >= _megapascalsMin && sample.PressureMegapascals <= _megapascalsMax ? 0 : _pressure + 1;
        _frozen = sample.Volts == _lastVolts && sample.CurrentAmperes == _lastAmperes ? _frozen + 1 : 0;
        _lastVolts = sample.Volts;
        _lastAmperes = sample.CurrentAmperes;
        if (_temperature >= InARow)
            return Reason.LimitTemperature;
        if (_pressure >= InARow)
            return Reason.LimitPressure;
        if (_frozen >= limits.FrozenAfter)
            return Reason.FrozenSample;
        if (IsShortOfCurrent(sample, armedAmperes, sineAmperes))
            return Reason.DeviceFault;
        return _collapse.Test(sample.TimeSeconds, sample.Volts, sample.CurrentAmperes, armedAmperes, sineAmperes) ? Reason.VoltageCollapse : null;
    }

    /// <summary>Charge cannot be counted by a reading that ends below the current: a range that is stuck, a relay or a lead that is open.</summary>
    private bool IsShortOfCurrent(in Sample sample, double armedAmperes, double sineAmperes)
    {
        if (Math.Abs(sample.CurrentAmperes) >= (ShortShare * Math.Abs(armedAmperes)) - sineAmperes)
            _shortSince = double.NaN;
        else if (double.IsNaN(_shortSince))
            _shortSince = sample.TimeSeconds;
        return sample.TimeSeconds - _shortSince > ShortSeconds;
    }

    /// <summary>Whether the instrument's own readings are numbers within its range. What chamber and press say has limits of its own.</summary>
    private bool IsReadable(in Sample sample) =>
        double.IsFinite(sample.TimeSeconds) && double.IsFinite(sample.ChargeCoulombs)
        && Math.Abs(sample.CurrentAmperes) <= limits.CurrentRange.Amperes
        && Math.Abs(sample.Volts) <= limits.VoltageRange.Volts;
}
