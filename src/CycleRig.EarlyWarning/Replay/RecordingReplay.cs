using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Samples;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>
/// One recording through the production fit and detector, in causal order: what is said up to a time does not change when the rest is
/// cut off. After a halt for damage nothing more is said; an interlock does not silence the detector.
/// </summary>
public sealed class RecordingReplay
{
    /// <summary>Share of its set-point below which pressure counts as lost.</summary>
    private const double PressureShare = 0.7;

    private readonly double _area;
    private readonly double _pressureLimit;
    private readonly double _sineAmperes;
    private readonly DetectorSettings _settings;
    private readonly IEnumerator<Sample> _samples;
    private readonly IEnumerator<SweepReading> _sweeps;
    private readonly SoftShortWatch _softShorts;
    private readonly List<ReplayLine> _lines = [];
    private bool _isSample;
    private bool _isSweep;
    private DetectorState _state = DetectorState.Initial;
    private VoltageCollapse _collapse;
    private Sample? _newest;
    private DirectCurrent _direct;
    private WarningLevel _level;
    private double? _blindSince;
    private int _unpressed;
    private bool _pressureTold;
    private bool _blindTold;
    private bool _halted;

    /// <param name="recording">The recording.</param>
    public RecordingReplay(RigRecording recording)
    {
        (_area, _sineAmperes, _settings) = (recording.AreaSquareCentimetres, recording.SineAmperes, recording.Settings);
        _softShorts = new(_area, _sineAmperes, _settings.Budget.Dips);
        _pressureLimit = recording.PressureSetPoint > 0 ? PressureShare * recording.PressureSetPoint : double.NegativeInfinity;
        _samples = recording.Samples.Where(sample => double.IsFinite(sample.TimeSeconds)).OrderBy(sample => sample.TimeSeconds).GetEnumerator();
        _sweeps = recording.Readings.GetEnumerator();
        (_isSample, _isSweep) = (_samples.MoveNext(), _sweeps.MoveNext());
    }

    /// <summary>When the next sweep is known; null behind the last, and behind a halt for damage.</summary>
    public double? NextKnownSeconds => _isSweep && !_halted ? _sweeps.Current.KnownSeconds : null;

    /// <summary>Replays one recording by itself.</summary>
    /// <param name="samples">Samples in any order: they are taken in the order of their times.</param>
    /// <param name="readings">Its sweeps in the order in which they were known (<see cref="SweepReading.InOrder"/>); none is asked for behind a halt for damage.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="pressureSetPoint">MPa; 0 where there is no press.</param>
    /// <param name="sineAmperes">Amplitude of the GEIS, A.</param>
    /// <param name="settings">Production settings.</param>
    public static IReadOnlyList<ReplayLine> Run(
        IReadOnlyList<Sample> samples, IEnumerable<SweepReading> readings, double areaSquareCentimetres, double pressureSetPoint, double sineAmperes,
        DetectorSettings settings) =>
        RigReplay.Run([new("", null, samples, readings, areaSquareCentimetres, pressureSetPoint, sineAmperes, settings)])[0];

    /// <summary>Takes the samples before the next sweep, and judges it.</summary>
    /// <param name="neighbours">What the other cells of the chamber said last; default where there are none.</param>
    /// <returns>The cell as a thermometer, where the sweep was a whole one and could be judged.</returns>
    public CellThermometer? Judge(ImmutableArray<NeighbourTemperature> neighbours)
    {
        var sweep = _sweeps.Current;
        TakeBefore(sweep.KnownSeconds);
        if (_halted)
            return null;
        Judge(sweep, neighbours);
        _isSweep = !_halted && _sweeps.MoveNext();
        return _halted || sweep.IsPart ? null : _state.Thermometer;
    }

    /// <summary>Takes the samples behind the last sweep.</summary>
    /// <returns>All that was said.</returns>
    public IReadOnlyList<ReplayLine> Finish()
    {
        TakeBefore(double.PositiveInfinity);
        _samples.Dispose();
        _sweeps.Dispose();
        return _lines;
    }

    private void TakeBefore(double seconds)
    {
        for (; _isSample && !_halted && _samples.Current.TimeSeconds < seconds; _isSample = _samples.MoveNext())
            Take(_samples.Current);
    }

    private void Take(in Sample sample)
    {
        if (sample == _newest)
            return; // A row that is there twice is no second sample.
        _newest = sample;
        // A current that was not read may flow.
        var direct = _direct.Follow(sample.CurrentAmperes, _sineAmperes, _area);
        var softShort = _softShorts.Take(sample);
        if (direct == 0)
        {
            (_blindSince, _blindTold, _collapse) = (null, false, default);
            return;
        }

        _blindSince ??= sample.TimeSeconds;
        Pressure(sample);
        if (sample.TimeSeconds - _blindSince > _settings.BlindLimitSeconds && !_blindTold)
        {
            _blindTold = true;
            Say(sample.TimeSeconds, WarningLevel.Watch, Reason.Blind);
            Say(sample.TimeSeconds, WarningLevel.Halt, Reason.Blind);
        }

        if (double.IsFinite(sample.Volts) && double.IsFinite(sample.CurrentAmperes) && _collapse.Test(sample.TimeSeconds, sample.Volts, sample.CurrentAmperes, direct, _sineAmperes))
            Say(sample.TimeSeconds, WarningLevel.Halt, Reason.VoltageCollapse);
        else if (softShort is var (level, _))
            Say(sample.TimeSeconds, level, Reason.DendriteOnset);
    }

    /// <summary>Judges a sweep at the time at which it was known to be over.</summary>
    private void Judge(SweepReading sweep, ImmutableArray<NeighbourTemperature> neighbours)
    {
        if (sweep.IsPart)
        {
            if (Detector.Glance(_state, sweep.Reading, _settings, neighbours) is { } halt)
                Say(sweep.KnownSeconds, WarningLevel.Halt, halt.Reason);
            return;
        }

        var assessment = Detector.Assess(_state, sweep.Reading, _settings, neighbours);
        _state = assessment.Next;
        if (assessment.Valid)
            (_blindSince, _blindTold) = (sweep.Reading.EndSeconds, false);
        if (assessment.Level > _level && assessment.Level > WarningLevel.Healthy)
            Say(sweep.KnownSeconds, assessment.Level, assessment.Valid ? Reason.DendriteOnset : Reason.Blind);
        _level = assessment.Level;
    }

    private void Pressure(in Sample sample)
    {
        _unpressed = sample.PressureMegapascals < _pressureLimit ? _unpressed + 1 : 0;
        if (_unpressed < 2 || _pressureTold)
            return;
        _pressureTold = true;
        Say(sample.TimeSeconds, WarningLevel.Halt, Reason.TripPress);
    }

    private void Say(double seconds, WarningLevel level, Reason reason)
    {
        var facts = ReasonFacts.Of(reason);
        var damage = facts.Kind == ReasonKind.Damage;
        _lines.Add(new(seconds, level.ToString().ToLowerInvariant(), damage ? "damage" : "interlock", facts.Text));
        _halted |= damage && level == WarningLevel.Halt;
    }
}
