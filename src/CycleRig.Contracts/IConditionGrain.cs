namespace CycleRig.Contracts;

/// <summary>A chamber (°C) of a rig; key `rig/chamber`.</summary>
public interface IChamberGrain : IConditionGrain;

/// <summary>A press (MPa) of a rig; key `rig/press`.</summary>
public interface IPressGrain : IConditionGrain;

/// <summary>A chamber (°C) or a press (MPa).</summary>
public interface IConditionGrain : IGrainWithStringKey
{
    /// <summary>A channel wants this target. A different one, while another channel's holds, is refused.</summary>
    /// <returns>Why it is refused, or null.</returns>
    Task<string?> Want(string channel, double target);

    /// <summary>A channel's run has ended: its target holds no longer, the device stays where it is.</summary>
    Task Release(string channel);

    /// <summary>Takes a reading.</summary>
    Task Observe(double value, double setPoint, bool held, string? tripped);

    /// <summary>What a person may see.</summary>
    Task<ConditionView> View();
}
