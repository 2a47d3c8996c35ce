namespace CycleRig.Core.Evidence;

/// <summary>When a cell counts as resting: below 5 µA/cm² an offset of the current's range, not an order, is what is read.</summary>
public static class RestingCurrent
{
    /// <summary>Largest magnitude of the current density at rest, A/cm².</summary>
    public const double AmperesPerSquareCentimetre = 5e-6;

    /// <summary>Whether a current is none.</summary>
    /// <param name="amperes">Current, A.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    public static bool Is(double amperes, double areaSquareCentimetres) => Math.Abs(amperes) <= AmperesPerSquareCentimetre * areaSquareCentimetres;
}
