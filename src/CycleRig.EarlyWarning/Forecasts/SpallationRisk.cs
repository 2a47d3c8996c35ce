using System.Globalization;
using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;

namespace CycleRig.EarlyWarning.Forecasts;

/// <summary>Where an interval of local current density stands against the critical one. A hypothesis in each case, and never a cause to halt.</summary>
public enum SpallationWord
{
    /// <summary>No critical density is known for the material.</summary>
    NotKnown,

    /// <summary>All of the interval is below all of the critical one.</summary>
    Below,

    /// <summary>The intervals overlap.</summary>
    MayExceed,

    /// <summary>All of the interval is above all of the critical one.</summary>
    Exceeds,
}

/// <summary>
/// Local current density at the working electrode that the interface resistance allows, against the density at which pieces of the
/// electrolyte break off above pores. If none of R_int comes from poor contact the local density is the nominal one; if all of it does, and
/// all at the working electrode, the current flows through a share R_intimate/R_int of the area. The concentration at the electrode's rim is
/// left out. A hypothesis: the local density has not been measured (Siniscalchi 2024, doi 10.1039/d3ee03916a, calls it unknown).
/// </summary>
/// <param name="InterfaceOhmSquareCentimetres">R_int that it follows from, Ω cm².</param>
/// <param name="Local">Local current density, magnitude.</param>
/// <param name="Critical">Critical one of the material; null when it is not known.</param>
/// <param name="Word">How they stand to each other.</param>
public sealed record SpallationRisk(
    double InterfaceOhmSquareCentimetres, Interval<CurrentDensity> Local, Interval<CurrentDensity>? Critical, SpallationWord Word)
{
    /// <summary>
    /// Interface of an acid-treated LLZTO cell, Ω cm², lower end: what intimate contact has. 10-25 is assumed from "near zero" in
    /// doi 10.1039/d3ee03916a; the lower end gives the larger, cautious local density.
    /// </summary>
    private const double IntimateOhmSquareCentimetres = 10;

    /// <summary>LLZTO, mA/cm²: about 6. Assumed: untreated cells spall at 0.5, acid-treated ones not at 2.5, at 5 near the rim (doi 10.1039/d3ee03916a).</summary>
    private const double CriticalLow = 5;
    private const double CriticalHigh = 8;

    /// <summary>Largest R_int that is expected before the first plating, Ω cm² (doi 10.1039/d3ee03916a); the untreated one falls to 500 soon.</summary>
    private const double UntreatedOhmSquareCentimetres = 2000;
    private const double AcidTreatedOhmSquareCentimetres = 25;

    /// <summary>The risk of one current density.</summary>
    /// <param name="material">Solid electrolyte.</param>
    /// <param name="nominal">Current over the whole electrode area; its sign does not count.</param>
    /// <param name="interfaceOhmSquareCentimetres">R_int of the cell, both interfaces, Ω cm².</param>
    public static SpallationRisk Of(Material material, CurrentDensity nominal, double interfaceOhmSquareCentimetres)
    {
        var low = Math.Abs(nominal.MilliamperesPerSquareCentimetre);
        var high = low * Math.Max(1, interfaceOhmSquareCentimetres / IntimateOhmSquareCentimetres);
        var local = new Interval<CurrentDensity>(Density(low), Density(high));
        // For Na/β-alumina spallation is reported (same paper), a critical density is not.
        if (material.Name != Material.Llzto.Name)
            return new(interfaceOhmSquareCentimetres, local, null, SpallationWord.NotKnown);
        var word = high < CriticalLow ? SpallationWord.Below : low > CriticalHigh ? SpallationWord.Exceeds : SpallationWord.MayExceed;
        return new(interfaceOhmSquareCentimetres, local, new(Density(CriticalLow), Density(CriticalHigh)), word);
    }

    /// <summary>The risk where R_int has not been measured yet: that of the worst interface expected of the surface.</summary>
    public static SpallationRisk Expected(Material material, Surface surface, CurrentDensity nominal) => Of(material, nominal, surface switch
    {
        Surface.Untreated => UntreatedOhmSquareCentimetres,
        Surface.AcidTreated => AcidTreatedOhmSquareCentimetres,
        _ => throw new System.Diagnostics.UnreachableException($"no interface for {surface}"),
    });

    public override string ToString()
    {
        var local = string.Create(
            CultureInfo.InvariantCulture, $"with R_int of {InterfaceOhmSquareCentimetres:F0} Ω cm² a local current density of {Local.Low.MilliamperesPerSquareCentimetre:0.##} to {Local.High.MilliamperesPerSquareCentimetre:0.##} mA/cm²");
        return Word switch
        {
            SpallationWord.NotKnown => $"{local}; the critical one is not known for this material",
            SpallationWord.Below => $"{local}, below the critical {Against} (hypothesis)",
            SpallationWord.MayExceed => $"{local}, which may exceed the critical {Against} (hypothesis)",
            SpallationWord.Exceeds => $"{local}, which exceeds the critical {Against} (hypothesis)",
            _ => throw new System.Diagnostics.UnreachableException($"no words for {Word}"),
        };
    }

    private string Against => Critical is { } critical
        ? string.Create(CultureInfo.InvariantCulture, $"{critical.Low.MilliamperesPerSquareCentimetre:0.##} to {critical.High.MilliamperesPerSquareCentimetre:0.##} mA/cm²")
        : "";

    private static CurrentDensity Density(double milliamperes) => CurrentDensity.FromMilliamperesPerSquareCentimetre(milliamperes);
}
