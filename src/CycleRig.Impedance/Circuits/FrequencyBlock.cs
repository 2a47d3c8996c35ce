using System.Runtime.Intrinsics;

namespace CycleRig.Impedance.Circuits;

/// <summary>The frequencies at which a circuit is evaluated at once, with what elements need of them.</summary>
/// <param name="Omega">Angular frequencies, 1/s.</param>
/// <param name="LogOmega">Their logarithms.</param>
/// <param name="Elapsed">Time of each point since the instant for which the parameters hold, in lengths of the sweep; 0 where cells stand still.</param>
public readonly record struct FrequencyBlock(Vector256<double> Omega, Vector256<double> LogOmega, Vector256<double> Elapsed)
{
    /// <summary>jω.</summary>
    public ComplexVector ImaginaryOmega => new(Vector256<double>.Zero, Omega);
}
