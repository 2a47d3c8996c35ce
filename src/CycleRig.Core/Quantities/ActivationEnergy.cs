using System.Globalization;

namespace CycleRig.Core.Quantities;

/// <summary>Activation energy of a conductivity, per charge carrier.</summary>
public readonly record struct ActivationEnergy(double ElectronVolts)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ElectronVolts:G6} eV");
}
