using System.Collections.Immutable;
using CycleRig.Core.Quantities;

namespace CycleRig.Core.Scenarios;

/// <summary>What files say of a kind of upset.</summary>
/// <param name="Name">As written in files.</param>
/// <param name="Kind">The kind.</param>
/// <param name="HasSize">Whether it has a size.</param>
/// <param name="Size">Dimension of the size, or null for a bare number.</param>
/// <param name="SizeMin">Smallest size, in SI.</param>
/// <param name="SizeMax">Largest size, in SI.</param>
/// <param name="Lasts">Whether it has a duration.</param>
public sealed record UpsetFacts(string Name, UpsetKind Kind, bool HasSize, Dimension? Size, double SizeMin, double SizeMax, bool Lasts)
{
    /// <summary>Every kind, in the order of the documentation.</summary>
    public static ImmutableArray<UpsetFacts> All { get; } =
    [
        Bare("cable_pulled", UpsetKind.CablePulled),
        Bare("half_open", UpsetKind.HalfOpen),
        Bare("reboot", UpsetKind.Reboot),
        new("stuck_range", UpsetKind.StuckRange, true, Dimension.Current, 0, 1, true),
        Bare("sample_gap", UpsetKind.SampleGap),
        new("clock_jump", UpsetKind.ClockJump, true, Dimension.Time, -1e7, 1e7, false),
        new("clock_drift", UpsetKind.ClockDrift, true, null, -0.1, 0.1, true),
        new("slow_answers", UpsetKind.SlowAnswers, true, Dimension.Time, 0, 3600, true),
        new("late_answers", UpsetKind.LateAnswers, true, Dimension.Time, 0, 3600, true),
        Bare("wrong_channel", UpsetKind.WrongChannel),
        Bare("output_stuck_on", UpsetKind.OutputStuckOn),
        new("noisy_spectra", UpsetKind.NoisySpectra, true, null, 0, 1000, true),
        new("clipped_spectra", UpsetKind.ClippedSpectra, true, Dimension.Resistance, 0, 1e9, true),
        new("missing_points", UpsetKind.MissingPoints, true, null, 0, 1, true),
        new("outlier_points", UpsetKind.OutlierPoints, true, null, 0, 1, true),
        new("invalid_points", UpsetKind.InvalidPoints, true, null, 0, 1, true),
        Bare("frozen_spectra", UpsetKind.FrozenSpectra),
        new("mains", UpsetKind.Mains, true, Dimension.Voltage, 0, 10, true),
        new("lead_step", UpsetKind.LeadStep, true, Dimension.Resistance, 0, 1e4, false),
        new("soft_short", UpsetKind.SoftShort, false, null, 0, 0, false),
        new("sudden_short", UpsetKind.SuddenShort, false, null, 0, 0, false),
    ];

    /// <summary>The facts of a name, or null.</summary>
    public static UpsetFacts? Find(string name) => All.FirstOrDefault(facts => facts.Name == name);

    private static UpsetFacts Bare(string name, UpsetKind kind) => new(name, kind, false, null, 0, 0, true);
}
