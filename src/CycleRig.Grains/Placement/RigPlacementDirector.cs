using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace CycleRig.Grains.Placement;

/// <summary>
/// Finds the host of a rig by what each silo says of itself. The stock filter compares with the calling silo, which is any; here the
/// key of the grain decides, whoever calls.
/// </summary>
internal sealed class RigPlacementDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    /// <summary>Under this a silo says whose rig it holds.</summary>
    public const string Rig = "cyclerig.rig";

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var key = target.GrainIdentity.Key.ToString()!;
        var rig = key.Split('/')[0];
        foreach (var silo in context.GetCompatibleSilos(target))
        {
            if (metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault(Rig) == rig)
                return Task.FromResult(silo);
        }

        throw new OrleansException($"no host holds rig {rig}: its cells are off. Start `cyclerig serve` on the machine with its data folder.");
    }
}
