namespace CycleRig.Impedance.Derived;

/// <summary>What is known of where a cell failed: between two values. The unit is that of the scale.</summary>
/// <param name="Low">It had not failed here; 0 or more.</param>
/// <param name="High">It had failed here; <paramref name="Low"/> itself where the value is known exactly, infinite where it never failed.</param>
public readonly record struct WeibullObservation(double Low, double High)
{
    /// <summary>Whether the cell was taken out before it failed.</summary>
    public bool IsCensored => double.IsPositiveInfinity(High);

    /// <summary>Failed at a value.</summary>
    public static WeibullObservation At(double value) => new(value, value);

    /// <summary>Had not failed up to a value.</summary>
    public static WeibullObservation Beyond(double value) => new(value, double.PositiveInfinity);
}
