using CycleRig.Core.Cells;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Replaying;

/// <summary>What of the settings belongs to the cell of a recording.</summary>
internal static class CellSettings
{
    /// <summary>Settings with the activation energy of cell.json and, as live, the prior of the material: that of LLZTO where it is not known.</summary>
    public static DetectorSettings Of(CellFacts cell, DetectorSettings settings) => settings with
    {
        ActivationElectronVolts = cell.ActivationElectronVolts, ActivationSdElectronVolts = ActivationSd(cell.All["material"]?.ToString()),
    };

    /// <summary>Set-point of the press, MPa; 0 where there is none.</summary>
    public static double Pressure(CellFacts cell) => double.IsFinite(cell.PressureSetPointMegapascals) ? cell.PressureSetPointMegapascals : 0;

    private static double ActivationSd(string? material) =>
        (material == Material.SodiumBetaAlumina.Name ? Material.SodiumBetaAlumina : Material.Llzto).ActivationEnergySd.ElectronVolts;
}
