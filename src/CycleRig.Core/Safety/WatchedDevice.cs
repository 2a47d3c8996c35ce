namespace CycleRig.Core.Safety;

/// <summary>A chamber or a press that the supervisor watches, with the limits of the rig file.</summary>
/// <param name="Name">Name in the rig file.</param>
/// <param name="Permit">The permit that it gives to its channels.</param>
/// <param name="Trip">The reason of its trips.</param>
/// <param name="Low">Lowest value, °C or MPa.</param>
/// <param name="High">Highest value, °C or MPa.</param>
/// <param name="Unit">Unit of both.</param>
public sealed record WatchedDevice(string Name, Permit Permit, Reason Trip, double Low, double High, string Unit);
