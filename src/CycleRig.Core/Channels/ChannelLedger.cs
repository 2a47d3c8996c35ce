using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What a channel knows in every state.</summary>
public sealed record ChannelLedger
{
    public static ChannelLedger Empty { get; } = new();

    /// <summary>Rises whenever the state changes; commands that can raise current cite it.</summary>
    public long Version { get; init; }

    /// <summary>Rig time of the newest event.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>Number of the newest session event that was decided.</summary>
    public long SessionEvent { get; init; }

    /// <summary>Whether a session event was decided already: sessions number theirs within a boot, and an attachment tells the boot.</summary>
    public bool HasDecided(ChannelEvent happened) => happened switch
    {
        Attached attached => attached.Token.BootId == Boot && attached.Ordinal <= SessionEvent,
        SessionEvent seen => seen.Ordinal <= SessionEvent,
        _ => false,
    };

    /// <summary>The session's stop number as last reported.</summary>
    public long StopNumber { get; init; }

    /// <summary>Token of this host, or null when it owns no session.</summary>
    public OwnerToken? Token { get; init; }

    /// <summary>Boot of the device host whose events were decided last; a restarted host keeps it.</summary>
    public Guid? Boot { get; init; }

    /// <summary>Stop number that the session granted to this host, or null.</summary>
    public long? GrantedNumber { get; init; }

    /// <summary>Whether the instrument answers.</summary>
    public bool DeviceOnline { get; init; } = true;

    /// <summary>Whether the session confirmed the cell off since the last arm.</summary>
    public bool OffConfirmed { get; init; }

    /// <summary>Permits that are withdrawn, with the reason.</summary>
    public ImmutableDictionary<Permit, Cause> Withdrawn { get; init; } = ImmutableDictionary<Permit, Cause>.Empty;

    /// <summary>Newest sample.</summary>
    public Sample? Sample { get; init; }

    /// <summary>Charge of the run.</summary>
    public ChargePair Charge { get; init; }

    /// <summary>Time under current since the newest datum under a valid verdict, s by sample time.</summary>
    public double BlindSeconds { get; init; }

    /// <summary>Throughput since then, upper bound, C.</summary>
    public double BlindCoulombs { get; init; }

    /// <summary>Newest level.</summary>
    public WarningLevel Level { get; init; }

    /// <summary>Reasons other than permits that keep a cause open.</summary>
    public ImmutableHashSet<Reason> Present { get; init; } = [];
}
