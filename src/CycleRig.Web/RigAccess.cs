using CycleRig.Contracts;

namespace CycleRig.Web;

/// <summary>What the API needs of its host.</summary>
/// <param name="Rig">Name of the rig.</param>
/// <param name="Grains">Grains of the rig.</param>
/// <param name="Now">Rig time.</param>
/// <param name="NewRun">Makes the id of a run.</param>
/// <param name="Token">Bearer token that every request but `/healthz` needs.</param>
/// <param name="DataFolder">Folder of the journal, for history.</param>
public sealed record RigAccess(string Rig, IGrainFactory Grains, Func<TimeSpan> Now, Func<Guid> NewRun, string Token, string DataFolder)
{
    internal IChannelGrain Channel(string name) => Grains.GetGrain<IChannelGrain>($"{Rig}/{name}");

    internal IRigGrain RigGrain => Grains.GetGrain<IRigGrain>(Rig);
}
