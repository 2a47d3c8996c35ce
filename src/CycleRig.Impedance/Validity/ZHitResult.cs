using System.Collections.Immutable;

namespace CycleRig.Impedance.Validity;

/// <summary>A modulus reconstructed from the phase. Arrays have the N points of the data, in their order.</summary>
public sealed record ZHitResult
{
    /// <summary>Reconstructed |Z|, Ω.</summary>
    public required ImmutableArray<double> ModulusOhms { get; init; }

    /// <summary>ln(measured |Z| / reconstructed |Z|): near the relative deviation. A trend towards low frequencies is drift.</summary>
    public required ImmutableArray<double> Residuals { get; init; }

    /// <summary>Lower end of the window in which the constant was fitted, Hz.</summary>
    public required double WindowLowHz { get; init; }

    /// <summary>Upper end of that window, Hz.</summary>
    public required double WindowHighHz { get; init; }

    /// <summary>Points of the local parabola that smoothed the phase.</summary>
    public required int SmoothingPoints { get; init; }
}
