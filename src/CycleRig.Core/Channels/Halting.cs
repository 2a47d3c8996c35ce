using System.Collections.Immutable;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>How a channel halts: off, latched, every cause kept once and in order.</summary>
internal static class Halting
{
    /// <summary>Halts and orders the cell off.</summary>
    public static Decision Halt(ChannelState state, Reason reason, string detail, params ReadOnlySpan<ChannelCommand> first)
    {
        var cause = new Cause(reason, state.Ledger.Now, detail);
        ImmutableArray<ChannelCommand> commands = [.. first, new CellOff(Finish: false, cause), .. Alarm(state, cause)];
        return new(Latched(state, cause), commands);
    }

    /// <summary>Halts after a stop that the session made by itself: the cell goes off already.</summary>
    public static Decision Latch(ChannelState state, Cause cause) => new(Latched(state, cause), Alarm(state, cause));

    /// <summary>Progress without anything on its way: what is live or wanted is gone with a stop.</summary>
    public static RunProgress Emptied(RunProgress progress) => progress with
    {
        Live = null, Queued = null, Wanted = null, Grant = null, Check = null, SettledSince = null, Restart = null, Refusals = 0,
    };

    private static Halted Latched(ChannelState state, Cause cause) => state switch
    {
        Halted halted when Has(halted, cause.Reason) => halted,
        Halted halted => halted with { Causes = halted.Causes.Add(cause), Probe = null },
        _ => new(state.Ledger, state.OpenRun is { } progress ? Emptied(progress) : null, [cause]),
    };

    private static ImmutableArray<ChannelCommand> Alarm(ChannelState state, Cause cause) =>
        state is Halted halted && Has(halted, cause.Reason) ? [] : [new RaiseAlarm(cause.Reason, cause.Detail)];

    private static bool Has(Halted halted, Reason reason) => halted.Causes.Any(known => known.Reason == reason);
}
