using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A press on the rig's loop: one step and one reading a second. Its cells are numbered from 0 in the order of the rig file.</summary>
public sealed class SimulatedPress : IConditionDevice
{
    private const double StepSeconds = 1;

    private readonly RigTime _time;
    private readonly ImmutableArray<PressEvent> _events;
    private readonly SimulatedChamber _chamber;
    private readonly DeviceSteps _steps;
    private Action<ConditionReading> _listener = _ => { };

    /// <summary>Builds a press; it runs from now on.</summary>
    /// <param name="name">Name in the rig file.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="model">The press.</param>
    /// <param name="events">What happens to it.</param>
    /// <param name="chamber">Where it stands.</param>
    public SimulatedPress(string name, RigTime time, PressModel model, ImmutableArray<PressEvent> events, SimulatedChamber chamber)
    {
        (Name, _time, Model, _events, _chamber) = (name, time, model, events, chamber);
        Model.State.SteppedSeconds = time.Now.TotalSeconds;
        _steps = new(time, TimeSpan.FromSeconds(StepSeconds), Step);
    }

    public string Name { get; }

    public PressModel Model { get; }

    /// <summary>True stack pressure, mean of the cells, MPa.</summary>
    public double Megapascals => Model.State.Megapascals;

    public void SetTarget(double target) => Model.State.TargetMegapascals = target;

    public void Connect(Action<ConditionReading> listener) => _listener = listener;

    /// <summary>Goes on from a snapshot, at its rig time.</summary>
    internal void Restore(PressState state)
    {
        Model.State = state;
        _steps.Resume(state.SteppedSeconds);
    }

    private void Step()
    {
        var now = _time.Now;
        Model.State.SteppedSeconds = now.TotalSeconds;
        foreach (var collapse in PressUpset.Collapses(_events, now - TimeSpan.FromSeconds(StepSeconds), now))
            Model.Collapse(collapse.Cell, collapse.Share);
        var upset = PressUpset.At(_events, now);
        Model.Advance(StepSeconds, _chamber.Celsius, upset);
        _listener(Model.Read(upset));
    }
}
