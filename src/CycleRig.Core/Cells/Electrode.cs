namespace CycleRig.Core.Cells;

/// <summary>Metal foil of an electrode.</summary>
public enum Electrode
{
    Lithium,
    LithiumMagnesium,
    Sodium,
    Nickel,
}
