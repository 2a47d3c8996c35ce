using System.Collections.Immutable;
using CycleRig.Core.Protocols;

namespace CycleRig.Contracts;

/// <summary>A rig; key `rig`. It mirrors the supervisor and takes a person's orders for all of it.</summary>
public interface IRigGrain : IGrainWithStringKey
{
    /// <summary>Everything that a person may see.</summary>
    Task<RigView> View();

    /// <summary>Gives channels the protocol of their next run.</summary>
    /// <returns>Why it cannot be, or null.</returns>
    Task<string?> Assign([Immutable] Protocol protocol, ImmutableArray<string> channels);

    /// <summary>Acknowledges the trip of a chamber or a press.</summary>
    /// <returns>Why it cannot be, or null.</returns>
    Task<string?> Acknowledge(string device, string operatorName);
}
