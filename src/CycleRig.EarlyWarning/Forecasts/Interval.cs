namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>Two ends of a quantity that is known no better; what probability lies between them says who gives it.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end, not below the lower one.</param>
public readonly record struct Interval<T>(T Low, T High);
