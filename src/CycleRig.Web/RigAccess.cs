using CycleRig.Contracts;
using CycleRig.Core.Safety;
using CycleRig.Storage.History;

namespace CycleRig.Web;

/// <summary>What the API needs of its host.</summary>
/// <param name="Rig">Name of the rig.</param>
/// <param name="Channels">Names of its channels.</param>
/// <param name="Stop">Turns a channel's cell off at once, by the link and not by its grain: channel, cause.</param>
/// <param name="Grains">Grains of the rig.</param>
/// <param name="Now">Rig time.</param>
/// <param name="NewRun">Makes the id of a run.</param>
/// <param name="Token">Bearer token that every request but `/healthz` needs.</param>
/// <param name="DataFolder">Folder of the journal.</param>
/// <param name="History">What was measured and decided.</param>
public sealed record RigAccess(
    string Rig, IReadOnlyCollection<string> Channels, Action<string, Cause> Stop, IGrainFactory Grains, Func<TimeSpan> Now, Func<Guid> NewRun, string Token, string DataFolder, IHistory History)
{
    internal IChannelGrain Channel(string name) => Grains.GetGrain<IChannelGrain>($"{Rig}/{name}");

    internal IRigGrain RigGrain => Grains.GetGrain<IRigGrain>(Rig);
}
