using CycleRig.Impedance.Cells;
using CycleRig.Reports.Protocols;

namespace CycleRig.Reports.Verdicts;

/// <summary>What spectra at rest after the halt say of it.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Healthy">The reading that they are compared with: the last one at rest before the damage, else one under current.</param>
/// <param name="Run">The `after-halt` run that measured them; null where the halted run did.</param>
public sealed record AfterHaltEvidence(AfterHaltVerdict Verdict, CellReading Healthy, Guid? Run);
