using System.Collections.Immutable;
using System.Text.Json;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Playing;

/// <summary>
/// Runs a protocol on one simulated channel with nobody watching: no guard, no detector, no halt. For recordings of what would happen
/// to a cell, and for the analyses of the paper's numbers. Segments as in the real plan, queued so that the current has no gap.
/// </summary>
public sealed class ProtocolPlayer : IInstrumentListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const double VoltsMax = 11;
    private const double SampleSeconds = 1;
    private const double DensityMax = 100; // A/m², range of a sweep with a voltage amplitude

    private readonly RigTime _time;
    private readonly SimulatedChannel _channel;
    private readonly ImmutableArray<Step> _steps;
    private readonly double _areaSquareMetres;
    private readonly Action<Sample> _sample;
    private readonly Action<Spectrum> _spectrum;
    private readonly List<SpectrumPoint> _points = [];
    private int _step = -1;
    private double _stepEnds;
    private double _sweepDue;
    private long _number;
    private int _sweeps;
    private int _spectra;
    private double _coulombs;
    private Sample _last;
    private double _sampled = double.NegativeInfinity;

    /// <summary>Begins when <see cref="Start"/> is called.</summary>
    /// <param name="time">The rig's loop.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="protocol">What to run; ends by time only.</param>
    /// <param name="areaSquareMetres">Electrode area of the record, m².</param>
    /// <param name="sample">Takes samples, one a second.</param>
    /// <param name="spectrum">Takes sweeps, as far as they came.</param>
    public ProtocolPlayer(
        RigTime time, SimulatedChannel channel, Protocol protocol, double areaSquareMetres, Action<Sample> sample, Action<Spectrum> spectrum)
    {
        (_time, _channel, _steps, _areaSquareMetres, _sample, _spectrum) = (time, channel, protocol.Unrolled(), areaSquareMetres, sample, spectrum);
        channel.Connect(this);
    }

    /// <summary>Stack pressure as the host reads it, MPa; NaN where the sensor gives none.</summary>
    public double Megapascals { get; set; }

    /// <summary>Temperature of the chamber as the host reads it, °C, NaN where the probe gives none; null for the thermistor at the cell.</summary>
    public double? ChamberCelsius { get; set; }

    /// <summary>Whether the protocol has ended.</summary>
    public bool HasEnded => _step >= _steps.Length;

    /// <summary>What ended the protocol before its last step; null where nothing did.</summary>
    public ProgramCut? Cut { get; private set; }

    private double Now => _time.Now.TotalSeconds;

    private Step Current => _steps[_step];

    /// <summary>Begins with the first step.</summary>
    public void Start() => Next();

    public void OnSample(in InstrumentSample sample)
    {
        if (HasEnded || _step < 0)
            return;
        var seen = new Sample(sample.InstrumentSeconds, sample.Amperes, sample.Volts, ChamberCelsius ?? sample.CellCelsius, Megapascals, 0);
        if (seen.TimeSeconds > _last.TimeSeconds && _last.TimeSeconds > 0)
            _coulombs += (seen.CurrentAmperes + _last.CurrentAmperes) / 2 * (seen.TimeSeconds - _last.TimeSeconds);
        _last = seen with { ChargeCoulombs = _coulombs };
        if (seen.TimeSeconds - _sampled >= SampleSeconds - 0.05 || seen.TimeSeconds < _sampled)
        {
            _sampled = seen.TimeSeconds;
            _sample(_last);
        }
    }

    public void OnReport(InstrumentReport report)
    {
        if (HasEnded || _step < 0)
            return;
        switch (report)
        {
            case SweepPointMeasured point:
                Take(point);
                break;
            case InstrumentArmed when Current is Galvanostatic step && _stepEnds - Now > Longest(step).TotalSeconds + 0.5:
                _channel.Queue(Segment(step, Now + Longest(step).TotalSeconds));
                break;
            case InstrumentEnded { End: SegmentEnd.Time }:
                Close();
                if (_stepEnds - Now < 0.5)
                    Next();
                break;
            case InstrumentRefused refused when _channel.State.Running is null:
                Cut = new(Now, refused.Why);
                Finish();
                break;
            case InstrumentEnded ended:
                // A limit of the instrument: the program ends here, with the cell off.
                Cut = new(Now, JsonNamingPolicy.SnakeCaseLower.ConvertName(ended.End.ToString()));
                Finish();
                break;
            default:
                break;
        }
    }

    /// <summary>Ends the protocol whatever runs.</summary>
    public void Finish()
    {
        Close();
        _step = _steps.Length;
        _channel.Abort();
    }

    private void Next()
    {
        _step++;
        if (HasEnded)
            return;
        switch (Current)
        {
            case Galvanostatic step:
                _stepEnds = Now + step.Ends.Duration!.Value.TotalSeconds;
                _sweepDue = Now;
                _channel.Arm(Segment(step, Now));
                GiveUpAfter(step.Ends.Duration.Value);
                break;
            case PotentiostaticImpedance sweep:
                _stepEnds = Now;
                _channel.Arm(AtRest(SegmentKind.Peis, sweep.Sweep, 0, sweep.Amplitude.Volts));
                GiveUpAfter(TimeSpan.FromSeconds(SweepSeconds(sweep.Sweep)));
                break;
            case GalvanostaticImpedance sweep:
                _stepEnds = Now;
                _channel.Arm(AtRest(SegmentKind.Geis, sweep.Sweep, sweep.Amplitude.AmperesPerSquareMetre * _areaSquareMetres, 0));
                GiveUpAfter(TimeSpan.FromSeconds(SweepSeconds(sweep.Sweep)));
                break;
            case Rest rest:
                Wait(rest.Duration);
                break;
            case Settle settle:
                Wait(settle.StableFor);
                break;
            default:
                throw new NotSupportedException($"{Current.GetType().Name} is not played without a controller");
        }
    }

    /// <summary>An instrument that restarted or does not answer: the next step comes at its time all the same.</summary>
    private void GiveUpAfter(TimeSpan duration)
    {
        var step = _step;
        _time.After(duration + Patience, () =>
        {
            if (_step != step)
                return;
            Close();
            _channel.Abort();
            _time.After(Patience, () =>
            {
                if (_step == step)
                    Next();
            });
        });
    }

    private void Wait(TimeSpan duration)
    {
        _stepEnds = Now + duration.TotalSeconds;
        var step = _step;
        _time.After(duration, () =>
        {
            if (_step == step)
                Next();
        });
    }

    private static TimeSpan Longest(Galvanostatic step) => step.Sweep?.Every ?? SuperimposedSweep.Unplanned;

    private Segment Segment(Galvanostatic step, double begins)
    {
        var amperes = step.Density.AmperesPerSquareMetre * _areaSquareMetres;
        var seconds = Math.Min(Longest(step).TotalSeconds, _stepEnds - begins);
        var due = step.Sweep is not null && begins >= _sweepDue - 0.5 && SweepSeconds(step.Sweep.Range) < seconds;
        if (due)
            _sweepDue += Longest(step).TotalSeconds;
        var sine = due ? step.Sweep!.Amplitude.AmperesPerSquareMetre * _areaSquareMetres : 0;
        return new(
            Guid.Empty, ++_number, SegmentKind.Galvanostatic, new(amperes), default,
            due ? new(_sweeps++, step.Sweep!.Range.FrequenciesHz(), sine, 0, step.Sweep.Range.CyclesPerPoint) : null,
            TimeSpan.FromSeconds(seconds), new(double.MaxValue), new(-VoltsMax), new(VoltsMax), new((Math.Abs(amperes) + sine) * 1.02), false, false);
    }

    private Segment AtRest(SegmentKind kind, SweepRange range, double amperes, double volts) => new(
        Guid.Empty, ++_number, kind, default, default, new(_sweeps++, range.FrequenciesHz(), amperes, volts, range.CyclesPerPoint),
        TimeSpan.FromHours(1), new(double.MaxValue), new(-VoltsMax), new(VoltsMax), new(amperes > 0 ? amperes * 1.02 : DensityMax * _areaSquareMetres), false, false);

    private double SweepSeconds(SweepRange range) => StepExposure.SweepSeconds(range, _channel.Capabilities.Limits);

    private void Take(SweepPointMeasured point)
    {
        _points.Add(new(
            point.FrequencyHz, point.RealOhms, point.ImaginaryOhms, point.InstrumentSeconds, (Current as Galvanostatic)?.Density.AmperesPerSquareMetre * _areaSquareMetres ?? 0,
            _last.TemperatureCelsius, _last.PressureMegapascals));
        if (point.Last)
            Close();
    }

    private void Close()
    {
        if (_points.Count > 0)
            _spectrum(new(_spectra++, _points[0].TimeSeconds, [.. _points]));
        _points.Clear();
    }
}
