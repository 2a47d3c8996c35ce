using CycleRig.Core.Quantities;

namespace CycleRig.Core.Cells;

/// <summary>Charge that the metal of a foil can give, from density (CRC Handbook, 20 °C) and Faraday's law.</summary>
public static class MetalReserve
{
    /// <summary>0.534 g/cm³ of 3861 mAh/g: 206 mAh/cm² for each mm.</summary>
    private const double LithiumMilliampereHoursPerCubicCentimetre = 0.534 * 3861;

    /// <summary>0.968 g/cm³ of 1166 mAh/g: 113 mAh/cm² for each mm.</summary>
    private const double SodiumMilliampereHoursPerCubicCentimetre = 0.968 * 1166;

    private const double CentimetresPerMetre = 100;

    /// <summary>
    /// What a foil holds per area; null for electrodes that give no metal. An alloy with magnesium counts as pure lithium: its 10 at% are
    /// not taken off, so that it holds somewhat less than this.
    /// </summary>
    public static ArealCapacity? Of(Electrode electrode, Length foil) => electrode switch
    {
        Electrode.Lithium or Electrode.LithiumMagnesium => Holds(LithiumMilliampereHoursPerCubicCentimetre, foil),
        Electrode.Sodium => Holds(SodiumMilliampereHoursPerCubicCentimetre, foil),
        Electrode.Nickel => null,
        _ => throw new System.Diagnostics.UnreachableException($"no reserve for {electrode}"),
    };

    private static ArealCapacity Holds(double perCubicCentimetre, Length foil) =>
        ArealCapacity.FromMilliampereHoursPerSquareCentimetre(perCubicCentimetre * foil.Metres * CentimetresPerMetre);
}
