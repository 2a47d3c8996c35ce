using System.Collections.Immutable;

namespace CycleRig.Core.Channels;

/// <summary>What follows from one event: the next state, and commands in the order in which they go out.</summary>
/// <param name="Next">State after the event.</param>
/// <param name="Commands">Stops go out at once; energising ones only come from a <see cref="Durable"/> event.</param>
/// <param name="AwaitsDurable">Whether the state now waits for this event to be durable.</param>
/// <param name="Refusal">Why an operator's order was not carried out, or null.</param>
public readonly record struct Decision(
    ChannelState Next, ImmutableArray<ChannelCommand> Commands, bool AwaitsDurable = false, string? Refusal = null)
{
    public static Decision Of(ChannelState next, params ReadOnlySpan<ChannelCommand> commands) => new(next, [.. commands]);

    public static Decision Refuse(ChannelState state, string why) => new(state, [], Refusal: why);
}
