namespace CycleRig.Impedance.Derived;

/// <summary>Which of the two usual laws: they give activation energies that differ by about k T (0.026 eV at 30 °C).</summary>
public enum ArrheniusForm
{
    /// <summary>σ T = A exp(-Ea/(k T)): hopping ions. A in S K/m.</summary>
    WithTemperature,

    /// <summary>σ = A exp(-Ea/(k T)). A in S/m.</summary>
    Plain,
}
