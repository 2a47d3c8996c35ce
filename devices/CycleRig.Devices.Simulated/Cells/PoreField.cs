using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Fields;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Sub-surface pores at grain-boundary triple junctions under an electrode: a finite field of sites, each with a threshold of its own
/// and each spalling at most once. Numbers and spreads are assumed (docs/simulated-rig.md); crater diameters 5-100 µm from the paper.
/// </summary>
internal static class PoreField
{
    private const double ReferenceAreaSquareCentimetres = Math.PI / 100; // of the 2 mm electrode
    private const double ConcentrationLogSd = 0.15;
    private const double IncubationLogSd = 0.8;
    private const double CraterMedianMicrometres = 20;
    private const double CraterLogSd = 0.6;

    /// <summary>Draws the field of one electrode.</summary>
    /// <param name="recipe">The cell.</param>
    /// <param name="share">Share of this electrode in the interface: its resistance evens the current out against the edge.</param>
    /// <param name="draw">Draws.</param>
    public static PoreSite[] Make(CellRecipe recipe, double share, Draw draw)
    {
        // An electrolyte that lets metal through has at least one place for it, however small the mask.
        var least = recipe.Filaments > 0 ? 1 : 0;
        var count = Math.Max(least, draw.Poisson(recipe.Sites * recipe.AreaSquareCentimetres / ReferenceAreaSquareCentimetres));
        var wagner = recipe.InterfaceEnd * share * recipe.Conductivity / (recipe.DiameterMillimetres / 20);
        var sites = new PoreSite[count];
        for (var i = 0; i < count; i++)
        {
            var radius = Math.Sqrt(draw.Uniform());
            var concentration = draw.LogNormal(1, ConcentrationLogSd) * EdgeFactor.At(radius, wagner);
            sites[i] = new()
            {
                RadiusShare = radius,
                Threshold = draw.LogNormal(recipe.CriticalDensity, recipe.CriticalSpread) / concentration,
                Missing = draw.LogNormal(recipe.IncubationCharge / 1000, IncubationLogSd),
                CraterMicrometres = draw.LogNormal(CraterMedianMicrometres, CraterLogSd),
                CanGrow = i < recipe.Filaments,
                // The first is the fastest; later ones begin later and stay shorter.
                OnsetMissing = recipe.OnsetCharge + (i == 0 ? 0 : 0.35 * draw.Uniform() * recipe.GrowthCharge),
                Speed = i == 0 ? 1 : draw.Uniform(0.7, 1),
            };
        }

        if (recipe.InitialCrack > 0 && count > 0)
            (sites[0].Spalled, sites[0].Crack, sites[0].OnsetMissing) = (true, recipe.InitialCrack / 1000 / recipe.ThicknessMillimetres, 0);
        return sites;
    }

    /// <summary>Spalls the sites whose threshold the local current density has exceeded for long enough.</summary>
    /// <param name="side">The electrode that is plated.</param>
    /// <param name="density">Local current density in the contact, mA/cm².</param>
    /// <param name="charge">Charge plated meanwhile, mAh/cm².</param>
    /// <param name="truth">Takes the craters.</param>
    /// <param name="seconds">Now.</param>
    public static void Advance(ElectrodeState side, double density, double charge, SimulatedTruth truth, double seconds)
    {
        foreach (var site in side.Sites)
        {
            if (site.Spalled || density <= site.Threshold)
                continue;
            site.Missing -= charge;
            if (site.Missing > 0)
                continue;
            site.Spalled = true;
            truth.Craters.Add(new(seconds, side.Plated, site.RadiusShare, site.CraterMicrometres));
        }
    }
}
