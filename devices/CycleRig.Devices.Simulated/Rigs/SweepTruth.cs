namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>What a simulated cell really was at the end of a sweep.</summary>
/// <param name="EndSeconds">Rig time, s.</param>
/// <param name="Loss">Share of the bulk resistance that metal had taken.</param>
/// <param name="BulkOhms">Bulk resistance, Ω.</param>
public readonly record struct SweepTruth(double EndSeconds, double Loss, double BulkOhms);
