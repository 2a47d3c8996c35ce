namespace CycleRig.Devices.Instruments;

/// <summary>One reading of a chamber (°C) or a press (MPa).</summary>
/// <param name="Value">°C or MPa.</param>
/// <param name="SetPoint">°C or MPa, as read back.</param>
/// <param name="Valid">False for a broken sensor, an overload or an alarm of the device.</param>
/// <param name="Fault">What is wrong, or null.</param>
public readonly record struct ConditionReading(double Value, double SetPoint, bool Valid, string? Fault);
