namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>What a verdict left in the journal of one valid sweep.</summary>
/// <param name="Seconds">Time of its end, s, on the clock of <paramref name="OnsetSeconds"/>.</param>
/// <param name="Charge">Charge that has passed either way since the run's start, mAh/cm²; it never falls.</param>
/// <param name="Density">Direct current density under the sweep, mA/cm², signed; 0 at rest.</param>
/// <param name="BulkOhms">R_bulk at 30 °C, Ω.</param>
/// <param name="InterfaceOhms">R_int, Ω; NaN when it is not determined.</param>
/// <param name="Statistic">Of the detector, standard deviations; 0 while it learns.</param>
/// <param name="OnsetSeconds">Onset that the detector estimates, s; NaN when there is none.</param>
public readonly record struct JudgedSweep(
    double Seconds, double Charge, double Density, double BulkOhms, double InterfaceOhms, double Statistic, double OnsetSeconds);
