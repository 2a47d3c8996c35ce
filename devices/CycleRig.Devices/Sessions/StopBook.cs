using System.Collections.Immutable;
using CycleRig.Core.Safety;

namespace CycleRig.Devices.Sessions;

/// <summary>Counts the stops of a channel since the device host's boot and keeps the newest.</summary>
internal sealed class StopBook
{
    private const int Kept = 64;

    /// <summary>The stop number. It only rises.</summary>
    public long Number { get; private set; }

    public ImmutableArray<NumberedStop> Newest { get; private set; } = [];

    /// <summary>Whether an off that is overdue has not been reported yet.</summary>
    public bool NeedsRelayReport { get; private set; } = true;

    public void Raise(Cause cause)
    {
        Number++;
        var kept = Newest.Length == Kept ? Newest.RemoveAt(0) : Newest;
        Newest = kept.Add(new(Number, cause));
    }

    public void RelayReported() => NeedsRelayReport = false;

    public void OffConfirmed() => NeedsRelayReport = true;
}
