using Orleans.Placement;

namespace CycleRig.Grains.Placement;

/// <summary>A rig's grains live on the host that holds its journal and its device host, or nowhere.</summary>
[GenerateSerializer, Immutable]
internal sealed class RigPlacement : PlacementStrategy
{
    public static RigPlacement Singleton { get; } = new();
}

/// <summary>Places a grain by the rig in its key, `rig` or `rig/name`.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RigPlacementAttribute() : PlacementAttribute(RigPlacement.Singleton);
