using CycleRig.Core.Channels;

namespace CycleRig.Devices.Links;

/// <summary>What a device host says; a closed family.</summary>
/// <param name="Source">Name of the channel, chamber or press.</param>
/// <param name="At">Rig time of the device host.</param>
public abstract record DeviceMessage(string Source, TimeSpan At);

/// <summary>An event of a channel's session.</summary>
public sealed record ChannelMessage(string Source, TimeSpan At, ChannelEvent Event) : DeviceMessage(Source, At);

/// <summary>The state of a chamber (°C) or a press (MPa), once a second.</summary>
/// <param name="Source">Name of the device.</param>
/// <param name="At">Rig time of the device host.</param>
/// <param name="Value">°C or MPa.</param>
/// <param name="SetPoint">°C or MPa, as read back.</param>
/// <param name="Within">Whether it is within its limits.</param>
/// <param name="Held">Whether it gives its permit.</param>
/// <param name="Tripped">Why it has tripped, or null.</param>
public sealed record ConditionMessage(string Source, TimeSpan At, double Value, double SetPoint, bool Within, bool Held, string? Tripped)
    : DeviceMessage(Source, At);
