namespace CycleRig.Contracts;

/// <summary>A rig; key `rig`. It mirrors the supervisor and takes a person's orders for all of it.</summary>
public interface IRigGrain : IGrainWithStringKey
{
    /// <summary>Everything that a person may see.</summary>
    Task<RigView> View();

    /// <summary>Halts every channel.</summary>
    Task HaltAll(string operatorName, string why, TimeSpan at);
}
