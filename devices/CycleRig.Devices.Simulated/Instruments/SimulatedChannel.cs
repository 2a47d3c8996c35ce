using System.Numerics;
using CycleRig.Core.Channels;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Instruments;

/// <summary>
/// One output of a simulated potentiostat with its cell. It runs segments by itself and ends them at their own bounds with the cell
/// off, whether anybody listens or not. Samples flow in every state. What befalls it stands in its upsets.
/// </summary>
public sealed class SimulatedChannel : IPotentiostatChannel
{
    private static readonly TimeSpan ArmDelay = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan AbortDelay = TimeSpan.FromMilliseconds(10);

    private readonly RigTime _time;
    private readonly UpsetSchedule _upsets;
    private readonly CellSurroundings _around;
    private readonly ChannelOutput _output;
    private readonly InstrumentErrors _errors;
    private readonly DeviceSteps _steps;

    /// <summary>Builds a channel, cell off.</summary>
    /// <param name="time">The rig's loop.</param>
    /// <param name="capabilities">What the instrument can do.</param>
    /// <param name="cell">The cell on it.</param>
    /// <param name="around">Chamber and press.</param>
    /// <param name="relay">Relay in the current lead, or null.</param>
    /// <param name="upsets">What befalls it.</param>
    /// <param name="recipe">Errors of the instrument.</param>
    /// <param name="seed">Of its noise.</param>
    public SimulatedChannel(
        RigTime time, ChannelCapabilities capabilities, SimulatedCell cell, CellSurroundings around,
        SimulatedRelay? relay, UpsetSchedule upsets, InstrumentRecipe recipe, int seed)
    {
        (_time, Capabilities, Cell, _around, _upsets) = (time, capabilities, cell, around, upsets);
        _output = new(cell, relay, capabilities.Limits.VoltageMax.Volts);
        _errors = new(recipe, upsets);
        Outlet = new(time, upsets);
        State = new() { SweepDraw = new(seed, "sweeps"), SampleDraw = new(seed, "samples"), Seconds = Now, SteppedSeconds = Now };
        _steps = new(time, capabilities.SampleInterval, Step);
    }

    public ChannelCapabilities Capabilities { get; }

    /// <summary>The cell on it.</summary>
    public SimulatedCell Cell { get; }

    /// <summary>What really happened to the cell.</summary>
    public SimulatedTruth Truth => Cell.Truth;

    /// <summary>What the cell really was at the end of every sweep.</summary>
    public IReadOnlyList<SweepTruth> Sweeps => State.Sweeps;

    /// <summary>All that changes.</summary>
    public ChannelState State { get; private set; }

    internal Outlet Outlet { get; }

    /// <summary>Goes on from a snapshot, at its rig time.</summary>
    public void Restore(ChannelState state, CellState cell)
    {
        State = state;
        Cell.Restore(cell);
        // What is due at the same time goes on in the order in which it was planned: a point takes longer than a step, an order less.
        if (state.Running is { IsWaiting: true } waiting)
            _time.After(DeviceSteps.Until(waiting.SweepBeginsSeconds, _time), () => BeginSweep(waiting));
        else if (state.Running is { PointDueSeconds: < double.MaxValue } running)
            _time.After(DeviceSteps.Until(running.PointDueSeconds, _time), () => Measure(running));
        _steps.Resume(state.SteppedSeconds);
        foreach (var order in state.Orders)
            _time.After(DeviceSteps.Until(order.DueSeconds, _time), Wake);
    }

    public void Connect(IInstrumentListener listener) => Outlet.Connect(listener);

    public void Arm(Segment segment) => Take(OrderKind.Arm, segment, ArmDelay);

    public void Queue(Segment segment) => Take(OrderKind.Queue, segment, ArmDelay);

    public void Abort() => Take(OrderKind.Abort, null, AbortDelay);

    private double Now => _time.Now.TotalSeconds;

    /// <summary>The instrument's own time at a rig time, s.</summary>
    public double ClockAt(double seconds) => _upsets.Clock(seconds) - (State.BootSeconds > 0 ? _upsets.Clock(State.BootSeconds) : 0);

    private void Take(OrderKind kind, Segment? segment, TimeSpan delay)
    {
        if (Outlet.IsDead(Now))
            return;
        State.Orders.Add(new(Now + delay.TotalSeconds, kind, segment));
        _time.After(delay, Wake);
    }

