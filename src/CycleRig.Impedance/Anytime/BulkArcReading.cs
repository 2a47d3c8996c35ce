namespace CycleRig.Impedance.Anytime;

/// <summary>What the points so far say of the bulk resistance.</summary>
/// <param name="BulkOhms">R_bulk, Ω.</param>
/// <param name="RelativeSd">
/// Standard error of ln R_bulk by the noise of this sweep: for comparing sweeps with one fit at rest, whose own error is common to all.
/// </param>
/// <param name="Points">Points that count.</param>
/// <param name="IsDetermined">Whether the standard error is within the limit of the options; before that it is no measurement.</param>
/// <param name="IsLeftOut">Whether the point that was added last lies too far from all others to count.</param>
public readonly record struct BulkArcReading(double BulkOhms, double RelativeSd, int Points, bool IsDetermined, bool IsLeftOut);
