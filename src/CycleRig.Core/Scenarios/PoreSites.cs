using CycleRig.Core.Quantities;

namespace CycleRig.Core.Scenarios;

/// <summary>How many pores a simulated electrode has: a number under 2 mm, in proportion to the area under another.</summary>
public static class PoreSites
{
    /// <summary>Under 2 mm, unless a file says otherwise (docs/simulated-rig.md).</summary>
    public const double Usual = 30;

    /// <summary>Under the whole electrode: each pore is looked at every second.</summary>
    public const double Most = 20_000;

    private const double ReferenceDiameterMetres = 2e-3;

    /// <summary>Pores under an electrode that has so many under 2 mm.</summary>
    public static double Under(Length diameter, double sites) => sites * Math.Pow(diameter.Metres / ReferenceDiameterMetres, 2);
}
