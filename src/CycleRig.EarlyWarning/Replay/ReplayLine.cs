namespace CycleRig.EarlyWarning.Replay;

/// <summary>What the early warning would have said of a recording.</summary>
/// <param name="TimeSeconds">On the recording's clock: the last datum that was used.</param>
/// <param name="Level">watch, warning, halt.</param>
/// <param name="Kind">damage or interlock.</param>
/// <param name="Reason">Text of the reason.</param>
public readonly record struct ReplayLine(double TimeSeconds, string Level, string Kind, string Reason);
