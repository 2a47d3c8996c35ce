using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Safety;

/// <summary>What the guard holds every sample against.</summary>
/// <param name="Cell">Limits of the cell.</param>
/// <param name="CurrentRange">Largest current that the instrument can report; beyond it a reading is invalid.</param>
/// <param name="VoltageRange">Largest voltage that the instrument can report; beyond it a reading is invalid.</param>
/// <param name="Leakage">Current that a cell may show while it is off.</param>
/// <param name="FrozenAfter">Equal raw readings in a row, under current, that count as frozen.</param>
public sealed record GuardLimits(CellLimits Cell, Current CurrentRange, Voltage VoltageRange, Current Leakage, int FrozenAfter);
