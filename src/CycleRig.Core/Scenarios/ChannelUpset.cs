namespace CycleRig.Core.Scenarios;

/// <summary>Something that befalls a simulated channel at a time.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">Rig time at which it begins.</param>
/// <param name="For">How long it lasts; not used by what happens once.</param>
/// <param name="Size">In the unit that <see cref="UpsetKind"/> says; 0 where it has none.</param>
public sealed record ChannelUpset(UpsetKind Kind, TimeSpan At, TimeSpan For, double Size);
