using CycleRig.Core.Channels;
using CycleRig.Grains.Placement;
using CycleRig.Grains.Running;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;

namespace CycleRig.Grains;

/// <summary>Puts the grains of a rig on a silo.</summary>
public static class GrainsHosting
{
    /// <summary>The silo holds this rig: its grains live here and nowhere else.</summary>
    public static ISiloBuilder AddCycleRigGrains(this ISiloBuilder silo, RigRuntime runtime)
    {
        silo.Services.AddSingleton(runtime);
        silo.Services.AddCycleRigMessages();
        silo.UseSiloMetadata(new Dictionary<string, string> { [RigPlacementDirector.Rig] = runtime.Rig.Name });
        return silo.AddPlacementDirector<RigPlacement, RigPlacementDirector>();
    }

    /// <summary>Messages of Core cross a grain boundary as the JSON that the journal keeps; for silos and clients.</summary>
    public static IServiceCollection AddCycleRigMessages(this IServiceCollection services) => services.AddSerializer(serializer =>
        serializer.AddJsonSerializer(type => type.Namespace?.StartsWith("CycleRig.Core", StringComparison.Ordinal) == true, MessageJson.Options));
}
