using CycleRig.Core.Quantities;

namespace CycleRig.Core.Cells;

/// <summary>What a cell may see, whatever a protocol says. The guard holds every sample against it.</summary>
/// <param name="VoltageMin">Lowest voltage, V.</param>
/// <param name="VoltageMax">Highest voltage, V.</param>
/// <param name="CurrentMax">Largest magnitude of the current.</param>
/// <param name="ChargeMax">Largest magnitude of the net charge of one run.</param>
/// <param name="TemperatureMin">Lowest cell temperature.</param>
/// <param name="TemperatureMax">Highest cell temperature.</param>
/// <param name="PressureMin">Lowest stack pressure under current.</param>
/// <param name="PressureMax">Highest stack pressure.</param>
public sealed record CellLimits(
    Voltage VoltageMin,
    Voltage VoltageMax,
    Current CurrentMax,
    Charge ChargeMax,
    Temperature TemperatureMin,
    Temperature TemperatureMax,
    Pressure PressureMin,
    Pressure PressureMax);
