namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>Loss of R_bulk after a charge.</summary>
/// <param name="Charge">Magnitude of the charge plated since the start, mAh/cm²; does not fall from one point to the next.</param>
/// <param name="Loss">Share of R_bulk that is lost, compensated for temperature; below 1, negative by noise.</param>
/// <param name="LossSd">Standard error of it, above 0.</param>
public readonly record struct LossPoint(double Charge, double Loss, double LossSd);
