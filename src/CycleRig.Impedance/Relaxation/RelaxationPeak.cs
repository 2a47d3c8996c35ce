namespace CycleRig.Impedance.Relaxation;

/// <summary>A peak of a distribution of relaxation times, from valley to valley.</summary>
/// <param name="TimeConstantSeconds">Mean of ln τ over the peak, as τ, s.</param>
/// <param name="TimeConstantLowSeconds">Lower end of its 95 % interval, s.</param>
/// <param name="TimeConstantHighSeconds">Upper end, s.</param>
/// <param name="ResistanceOhms">Integral of γ from valley to valley, Ω.</param>
/// <param name="ResistanceLowOhms">Lower end of its 95 % interval, Ω.</param>
/// <param name="ResistanceHighOhms">Upper end, Ω.</param>
public readonly record struct RelaxationPeak(
    double TimeConstantSeconds,
    double TimeConstantLowSeconds,
    double TimeConstantHighSeconds,
    double ResistanceOhms,
    double ResistanceLowOhms,
    double ResistanceHighOhms);
