using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Instruments;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>All that changes in a simulated rig at one moment; plain data.</summary>
/// <param name="Seconds">Rig time, s.</param>
/// <param name="Channels">Instruments and cells, by channel.</param>
/// <param name="Chambers">By name.</param>
/// <param name="Presses">By name.</param>
public sealed record RigSnapshot(
    double Seconds, Dictionary<string, ChannelSnapshot> Channels, Dictionary<string, ChamberState> Chambers, Dictionary<string, PressState> Presses);

/// <summary>One channel.</summary>
/// <param name="Instrument">Its instrument.</param>
/// <param name="Cell">The cell on it.</param>
/// <param name="RelayFedSeconds">Rig time at which its relay was last fed, s, or null.</param>
public sealed record ChannelSnapshot(ChannelState Instrument, CellState Cell, double? RelayFedSeconds);
