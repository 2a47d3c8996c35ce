using System.Collections.Immutable;

namespace CycleRig.Impedance.Validity;

/// <summary>What is to be thought of a point.</summary>
public enum PointGrade
{
    Good,

    /// <summary>Far from what the other points and the Kramers-Kronig relations allow.</summary>
    Outlier,

    /// <summary>The instrument was at the end of its range.</summary>
    Saturated,

    /// <summary>No number, or no point where one should be.</summary>
    Missing,

    /// <summary>Harmonics: the amplitude was too large for the cell.</summary>
    NonLinear,

    /// <summary>The cell changed while the point was measured.</summary>
    NonStationary,

    /// <summary>Noise of the instrument's own figure.</summary>
    Noisy,
}

/// <summary>What is to be thought of a spectrum.</summary>
public enum SpectrumGrade
{
    Good,

    /// <summary>Not enough points to tell anything.</summary>
    TooFew,

    /// <summary>More than a fifth of the points saturated.</summary>
    Saturated,

    /// <summary>More than a fifth of the points nonlinear.</summary>
    NonLinear,

    /// <summary>The cell changed during the sweep: Kramers-Kronig relations are violated systematically.</summary>
    NonStationary,

    /// <summary>The noise is above the limit.</summary>
    Noisy,

    /// <summary>More than a fifth of the points are missing or lie apart.</summary>
    Incomplete,
}

/// <summary>The verdict on a point.</summary>
/// <param name="Index">Index in the data; -1 for a point that should be there and is not.</param>
/// <param name="FrequencyHz">Its frequency, Hz.</param>
/// <param name="Grade">The verdict.</param>
/// <param name="Reason">What, where, and what to do; empty for a good point.</param>
public readonly record struct PointVerdict(int Index, double FrequencyHz, PointGrade Grade, string Reason);

/// <summary>The verdict on a spectrum.</summary>
public sealed record SpectrumVerdict
{
    public required SpectrumGrade Grade { get; init; }

    /// <summary>What, with numbers, and what to do. Never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>All points in the order of the data, then those that should be there and are not.</summary>
    public required ImmutableArray<PointVerdict> Points { get; init; }

    /// <summary>
    /// The Kramers-Kronig test of the points that could be tested; its arrays have those points only, in the order of the data. Null for too few
    /// points.
    /// </summary>
    public required KramersKronigResult? KramersKronig { get; init; }

    /// <summary>The modulus from the phase of the same points; null for too few.</summary>
    public required ZHitResult? ZHit { get; init; }

    /// <summary>Change of Re Z over the sweep relative to |Z| at the lowest frequency, where the spectrum shows one; else 0.</summary>
    public required double DriftPart { get; init; }
}
