namespace CycleRig.Core.Scenarios;

/// <summary>Something that befalls a simulated channel by chance.</summary>
/// <param name="Kind">What.</param>
/// <param name="PerMinute">Chance that it begins in a minute, 0 to 1.</param>
/// <param name="For">How long it lasts.</param>
/// <param name="Size">As <see cref="ChannelUpset"/>.</param>
public sealed record UpsetRate(UpsetKind Kind, double PerMinute, TimeSpan For, double Size);
