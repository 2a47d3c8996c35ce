namespace CycleRig.Reports.Plots;

/// <summary>One verdict of a run, for plots.</summary>
/// <param name="TimeSeconds">On the recording's clock, s.</param>
/// <param name="BulkOhms">R_bulk, Ω; NaN without a valid spectrum.</param>
/// <param name="InterfaceOhms">R_int, Ω; NaN without a valid spectrum.</param>
public readonly record struct FitPoint(double TimeSeconds, double BulkOhms, double InterfaceOhms);
