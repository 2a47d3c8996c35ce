namespace CycleRig.Contracts;

/// <summary>A chamber (°C) of a rig; key `rig/chamber`.</summary>
public interface IChamberGrain : IConditionGrain;

/// <summary>A press (MPa) of a rig; key `rig/press`.</summary>
public interface IPressGrain : IConditionGrain;

/// <summary>A chamber (°C) or a press (MPa).</summary>
public interface IConditionGrain : IGrainWithStringKey
{
    /// <summary>A channel wants this target, °C or MPa. It is set when every channel that holds one wants the same.</summary>
    Task Want(string channel, double target);

    /// <summary>A channel's run has ended: its target holds no longer, the device stays where it is.</summary>
    Task Release(string channel);

    /// <summary>Takes a reading.</summary>
    Task Observe([Immutable] ConditionReading reading);

    /// <summary>Clears the device's trip when it is back within its limits; each channel still needs an acknowledge of its own.</summary>
    /// <returns>Why not, or null.</returns>
    Task<string?> Acknowledge(string operatorName);

    /// <summary>What a person may see.</summary>
    Task<ConditionView> View();
}
