using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A temperature chamber on the rig's loop: one step and one reading a second.</summary>
public sealed class SimulatedChamber : IConditionDevice
{
    private const double StepSeconds = 1;

    private readonly RigTime _time;
    private readonly ImmutableArray<ChamberEvent> _events;
    private readonly DeviceSteps _steps;
    private Action<ConditionReading> _listener = _ => { };

    /// <summary>Builds a chamber; it runs from now on.</summary>
    public SimulatedChamber(string name, RigTime time, ChamberModel model, ImmutableArray<ChamberEvent> events)
    {
        (Name, _time, Model, _events) = (name, time, model, events);
        Model.State.SteppedSeconds = time.Now.TotalSeconds;
        _steps = new(time, TimeSpan.FromSeconds(StepSeconds), Step);
    }

    public string Name { get; }

    public ChamberModel Model { get; }

    /// <summary>True temperature of the air, °C.</summary>
    public double Celsius => Model.State.AirCelsius;

    public void SetTarget(double target) => Model.State.TargetCelsius = target;

    public void Connect(Action<ConditionReading> listener) => _listener = listener;

    /// <summary>Goes on from a snapshot, at its rig time.</summary>
    internal void Restore(ChamberState state)
    {
        Model.State = state;
        _steps.Resume(state.SteppedSeconds);
    }

    private void Step()
    {
        Model.State.SteppedSeconds = _time.Now.TotalSeconds;
        var upset = ChamberUpset.At(_events, _time.Now);
        Model.Advance(StepSeconds, upset);
        _listener(Model.Read(upset));
    }
}
