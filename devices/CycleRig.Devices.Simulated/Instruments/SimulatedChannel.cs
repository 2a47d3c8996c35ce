using CycleRig.Core.Channels;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>
/// One output of a simulated potentiostat with its cell. It runs segments by itself and ends them at their own bounds with the cell
/// off, whether anybody listens or not. Samples flow in every state.
/// </summary>
public sealed class SimulatedChannel : IPotentiostatChannel
{
    private static readonly TimeSpan ArmDelay = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan AbortDelay = TimeSpan.FromMilliseconds(10);

    private readonly RigTime _time;
    private readonly SimulatedCell _cell;
    private readonly SimulatedChamber _chamber;
    private readonly SimulatedPress? _press;
    private readonly SimulatedRelay? _relay;
    private readonly InstrumentNoise _noise;
    private readonly Random _phase;
    private IInstrumentListener? _listener;
    private RunningSegment? _running;
    private Segment? _queued;
    private double _seconds;

    /// <summary>Builds a channel, cell off.</summary>
    public SimulatedChannel(
        RigTime time, ChannelCapabilities capabilities, SimulatedCell cell, SimulatedChamber chamber, SimulatedPress? press,
        SimulatedRelay? relay, int seed)
    {
        (_time, Capabilities, _cell, _chamber, _press, _relay) = (time, capabilities, cell, chamber, press, relay);
        (_noise, _phase) = (new(seed), new(seed ^ 0x77));
        _seconds = time.Now.TotalSeconds;
        time.Every(capabilities.SampleInterval, Step);
    }

    public ChannelCapabilities Capabilities { get; }

    /// <summary>What really happened to the cell.</summary>
    public SimulatedTruth Truth => _cell.Truth;

    /// <summary>What the cell really was at the end of every sweep.</summary>
    public List<SweepTruth> Sweeps { get; } = [];

    /// <summary>For tests of the fault: the output cannot be turned off.</summary>
    public bool OutputStuckOn { get; set; }

    /// <summary>For tests of the fault: the instrument measures nothing and answers nothing; what it runs goes on.</summary>
    public bool Mute { get; set; }

    public void Connect(IInstrumentListener listener) => _listener = listener;

    public void Arm(Segment segment) => _time.After(ArmDelay, () =>
    {
        if (Refusal(segment) is { } why)
            Say(new InstrumentRefused(Now, segment.Run, segment.Number, why));
        else
            Run(segment);
    });

    public void Queue(Segment segment) => _time.After(ArmDelay, () =>
    {
        if (_running is null)
            Say(new InstrumentRefused(Now, segment.Run, segment.Number, "nothing runs that it could follow"));
        else if (Refusal(segment) is { } why && why != Busy)
            Say(new InstrumentRefused(Now, segment.Run, segment.Number, why));
        else
            _queued = segment;
    });

    public void Abort()
    {
        _time.After(AbortDelay, () =>
        {
            _queued = null;
            if (_running is { } running)
                End(running, SegmentEnd.Aborted);
            Say(new InstrumentIdle(Now));
        });
    }

    private const string Busy = "a segment runs";

    private double Now => _time.Now.TotalSeconds;

    private void Run(Segment segment)
    {
        CatchUp();
        _running = new(segment, Now);
        Say(new InstrumentArmed(Now, segment.Run, segment.Number));
        if (segment.Sweep is not null)
            ScheduleSweep(_running, Capabilities.Limits.OverheadPerSweep);
    }

    private void Step()
    {
        var now = Now;
        var span = now - _seconds;
        CatchUp();
        var amperes = Amperes();
        var volts = _running is null ? 0 : _cell.Volts(amperes);
        var sine = Sine();
        Sample(now, amperes + sine.Amperes, volts + sine.Volts);
        if (_running is { } still && still.Reached(now, span, amperes, volts) is { } end)
            End(still, end);
    }

    /// <summary>Lets the cell and the segment have the time since they were last looked at, with the current that flowed.</summary>
    private void CatchUp()
    {
        var span = Now - _seconds;
        _seconds = Now;
        var amperes = Amperes();
        if (_running is { } running && running.SecondsToCharge(amperes) is var left && left <= span)
        {
            // The charge bound falls inside this time: the instrument ends there, to its own resolution.
            Advance(left, amperes);
            running.Count(left, amperes);
            Finish(running, SegmentEnd.Charge);
            Advance(span - left, Amperes());
            return;
        }

        Advance(span, amperes);
        _running?.Count(span, amperes);
    }

