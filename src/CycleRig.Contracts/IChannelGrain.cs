using CycleRig.Core.Channels;

namespace CycleRig.Contracts;

/// <summary>A channel of a rig; key `rig/channel`.</summary>
public interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>Takes what happened on the device side, in order. One turn, no waiting.</summary>
    Task Observe([Immutable] ChannelEvent happened, TimeSpan at);

    /// <summary>Carries out a person's order, or says why not.</summary>
    Task<OrderAnswer> Order([Immutable] OperatorEvent order, TimeSpan at);

    /// <summary>What a person may see.</summary>
    Task<ChannelView> View();
}
