using System.Text.Json.Nodes;
using CycleRig.Contracts;
using CycleRig.Grains.Placement;
using CycleRig.Grains.Running;

namespace CycleRig.Grains;

/// <summary>
/// A chamber or a press: keeps who wants which target, and sends one on when all who hold it agree. A channel whose target differs
/// waits in its settle step until the others want the same or have ended; its own timeout bounds the wait.
/// </summary>
[RigPlacement]
internal sealed class ConditionGrain(RigRuntime runtime) : Grain, IChamberGrain, IPressGrain
{
    private const double SameTarget = 1e-3;

    private readonly SortedDictionary<string, double> _wanted = new(StringComparer.Ordinal);
    private ConditionReading _reading = new(double.NaN, double.NaN, Within: false, Held: false, Tripped: null);

    private string Name => this.GetPrimaryKeyString()[(runtime.Rig.Name.Length + 1)..];

    public Task Want(string channel, double target)
    {
        _wanted[channel] = target;
        Agree();
        return Task.CompletedTask;
    }

    public Task Release(string channel)
    {
        // The device stays where it is until those who are left agree on something else.
        if (_wanted.Remove(channel))
            Agree();
        return Task.CompletedTask;
    }

    public Task Observe(ConditionReading reading)
    {
        _reading = reading;
        return Task.CompletedTask;
    }

    public Task<string?> Acknowledge(string operatorName)
    {
        if (_reading.Tripped is null)
            return Task.FromResult<string?>($"{Name} has not tripped; there is nothing to acknowledge");
        if (!_reading.Within)
            return Task.FromResult<string?>($"{Name} is still outside its limits: {_reading.Tripped}");
        runtime.Record(Name, new JsonObject { ["type"] = "trip_acknowledged", ["operator"] = operatorName, ["tripped"] = _reading.Tripped });
        runtime.Link.AcknowledgeTrip(Name);
        return Task.FromResult<string?>(null);
    }

    public Task<ConditionView> View() => Task.FromResult(new ConditionView(
        Name, _reading.Value, _reading.SetPoint, _reading.Held, _reading.Tripped, [.. _wanted.Select(pair => new WantedTarget(pair.Key, pair.Value))]));

    private void Agree()
    {
        if (_wanted.Count > 0 && _wanted.Values.Max() - _wanted.Values.Min() <= SameTarget)
            runtime.Link.SetTarget(Name, _wanted.Values.First());
    }
}
