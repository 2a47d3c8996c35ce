namespace CycleRig.Reports.Plots;

/// <summary>Something that happened, to be marked on a time axis.</summary>
/// <param name="TimeSeconds">On the recording's clock, s.</param>
/// <param name="Text">Short.</param>
public readonly record struct Mark(double TimeSeconds, string Text);
