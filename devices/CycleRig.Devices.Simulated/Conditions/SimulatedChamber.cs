using System.Collections.Immutable;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A temperature chamber on the rig's loop: one step and one reading a second.</summary>
public sealed class SimulatedChamber : IConditionDevice
{
    private const double StepSeconds = 1;

    private readonly RigTime _time;
    private readonly ImmutableArray<ChamberEvent> _events;
    private TimeSpan _origin;
    private Action<ConditionReading> _listener = _ => { };

    /// <summary>Builds a chamber; it runs from now on.</summary>
    public SimulatedChamber(string name, RigTime time, ChamberModel model, ImmutableArray<ChamberEvent> events)
    {
        (Name, _time, Model, _events) = (name, time, model, events);
        time.Every(TimeSpan.FromSeconds(StepSeconds), Step);
    }

    public string Name { get; }

    public ChamberModel Model { get; }

    /// <summary>True temperature of the air, °C.</summary>
    public double Celsius => Model.State.AirCelsius;

    public void SetTarget(double target) => Model.State.TargetCelsius = target;

    public void Connect(Action<ConditionReading> listener) => _listener = listener;

    /// <summary>Goes on from a snapshot that was taken at a rig time, s.</summary>
    internal void Restore(ChamberState state, double seconds) => (Model.State, _origin) = (state, TimeSpan.FromSeconds(seconds) - _time.Now);

    private void Step()
    {
        var upset = ChamberUpset.At(_events, _origin + _time.Now);
        Model.Advance(StepSeconds, upset);
        _listener(Model.Read(upset));
    }
}