    private void End(RunningSegment running, SegmentEnd end)
    {
        CatchUp();
        if (ReferenceEquals(_running, running))
            Finish(running, end);
    }

    private void Finish(RunningSegment running, SegmentEnd end)
    {
        if (OutputStuckOn)
            return;
        var next = end == SegmentEnd.Time ? _queued : null;
        (_running, _queued) = (null, null);
        Say(new InstrumentEnded(Now, running.Segment.Run, running.Segment.Number, end, running.Coulombs));
        if (next is not null)
            Run(next);
    }

    private void ScheduleSweep(RunningSegment running, TimeSpan delay)
    {
        var sweep = running.Segment.Sweep!;
        var hertz = sweep.FrequenciesHz[running.Point];
        var dwell = Math.Max(sweep.CyclesPerPoint / hertz, Capabilities.Limits.DwellMin.TotalSeconds);
        var measured = delay + Capabilities.Limits.OverheadPerPoint + TimeSpan.FromSeconds(dwell);
        _time.After(measured, () =>
        {
            if (!ReferenceEquals(_running, running))
                return;
            running.Point++;
            var bias = Amperes();
            var amplitude = sweep.AmplitudeAmperes > 0 ? sweep.AmplitudeAmperes : sweep.AmplitudeVolts / 4e3;
            var seen = _noise.Sweep(_cell.Impedance(hertz, bias), hertz, amplitude);
            Say(new SweepPointMeasured(Now - (dwell / 2), hertz, seen.Real, seen.Imaginary, running.SweepDone));
            if (running.SweepDone)
                Sweeps.Add(new(Now, _cell.Truth.Loss, _cell.BulkOhms));
            else
                ScheduleSweep(running, TimeSpan.Zero);
        });
    }

    private void Advance(double seconds, double amperes)
    {
        if (seconds > 0)
            _cell.Advance(seconds, amperes, _chamber.Celsius, _press?.Megapascals ?? 0.1);
    }

    /// <summary>Direct current that flows now: none without a segment, and none through an open relay.</summary>
    private double Amperes()
    {
        if (_running is not { } running || _relay is { IsClosed: false })
            return 0;
        var segment = running.Segment;
        return segment.Kind switch
        {
            SegmentKind.Galvanostatic => segment.Current.Amperes,
            SegmentKind.Potentiostatic => segment.Voltage.Volts / (_cell.BulkOhms + _cell.InterfaceOhms),
            _ => 0,
        };
    }

    /// <summary>What the sampler sees of the sine: averaged away above 30 Hz, at a random phase below.</summary>
    private (double Amperes, double Volts) Sine()
    {
        if (_running is not { SweepDone: false, Segment.Sweep: { AmplitudeAmperes: > 0 } sweep } running || _relay is { IsClosed: false })
            return default;
        var hertz = sweep.FrequenciesHz[running.Point];
        if (hertz > 30)
            return default;
        var amperes = sweep.AmplitudeAmperes * Math.Sin(2 * Math.PI * _phase.NextDouble());
        return (amperes, amperes * _cell.Impedance(hertz, running.Segment.Current.Amperes).Magnitude);
    }

    private void Sample(double now, double amperes, double volts)
    {
        if (!Mute)
            _listener?.OnSample(new(now, amperes + _noise.Amperes(), volts + _noise.Volts(), _cell.Celsius + _noise.Kelvins()));
    }

    private string? Refusal(Segment segment)
    {
        var limits = Capabilities.Limits;
        if (segment.Current.Magnitude > limits.CurrentMax)
            return $"current {segment.Current} is above the range {limits.CurrentMax}";
        if (segment.Sweep is { } sweep && (sweep.FrequenciesHz.Max() > limits.FrequencyMax.Hertz * 1.0001 || sweep.FrequenciesHz.Min() < limits.FrequencyMin.Hertz * 0.9999))
            return $"a frequency is outside {limits.FrequencyMin} to {limits.FrequencyMax}";
        return _running is null ? null : Busy;
    }

    private void Say(InstrumentReport report)
    {
        if (!Mute)
            _listener?.OnReport(report);
    }
}
