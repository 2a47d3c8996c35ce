using CycleRig.Contracts;
using CycleRig.Grains.Running;

namespace CycleRig.Grains;

/// <summary>A chamber or a press: keeps who wants which target, and sends the target on.</summary>
internal sealed class ConditionGrain(RigRuntime runtime) : Grain, IChamberGrain, IPressGrain
{
    private const double SameTarget = 1e-3;

    private readonly Dictionary<string, double> _wanted = [];
    private double _value = double.NaN;
    private double _setPoint = double.NaN;
    private bool _held;
    private string? _tripped;

    private string Name => this.GetPrimaryKeyString()[(runtime.Rig.Name.Length + 1)..];

    public Task<string?> Want(string channel, double target)
    {
        var other = _wanted.FirstOrDefault(pair => pair.Key != channel && Math.Abs(pair.Value - target) > SameTarget);
        if (other.Key is not null)
        {
            return Task.FromResult<string?>(FormattableString.Invariant(
                $"{Name} holds {other.Value:G4} for channel {other.Key}, and channel {channel} wants {target:G4}; end that run first"));
        }

        _wanted[channel] = target;
        runtime.Link.SetTarget(Name, target);
        return Task.FromResult<string?>(null);
    }

    public Task Release(string channel)
    {
        _wanted.Remove(channel);
        return Task.CompletedTask;
    }

    public Task Observe(double value, double setPoint, bool held, string? tripped)
    {
        (_value, _setPoint, _held, _tripped) = (value, setPoint, held, tripped);
        return Task.CompletedTask;
    }

    public Task<ConditionView> View() =>
        Task.FromResult(new ConditionView(Name, _value, _setPoint, _held, _tripped, [.. _wanted.Keys.Order(StringComparer.Ordinal)]));
}
