namespace CycleRig.Telemetry.Halting;

/// <summary>What a halt over MQTT needs of its host.</summary>
/// <param name="Rig">Name of the rig.</param>
/// <param name="Channels">Names of its channels.</param>
/// <param name="Halt">Turns a channel's cell off at once, whatever it does, and latches the halt: channel, who, why. Never waits for a disk.</param>
/// <param name="RunOf">Id of the run of a channel, or null.</param>
/// <param name="IsOff">Whether a channel's cell is confirmed off.</param>
public sealed record HaltTarget(
    string Rig, IReadOnlyList<string> Channels, Action<string, string, string> Halt, Func<string, Task<string?>> RunOf, Func<string, Task<bool>> IsOff);