    private void Wake()
    {
        // An abort overtakes an arm that was given before: each acts at its own time.
        if (State.Orders.MinBy(order => order.DueSeconds) is not { } due || due.DueSeconds > Now + 1e-6)
            return;
        State.Orders.Remove(due);
        if (due.Segment is not { } segment)
            TurnOff();
        else if ((due.Kind == OrderKind.Arm ? Refusal(segment) : QueueRefusal(segment)) is { } why)
            Say(new InstrumentRefused(ClockAt(Now), segment.Run, segment.Number, why));
        else if (due.Kind == OrderKind.Arm)
            Run(segment);
        else
            State.Queued = segment;
    }

    private void TurnOff()
    {
        State.Queued = null;
        if (State.Running is { } running)
            End(running, SegmentEnd.Aborted);
        Say(new InstrumentIdle(ClockAt(Now)));
    }

    private void Run(Segment segment)
    {
        CatchUp();
        State.Running = RunningSegment.Begin(segment, Now);
        Say(new InstrumentArmed(ClockAt(Now), segment.Run, segment.Number));
        if (State.Running.Sweep is not null)
            BeginPoint(State.Running, Capabilities.Limits.OverheadPerSweep);
    }

    private void BeginSweep(RunningSegment running)
    {
        running.IsWaiting = false;
        if (GoesOn(running))
            BeginPoint(running, Capabilities.Limits.OverheadPerSweep);
    }

    private void BeginPoint(RunningSegment running, TimeSpan delay) =>
        _time.After(SegmentRun.BeginPoint(running, _output, Capabilities.Limits, Now, delay), () => Measure(running));

    /// <summary>Whether the segment still runs once it has had the time until now.</summary>
    private bool GoesOn(RunningSegment running)
    {
        if (ReferenceEquals(State.Running, running))
            CatchUp();
        return ReferenceEquals(State.Running, running);
    }

    private void Step()
    {
        var now = Now;
        State.SteppedSeconds = now;
        CatchUp();
        Upset(now);
        var (amperes, volts) = _output.Now(State.Running);
        var sine = _output.Sine(State.Running, now);
        Sample(now, amperes + sine.Amperes, _output.Clipped(volts + sine.Volts));
        if (State.Running is { } still && SegmentRun.Reached(still, now, Capabilities.SampleInterval.TotalSeconds, amperes, volts) is { } end)
            End(still, end);
    }

    /// <summary>Lets the cell and the segment have the time since they were last looked at, with the current that flowed.</summary>
    private void CatchUp()
    {
        var span = Now - State.Seconds;
        State.Seconds = Now;
        var amperes = _output.Now(State.Running).Amperes;
        if (State.Running is { } running && SegmentRun.SecondsToCharge(running, amperes) is var left && left <= span)
        {
            // The charge bound falls inside this time: the instrument ends there, to its own resolution.
            Advance(left, amperes);
            SegmentRun.Count(running, left, amperes);
            Finish(running, SegmentEnd.Charge);
            (span, amperes) = (span - left, _output.Now(State.Running).Amperes);
        }

        Advance(span, amperes);
        if (State.Running is { } on)
            SegmentRun.Count(on, span, amperes);
    }

    private void End(RunningSegment running, SegmentEnd end)
    {
        if (GoesOn(running))
            Finish(running, end);
    }

    private void Finish(RunningSegment running, SegmentEnd end)
    {
        if (_upsets.Active(UpsetKind.OutputStuckOn, Now) is not null)
            return;
        var next = end == SegmentEnd.Time ? State.Queued : null;
        (State.Running, State.Queued) = (null, null);
        Say(new InstrumentEnded(ClockAt(Now), running.Segment.Run, running.Segment.Number, end, running.Coulombs));
        if (next is not null)
            Run(next);
    }

