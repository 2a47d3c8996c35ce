using CycleRig.Core.Channels;
using CycleRig.Core.Safety;

namespace CycleRig.Grains.Running;

/// <summary>Halts every channel while the journal cannot be trusted to take what happens; two may say so, and it is over when neither does.</summary>
/// <param name="runtime">The rig.</param>
internal sealed class StorageCause(RigRuntime runtime)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _open = [];

    public void Found(string source, string text)
    {
        lock (_gate)
        {
            if (!_open.Add(source) || _open.Count > 1)
                return;
        }

        foreach (var channel in runtime.Channels)
            runtime.Tell(channel, new CauseFound(Reason.Storage, text));
    }

    public void Gone(string source)
    {
        lock (_gate)
        {
            if (!_open.Remove(source) || _open.Count > 0)
                return;
        }

        foreach (var channel in runtime.Channels)
            runtime.Tell(channel, new CauseGone(Reason.Storage));
    }
}
