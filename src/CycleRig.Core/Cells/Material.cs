using CycleRig.Core.Quantities;

namespace CycleRig.Core.Cells;

/// <summary>Solid electrolyte, with the prior of its bulk activation energy.</summary>
/// <param name="Name">Name as written in files.</param>
/// <param name="ActivationEnergy">Of the bulk, for σT (that is with the T prefactor); Li6.4La3Zr1.4Ta0.6O12 0.39 eV nominal, 0.34-0.43 reported.</param>
/// <param name="ActivationEnergySd">Standard deviation of the prior.</param>
public sealed record Material(string Name, ActivationEnergy ActivationEnergy, ActivationEnergy ActivationEnergySd)
{
    public static Material Llzto { get; } = new("LLZTO", new(0.39), new(0.02));

    public static Material SodiumBetaAlumina { get; } = new("Na-beta-alumina", new(0.29), new(0.03));
}