    /// <summary>Measures a point under the sine that this segment makes: the cell as it was on the mean between its beginning and now.</summary>
    private void Measure(RunningSegment running)
    {
        if (!GoesOn(running))
            return;
        var (now, hertz, dwell) = (Now, running.Sweep!.FrequenciesHz[running.Point], SegmentRun.Dwell(running, Capabilities.Limits));
        var (bias, volts) = _output.Now(running);
        var (ohms, sine) = _output.Response(running, hertz);
        var mean = (ohms + new Complex(running.PointReal, running.PointImaginary)) / 2;
        var seen = _errors.Sweep(mean, hertz, sine, (volts - running.PointVolts) / dwell, now, State.SweepDraw);
        if (running.Point == 0)
            (running.FirstReal, running.FirstImaginary) = (seen.Real, seen.Imaginary);
        running.Point++;
        var done = running.Point == running.Sweep.FrequenciesHz.Length;
        // A missing last point still ends the sweep: as one that is no number.
        var kept = _errors.Upset(seen, new Complex(running.FirstReal, running.FirstImaginary), now, State.SweepDraw) ?? (done ? Complex.NaN : null as Complex?);
        if (kept is { } point)
            Say(new SweepPointMeasured(ClockAt(now - (dwell / 2)), hertz, point.Real, point.Imaginary, done));
        (running.PointBeganSeconds, running.PointDueSeconds) = (double.PositiveInfinity, double.MaxValue);
        if (!done)
        {
            BeginPoint(running, TimeSpan.Zero);
            return;
        }

        State.Sweeps.Add(new(now, Truth.Loss, Cell.BulkOhms));
        SegmentRun.NextSweep(running, now);
        // A sweep around rest ends with its last point, not with the next sample.
        if (SegmentRun.Reached(running, now, 0, bias, volts) is { } end)
            End(running, end);
        else if (running.Sweep is not null)
        {
            running.IsWaiting = true;
            _time.After(DeviceSteps.Until(running.SweepBeginsSeconds, _time), () => BeginSweep(running));
        }
    }

    private void Advance(double seconds, double amperes)
    {
        if (seconds <= 0)
            return;
        if (State.Running?.Segment is { Kind: SegmentKind.Potentiostatic } hold)
            Cell.Hold(hold.Voltage.Volts);
        Cell.Advance(seconds, amperes, _around.Celsius, _around.Megapascals);
        if (amperes != 0)
            _around.Breathe(-Cell.State.Working.Lost * Cell.Recipe.AreaSquareCentimetres);
    }

    private void Sample(double now, double amperes, double volts)
    {
        var range = InstrumentErrors.Range(State.Running?.Segment.CurrentMax.Amperes ?? 0);
        var seen = _errors.Sample(amperes, volts, range, now, State.SampleDraw);
        Outlet.Send(new InstrumentSample(ClockAt(now), seen.Amperes, seen.Volts, _errors.Thermistor(Cell.Celsius, State.SampleDraw)), now);
    }

    /// <summary>Upsets that begin or end now and are told by the link, or change the instrument or the cell at once.</summary>
    private void Upset(double now)
    {
        for (; State.UpsetsBegun < _upsets.All.Length && _upsets.All[State.UpsetsBegun].At.TotalSeconds <= now; State.UpsetsBegun++)
            Begin(_upsets.All[State.UpsetsBegun], now);
        // The link is back when nothing breaks it any more.
        if (!State.IsLost || Outlet.IsDead(now))
            return;
        State.IsLost = false;
        Outlet.SayOfLink(new InstrumentFound(ClockAt(now)));
    }

    private void Begin(ChannelUpset upset, double now)
    {
        switch (upset.Kind)
        {
            case UpsetKind.CablePulled:
                Lose("the cable is gone");
                break;
            case UpsetKind.Reboot:
                Lose("the instrument restarts");
                (State.Running, State.Queued, State.BootSeconds) = (null, null, now);
                State.Orders.Clear();
                break;
            default:
                CellUpset.Befall(Cell, upset);
                break;
        }
    }

    private void Lose(string why)
    {
        State.IsLost = true;
        Outlet.SayOfLink(new InstrumentLost(ClockAt(Now), why));
    }

    private string? QueueRefusal(Segment segment) =>
        State.Running is null ? "nothing runs that it could follow" : SegmentRun.Refusal(segment, Capabilities.Limits);

    private string? Refusal(Segment segment) => SegmentRun.Refusal(segment, Capabilities.Limits) ?? (State.Running is null ? null : "a segment runs");

    private void Say(InstrumentReport report) => Outlet.Send(report, Now);
}
