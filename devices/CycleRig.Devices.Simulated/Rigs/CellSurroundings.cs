using CycleRig.Devices.Simulated.Conditions;

namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>What is around a cell, and what the cell does to its neighbours: all cells of a press feel what is plated in one.</summary>
/// <param name="chamber">Where it stands.</param>
/// <param name="press">Its press, or null.</param>
/// <param name="index">Which of the cells of that press, from 0.</param>
public sealed class CellSurroundings(SimulatedChamber chamber, SimulatedPress? press, int index)
{
    /// <summary>Air temperature, °C.</summary>
    public double Celsius => chamber.Celsius;

    /// <summary>Stack pressure on this cell, MPa; 0 without a press.</summary>
    public double Megapascals => press?.Model.MegapascalsOf(index) ?? 0;

    /// <summary>Tells the press what has been plated, net.</summary>
    /// <param name="milliampereHours">Metal on the working electrode, mAh; negative where it has lost some.</param>
    public void Breathe(double milliampereHours) => press?.Model.Breathe(index, milliampereHours);
}
