using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Time;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A press: first-order lag behind its set-point, noise, and a leak by time that its controller cannot make good.</summary>
public sealed class SimulatedPress : IConditionDevice
{
    private const double LagSeconds = 20;
    private const double NoiseShare = 0.003;

    private readonly RigTime _time;
    private readonly Draw _noise;
    private readonly Disturbance? _leak;
    private double _target;
    private Action<ConditionReading> _listener = _ => { };

    /// <summary>Builds a press.</summary>
    /// <param name="name">Name in the rig file.</param>
    /// <param name="time">The rig's loop.</param>
    /// <param name="megapascals">Pressure at the start, MPa.</param>
    /// <param name="leak">Share of the pressure that is lost, 0 to 1, or null.</param>
    /// <param name="seed">Of its noise.</param>
    public SimulatedPress(string name, RigTime time, double megapascals, Disturbance? leak, int seed)
    {
        (Name, _time, _target, Megapascals, _leak, _noise) = (name, time, megapascals, megapascals, leak, new(seed, "noise"));
        time.Every(TimeSpan.FromSeconds(1), Step);
    }

    public string Name { get; }

    /// <summary>True stack pressure, MPa.</summary>
    public double Megapascals { get; private set; }

    public void SetTarget(double target) => _target = target;

    public void Connect(Action<ConditionReading> listener) => _listener = listener;

    private void Step()
    {
        var target = _target * (1 - Math.Clamp(_leak?.At(_time.Now) ?? 0, 0, 0.95));
        Megapascals += (target - Megapascals) * (1 - Math.Exp(-1 / LagSeconds));
        _listener(new(Megapascals * (1 + (NoiseShare * _noise.Normal())), _target, Valid: true, Fault: null));
    }
}
