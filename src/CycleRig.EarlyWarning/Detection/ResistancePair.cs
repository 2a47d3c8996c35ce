namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a whole sweep said of both resistances, at 30 °C.</summary>
/// <param name="LogBulk">ln R_bulk, Ω.</param>
/// <param name="BulkSd">Standard error of that.</param>
/// <param name="LogInterface">ln R_int, Ω.</param>
/// <param name="InterfaceSd">Standard error of that.</param>
/// <param name="Ratio">R_int/R_bulk at the temperature of the sweep.</param>
public readonly record struct ResistancePair(double LogBulk, double BulkSd, double LogInterface, double InterfaceSd, double Ratio);
