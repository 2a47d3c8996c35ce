using System.Collections.Immutable;

namespace CycleRig.Impedance.Relaxation;

/// <summary>A distribution of relaxation times: Z = R∞ + iωL + 1/(iωC) + ∫ γ(ln τ) / (1 + iωτ) d ln τ.</summary>
public sealed record RelaxationDistribution
{
    /// <summary>K time constants, rising in equal ratios, s.</summary>
    public required ImmutableArray<double> TimeConstantsSeconds { get; init; }

    /// <summary>K values of γ, Ω per unit of ln τ, not below 0.</summary>
    public required ImmutableArray<double> GammaOhms { get; init; }

    /// <summary>R∞, Ω, not below 0.</summary>
    public required double OhmicOhms { get; init; }

    /// <summary>L, H, not below 0; 0 where it was not fitted.</summary>
    public required double InductanceHenries { get; init; }

    /// <summary>C in series, F; infinite where there is none or it was not fitted.</summary>
    public required double CapacitanceFarads { get; init; }

    /// <summary>Integral of γ, Ω.</summary>
    public required double PolarisationOhms { get; init; }

    /// <summary>
    /// λ: the distribution minimises Σ w² |Z - fit|² + λ ∫ (d²γ/d(ln τ)²)² d ln τ / S² with S the largest |Z|, Ω, and w = 1/|Z| (or 1/S with unit
    /// weights).
    /// </summary>
    public required double Lambda { get; init; }

    /// <summary>How λ was found: "GCV", "L-curve" or "given".</summary>
    public required string Method { get; init; }

    /// <summary>Root mean square of the residuals of one part, relative to |Z| (with unit weights to the largest |Z|).</summary>
    public required double RmsResidual { get; init; }

    /// <summary>Effective number of parameters.</summary>
    public required double EffectiveParameters { get; init; }

    /// <summary>Whether positive relaxations describe the data; see <see cref="Reason"/>.</summary>
    public required bool Applies { get; init; }

    /// <summary>Why the distribution does not apply; empty where it does.</summary>
    public required string Reason { get; init; }

    /// <summary>Peaks in order of rising time constant.</summary>
    public required ImmutableArray<RelaxationPeak> Peaks { get; init; }
}
