namespace CycleRig.Devices.Simulated.Playing;

/// <summary>A program that ended before its last step.</summary>
/// <param name="Seconds">When, s of rig time.</param>
/// <param name="By">The limit of the instrument: `voltage_min`, `voltage_max`, `current_max`; or why it refused a segment.</param>
public sealed record ProgramCut(double Seconds, string By);
