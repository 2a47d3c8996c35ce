using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>What a session is built with.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Cell">The cell on it.</param>
/// <param name="Capabilities">What the instrument can do.</param>
/// <param name="Guard">What the guard holds samples against.</param>
/// <param name="Permits">Permits that the channel needs while current flows.</param>
/// <param name="RecordedVoltageChange">A sample goes to the host at once when the voltage has changed by more than this, V; otherwise one a second does. Negative infinity: every one goes.</param>
public sealed record SessionSettings(
    string Channel,
    Cell Cell,
    ChannelCapabilities Capabilities,
    GuardLimits Guard,
    ImmutableArray<Permit> Permits,
    double RecordedVoltageChange)
{
    /// <summary>A lease runs this long from when the session sent the event that the renewal cites.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>An arm is refused when the newest event that it saw is older.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    /// <summary>An older permit counts as withdrawn.</summary>
    public static readonly TimeSpan PermitAge = TimeSpan.FromSeconds(3);

    /// <summary>The relay is fed only with a sample judged within this; a feed that is missed under current is a stop.</summary>
    public static readonly TimeSpan JudgedWithin = TimeSpan.FromSeconds(1);

    /// <summary>Instrument and rig clock may drift apart by this within a segment; a clock that stands still is found by it.</summary>
    public static readonly TimeSpan DriftMax = TimeSpan.FromSeconds(2);

    /// <summary>The session looks at its clocks this often.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <summary>An off must be confirmed within the abort latency and this, at most <see cref="OffWithinMax"/>; else the relay opens.</summary>
    public static readonly TimeSpan OffWithin = TimeSpan.FromSeconds(1);

    /// <summary>See <see cref="OffWithin"/>.</summary>
    public static readonly TimeSpan OffWithinMax = TimeSpan.FromSeconds(2);
}
