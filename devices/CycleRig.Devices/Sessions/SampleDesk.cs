using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>What a session does with samples and sweep points besides acting on them: judge, count charge, thin, collect.</summary>
internal sealed class SampleDesk(SessionSettings settings)
{
    private const double ForwardSeconds = 1;

    private readonly Guard _guard = new(settings.Guard);
    private readonly GuardLimits _strict = settings.Guard with { Leakage = default };
    private readonly ChargeCounter _charge = new(settings.Capabilities.SampleInterval.TotalSeconds);
    private readonly List<SpectrumPoint> _points = [];
    private Sample _last;
    private double _sentSeconds = double.NegativeInfinity;
    private double _sentVolts;
    private int _excess;
    private int _sweep;

    /// <summary>When the newest valid sample was judged.</summary>
    public TimeSpan JudgedAt { get; private set; }

    public bool LastWasValid => _guard.LastWasValid;

    /// <summary>Instrument time of the newest sample that was a number, s.</summary>
    public double LastSeconds => _last.TimeSeconds;

    public ChargePair Charge => _charge.Total;

    public void CorrectCharge(ChargePair began, double coulombs) => _charge.Correct(began, coulombs);

    public void ResetCharge() => _charge.Reset();

    /// <summary>The guard's verdict.</summary>
    /// <param name="now">Rig time.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="armedAmperes">Direct current that is armed, A; NaN while the cell is off.</param>
    /// <param name="sineAmperes">Amplitude of a superimposed sine, A.</param>
    public Reason? Judge(TimeSpan now, in Sample sample, double armedAmperes, double sineAmperes)
    {
        var reason = _guard.Judge(sample, armedAmperes, sineAmperes);
        if (_guard.LastWasValid)
            JudgedAt = now;
        return reason;
    }

    /// <summary>Whether a live segment has gone past what was ordered; the second such reading of the current in a row counts.</summary>
    /// <param name="sample">The reading.</param>
    /// <param name="live">The live segment.</param>
    /// <param name="passed">What has passed in it.</param>
    /// <param name="isStrict">Whether its largest current is meant without room for leakage: it has room of its own.</param>
    public Reason? Excess(in Sample sample, Segment live, ChargePair passed, bool isStrict)
    {
        var reason = SegmentGuard.Judge(
            live, sample.CurrentAmperes, passed, _charge.NetUpperBound, isStrict ? _strict : settings.Guard, settings.Capabilities.SampleInterval.TotalSeconds);
        _excess = reason is null ? 0 : _excess + 1;
        return reason == Reason.LimitCurrent && _excess < 2 ? null : reason;
    }

    public void Count(in Sample sample, double armedAmperes)
    {
        if (!sample.IsFinite)
            return;
        _charge.Take(sample.TimeSeconds, sample.CurrentAmperes, armedAmperes);
        _last = sample;
    }

    /// <summary>One sample a second goes to the host, and every one that differs in voltage by more than is set.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="always">Whether it goes whatever it shows.</param>
    public bool IsToBeSent(in Sample sample, bool always)
    {
        if (!sample.IsFinite || sample.TimeSeconds <= _sentSeconds)
            return false;
        // Half a sample of slack, so that ten intervals of 0.1 s that add up to 0.9999 s are a second.
        var slack = settings.Capabilities.SampleInterval.TotalSeconds / 2;
        if (!always && sample.TimeSeconds - _sentSeconds < ForwardSeconds - slack && Math.Abs(sample.Volts - _sentVolts) < settings.RecordedVoltageChange)
            return false;
        (_sentSeconds, _sentVolts) = (sample.TimeSeconds, sample.Volts);
        return true;
    }

    /// <summary>The sample with the charge of the run.</summary>
    public Sample Stamped(in Sample sample) => sample with { ChargeCoulombs = _charge.Total.Measured.Coulombs };

    /// <summary>A segment begins, and with it its first sweep.</summary>
    public void BeginSweeps()
    {
        _points.Clear();
        _sweep = 0;
    }

