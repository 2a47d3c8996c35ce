using CycleRig.Devices.Instruments;

namespace CycleRig.Devices.Sessions;

/// <summary>A channel with all that is connected to it.</summary>
/// <param name="Settings">Of its session.</param>
/// <param name="Instrument">Its output of a potentiostat.</param>
/// <param name="Relay">Relay in its current lead, or null.</param>
/// <param name="Chamber">Name of the chamber that its cell stands in.</param>
/// <param name="Press">Name of the press that its cell stands in, or null.</param>
public sealed record ChannelWiring(
    SessionSettings Settings, IPotentiostatChannel Instrument, ICellRelay? Relay, string Chamber, string? Press);
