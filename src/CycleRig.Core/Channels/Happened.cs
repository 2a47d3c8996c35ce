namespace CycleRig.Core.Channels;

/// <summary>An event with its place in the channel's history.</summary>
/// <param name="Number">Number among the channel's events, rising; <see cref="Durable"/> counts in it.</param>
/// <param name="At">Rig time.</param>
/// <param name="Event">What happened.</param>
public readonly record struct Happened(long Number, TimeSpan At, ChannelEvent Event);
