using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>Everything that a press remembers.</summary>
public sealed class PressState
{
    /// <summary>Rig time of the last step, s.</summary>
    public double SteppedSeconds { get; set; }

    /// <summary>Set-point that the host wrote, MPa.</summary>
    public double TargetMegapascals { get; set; }

    /// <summary>What the drive has reached of it, MPa.</summary>
    public double DriveMegapascals { get; set; }

    /// <summary>True stack pressure, mean of the cells, MPa.</summary>
    public double Megapascals { get; set; }

    /// <summary>True temperature of the stack, °C.</summary>
    public double StackCelsius { get; set; }

    /// <summary>Temperature of the stack when it was last loaded, °C.</summary>
    public double LoadedCelsius { get; set; }

    /// <summary>Charge plated in all cells when the stack was last loaded, mAh.</summary>
    public double LoadedMilliampereHours { get; set; }

    /// <summary>Time since the stack was last loaded, s.</summary>
    public double LoadedSeconds { get; set; }

    /// <summary>Charge plated onto the working electrode of each cell, net, mAh.</summary>
    public required double[] PlatedMilliampereHours { get; set; }

    /// <summary>Pressure on each cell over the mean; their sum is the number of cells as long as the others take over what one loses.</summary>
    public required double[] Shares { get; set; }

    /// <summary>Of the sensor's noise.</summary>
    public required Draw Noise { get; set; }
}