    /// <summary>Collects a sweep point.</summary>
    /// <returns>With the last point the whole sweep; with the first one below 1 kHz, where others came before it, the part above; else null.</returns>
    public (Spectrum Spectrum, bool IsPart)? Add(SweepPointMeasured point, Segment? live)
    {
        if (live?.SweepAt(_sweep) is not { } sweep)
            return null;
        var isPart = !point.Last && point.FrequencyHz < SweepPart.LowestHertz && _points.Count > 0 && _points[^1].FrequencyHz >= SweepPart.LowestHertz;
        var part = isPart ? new Spectrum(sweep.Index, _points[0].TimeSeconds, [.. _points]) : null;
        _points.Add(new(
            point.FrequencyHz, point.RealOhms, point.ImaginaryOhms, point.InstrumentSeconds, live.Current.Amperes,
            _last.TemperatureCelsius, _last.PressureMegapascals));
        if (!point.Last)
            return part is null ? null : (part, true);
        var spectrum = new Spectrum(sweep.Index, _points[0].TimeSeconds, [.. _points]);
        _points.Clear();
        _sweep++;
        return (spectrum, false);
    }

    /// <summary>What the host is told of a sweep, or of the upper part of one.</summary>
    public static SessionEvent Told(long ordinal, long segment, Spectrum spectrum, bool isPart) =>
        isPart ? new SpectrumPartMeasured(ordinal, segment, spectrum) : new SpectrumMeasured(ordinal, segment, spectrum);

    /// <summary>What the guard saw, in words.</summary>
    public string Describe(Reason reason, in Sample sample) => reason switch
    {
        Reason.InvalidSample => FormattableString.Invariant($"two readings in a row are invalid, the last {sample.Volts:G4} V, {sample.CurrentAmperes * 1e3:G4} mA"),
        Reason.LimitVoltage => FormattableString.Invariant($"{sample.Volts:F3} V, allowed {settings.Cell.Limits.VoltageMin} to {settings.Cell.Limits.VoltageMax}"),
        Reason.LimitCurrent => FormattableString.Invariant($"{sample.CurrentAmperes * 1e3:G4} mA is above what was ordered or allowed ({settings.Cell.Limits.CurrentMax})"),
        Reason.LimitCharge => FormattableString.Invariant($"{_charge.Total.ThroughputUpperBound} in this run is above what was ordered or allowed ({settings.Cell.Limits.ChargeMax})"),
        Reason.LimitTemperature when double.IsNaN(sample.TemperatureCelsius) => "the cell's temperature cannot be read",
        Reason.LimitPressure when double.IsNaN(sample.PressureMegapascals) => "the stack pressure cannot be read",
        Reason.LimitTemperature => FormattableString.Invariant($"{sample.TemperatureCelsius:F1} °C, allowed {settings.Cell.Limits.TemperatureMin} to {settings.Cell.Limits.TemperatureMax}"),
        Reason.LimitPressure => FormattableString.Invariant($"{sample.PressureMegapascals:F2} MPa, allowed {settings.Cell.Limits.PressureMin} to {settings.Cell.Limits.PressureMax}"),
        Reason.CurrentWhileOff => FormattableString.Invariant($"{sample.CurrentAmperes * 1e3:G4} mA flows through a cell that is off"),
        Reason.FrozenSample => FormattableString.Invariant($"the reading has been {sample.Volts:G6} V for {settings.Guard.FrozenAfter} samples"),
        Reason.DeviceFault => FormattableString.Invariant($"{sample.CurrentAmperes * 1e3:G4} mA is read, less than half of what was ordered: the range is stuck, or a relay or lead is open"),
        Reason.VoltageCollapse => FormattableString.Invariant($"the voltage fell to {sample.Volts:F3} V at constant current within two samples"),
        _ => ReasonFacts.Of(reason).Text,
    };
}
