using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A temperature chamber: first-order lag behind its set-point, ramp limit, sensor noise, and a disturbance by time.</summary>
public sealed class SimulatedChamber : IConditionDevice
{
    private const double LagSeconds = 600;
    private const double SensorNoiseKelvins = 0.012;

    private readonly RigTime _time;
    private readonly Draw _noise;
    private readonly Disturbance? _disturbance;
    private double _target;
    private Action<ConditionReading> _listener = _ => { };

    /// <summary>Builds a chamber.</summary>
    /// <param name="name">Name in the rig file.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="celsius">Temperature at the start, °C.</param>
    /// <param name="disturbance">Drift of its controller, K, or null.</param>
    /// <param name="seed">Of its noise.</param>
    public SimulatedChamber(string name, RigTime time, double celsius, Disturbance? disturbance, int seed)
    {
        (Name, _time, _target, Celsius, _disturbance, _noise) = (name, time, celsius, celsius, disturbance, new(seed, "noise"));
        time.Every(TimeSpan.FromSeconds(1), Step);
    }

    public string Name { get; }

    /// <summary>True temperature of the air, °C.</summary>
    public double Celsius { get; private set; }

    public void SetTarget(double target) => _target = target;

    public void Connect(Action<ConditionReading> listener) => _listener = listener;

    private void Step()
    {
        var target = _target + (_disturbance?.At(_time.Now) ?? 0);
        Celsius += (target - Celsius) * (1 - Math.Exp(-1 / LagSeconds));
        _listener(new(Celsius + (SensorNoiseKelvins * _noise.Normal()), _target, Valid: true, Fault: null));
    }
}
