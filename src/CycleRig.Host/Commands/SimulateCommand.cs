using System.CommandLine;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig simulate`: what is computed without a rig.</summary>
internal static class SimulateCommand
{
    public static Command Build() => new("simulate", "Computes what happens in a cell, without a rig.") { SimulateFocusingCommand.Build() };
}
