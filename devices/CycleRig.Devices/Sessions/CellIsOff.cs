namespace CycleRig.Devices.Sessions;

/// <summary>Whether the cell of a channel is confirmed off.</summary>
public readonly record struct CellIsOff(string Channel, bool IsOff);
