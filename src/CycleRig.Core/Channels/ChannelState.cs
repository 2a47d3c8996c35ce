using System.Collections.Immutable;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>State of a channel; a closed family.</summary>
/// <param name="Ledger">What it knows in every state.</param>
public abstract record ChannelState(ChannelLedger Ledger)
{
    public static ChannelState Initial { get; } = new Idle(ChannelLedger.Empty);

    /// <summary>Whether a run is open: it has not ended.</summary>
    public RunProgress? OpenRun => this switch
    {
        Settling settling => settling.Progress,
        Running running => running.Progress,
        Paused paused => paused.Progress,
        Halted halted => halted.Progress,
        _ => null,
    };
}

/// <summary>No run. The cell is off.</summary>
public sealed record Idle(ChannelLedger Ledger) : ChannelState(Ledger);

/// <summary>Waiting for chamber and press. The cell is off.</summary>
public sealed record Settling(ChannelLedger Ledger, RunProgress Progress) : ChannelState(Ledger);

/// <summary>In a step. The cell is on when a segment is live.</summary>
public sealed record Running(ChannelLedger Ledger, RunProgress Progress) : ChannelState(Ledger);

/// <summary>Stopped by an operator, or after an acknowledge, with the run still open. The cell is off.</summary>
/// <param name="Ledger">What it knows in every state.</param>
/// <param name="Progress">Where the run stands.</param>
/// <param name="Since">Rig time of the pause.</param>
public sealed record Paused(ChannelLedger Ledger, RunProgress Progress, TimeSpan Since) : ChannelState(Ledger);

/// <summary>Latched off. Only an acknowledge of its causes leaves it.</summary>
/// <param name="Ledger">What it knows in every state.</param>
/// <param name="Progress">Where the run stood, or null when there was none.</param>
/// <param name="Causes">In the order in which they were found; the first is the first-out.</param>
/// <param name="Probe">Sweeps around rest that are still to come, or null.</param>
public sealed record Halted(ChannelLedger Ledger, RunProgress? Progress, ImmutableArray<Cause> Causes, ProbeProgress? Probe = null) : ChannelState(Ledger);

/// <summary>The run has come to its planned end. The cell is off.</summary>
/// <param name="Ledger">What it knows in every state.</param>
/// <param name="Run">The run that ended.</param>
public sealed record Completed(ChannelLedger Ledger, Guid Run) : ChannelState(Ledger);
