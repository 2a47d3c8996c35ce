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

    /// <summary>Judges one sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="armedAmperes">Direct current of the live segment, A; NaN while the cell is off.</param>
    /// <param name="sineAmperes">Amplitude of a sine superimposed on it, A.</param>
    /// <returns>A cause, or null.</returns>
    public Reason? Judge(in Sample sample, double armedAmperes, double sineAmperes)
    {
        if (!IsPlausible(sample))
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
            _leaking = Math.Abs(sample.CurrentAmperes) > limits.Leakage.Amperes ? _leaking + 1 : 0;
            return _leaking >= InARow ? Reason.CurrentWhileOff : null;
        }

        _leaking = 0;
        if (sample.Volts < _voltageMin || sample.Volts > _voltageMax)
            return Reason.LimitVoltage;
        return UnderCurrent(sample, armedAmperes, sineAmperes);
    }

    /// <summary>Whether the last sample was a number within the instrument's range: only then may the relay be fed.</summary>
    public bool LastWasValid => _invalid == 0;

    private Reason? UnderCurrent(in Sample sample, double armedAmperes, double sineAmperes)
    {
        _temperature = sample.TemperatureCelsius < _celsiusMin || sample.TemperatureCelsius > _celsiusMax ? _temperature + 1 : 0;
        _pressure = sample.PressureMegapascals < _megapascalsMin || sample.PressureMegapascals > _megapascalsMax ? _pressure + 1 : 0;
        _frozen = sample.Volts == _lastVolts && sample.CurrentAmperes == _lastAmperes ? _frozen + 1 : 0;
        _lastVolts = sample.Volts;
        _lastAmperes = sample.CurrentAmperes;
        if (_temperature >= InARow)
            return Reason.LimitTemperature;
        if (_pressure >= InARow)
            return Reason.LimitPressure;
        if (_frozen >= limits.FrozenAfter)
            return Reason.FrozenSample;
        return _collapse.Test(sample.TimeSeconds, sample.Volts, armedAmperes, sineAmperes) ? Reason.VoltageCollapse : null;
    }

    private bool IsPlausible(in Sample sample) =>
        sample.IsFinite
        && Math.Abs(sample.CurrentAmperes) <= limits.CurrentRange.Amperes
        && Math.Abs(sample.Volts) <= limits.VoltageRange.Volts;
}
