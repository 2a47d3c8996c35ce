using System.Diagnostics;
using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Recipes of the kinds of cells that a cell record can name, drawn from a seed. Ranges: docs/simulated-rig.md.</summary>
public static class CellKinds
{
    private const double TreatedBelow = 100; // Ω cm²

    /// <summary>The paper's cells with a mask of 100 µm, some 50 kΩ, have it on one face only.</summary>
    private const double SmallMaskMillimetres = 0.5;

    /// <summary>The recipe of a cell.</summary>
    /// <param name="cell">Its record: material, surface, electrodes, size.</param>
    /// <param name="megapascals">Stack pressure at assembly, MPa; 0 without a press.</param>
    /// <param name="parameters">Drawn in place of what the kind has.</param>
    /// <param name="draw">Draws.</param>
    public static CellRecipe Recipe(Cell cell, double megapascals, IEnumerable<ParameterLaw> parameters, Draw draw)
    {
        var recipe = Common(cell, draw) with { AssemblyPressure = megapascals };
        recipe = cell.Surface == Surface.Untreated ? Untreated(recipe, draw) : AcidTreated(recipe, draw);
        if (cell.Material == Material.SodiumBetaAlumina)
            recipe = Sodium(recipe, draw);
        if (cell.Working == Electrode.LithiumMagnesium || cell.Counter == Electrode.LithiumMagnesium)
            recipe = Alloyed(recipe, cell, draw);
        // A sputtered film touches the pellet everywhere: nothing constricts the current.
        if (cell.Working == Electrode.Nickel)
            recipe = recipe with { Blocking = true, Filaments = 0, Sites = 0, Constriction = 0, InterfaceFarads = 1e-6 };
        if (cell.Foil is { } foil && MetalReserve.Of(cell.Working, foil) is { } held)
            recipe = recipe with { ReserveCharge = held.MilliampereHoursPerSquareCentimetre };
        foreach (var (name, law) in parameters)
            recipe = RecipeParameters.Set(recipe, name, Within(CellParameters.Find(name)!, Value(law, draw)));
        // A pellet is at least as wide as its electrode.
        return recipe with { PelletMillimetres = Math.Max(recipe.PelletMillimetres, recipe.DiameterMillimetres) };
    }

    /// <summary>A cell whose true size is within the uncertainty that its record states.</summary>
    public static Cell TrueSize(Cell cell, Draw draw) => cell with
    {
        Diameter = new(cell.Diameter.Metres + (Sd(cell.DiameterSd, cell.Diameter) * Math.Clamp(draw.Normal(), -3, 3))),
        Thickness = new(cell.Thickness.Metres + (Sd(cell.ThicknessSd, cell.Thickness) * Math.Clamp(draw.Normal(), -3, 3))),
    };

    /// <summary>A value by its law, cut at the law's bounds.</summary>
    public static double Value(Distribution law, Draw draw) => Math.Clamp(
        law switch
        {
            Fixed fix => fix.Value,
            Uniform even => draw.Uniform(even.From, even.To),
            LogUniform even => even.From * Math.Pow(even.To / even.From, draw.Uniform()),
            Normal normal => normal.Mean + (normal.Sd * draw.Normal()),
            LogNormal log => draw.LogNormal(log.Median, log.LogSd),
            Weibull weibull => draw.Weibull(weibull.Scale, weibull.Shape),
            _ => throw new UnreachableException($"no rule for {law.GetType().Name}"),
        },
        law.Low, law.High);

    /// <summary>What a record states for a 2 mm electrode would make nonsense of a small mask: at most 3 % of the size.</summary>
    private static double Sd(Length stated, Length size) => Math.Min(stated.Metres, 0.03 * size.Metres);

    private static double Within(CellParameter parameter, double value) => Math.Clamp(value, parameter.Low, parameter.High);

    private static CellRecipe Common(Cell cell, Draw draw) => new()
    {
        DiameterMillimetres = cell.Diameter.Metres * 1e3,
        ThicknessMillimetres = cell.Thickness.Metres * 1e3,
        FullCounter = cell.Diameter.Metres * 1e3 < SmallMaskMillimetres,
        Conductivity = 1e-3 * draw.Uniform(0.95, 1.05),
        Permittivity = draw.Uniform(40, 60),
        BulkActivation = draw.Uniform(0.365, 0.415),
        BulkExponent = draw.Uniform(0.95, 0.99),
        StrayFarads = draw.Uniform(4e-12, 15e-12),
        InterfaceFarads = draw.Uniform(0.4e-6, 2e-6),
        WorkingExponent = draw.Uniform(0.82, 0.92),
        CounterExponent = draw.Uniform(0.82, 0.92),
        InterfaceActivation = draw.Uniform(0.40, 0.54),
        PressureExponent = draw.Uniform(0.35, 0.65),
        ConstrictionHertz = draw.Uniform(6e4, 2e5),
        Henries = draw.Uniform(0.15e-6, 0.9e-6),
        LeadOhms = draw.Uniform(0.3, 1.5),
        ThermalSeconds = draw.Uniform(60, 420),
        WanderKelvins = draw.Uniform(0.008, 0.022),
        WanderSeconds = draw.Uniform(200, 900),
        InterfaceVolts = draw.Uniform(0.6, 1),
        VoidRate = draw.Uniform(1, 2),
        VoidRemains = draw.Uniform(0, 0.15),
        VoidRim = draw.Uniform(3, 10),
        VoidHealingSeconds = draw.Uniform(300, 1500),
        ShortDiameter = draw.LogNormal(0.57, 0.05),
    };

    /// <summary>As polished: lithiophobic, contact improves on plating.</summary>
    private static CellRecipe Untreated(CellRecipe recipe, Draw draw) => recipe with
    {
        InterfaceStart = 2000 * draw.Uniform(0.9, 1.1),
        InterfaceEnd = 500 * draw.Uniform(0.88, 1.12),
        ContactCharge = draw.Uniform(0.02, 0.06),
        ContactExponent = draw.Uniform(0.9, 1),
        OnsetCharge = draw.Uniform(0.27, 0.45),
        GrowthCharge = draw.Uniform(0.32, 0.55),
        LossAtShort = draw.Uniform(0.06, 0.22),
        Filaments = 3 + draw.Below(6),
        Constriction = draw.Uniform(0.003, 0.009),
        SoftShorts = draw.Uniform(0, 2),
    };

    /// <summary>10 s in 1 M HCl, then 170 °C for 2 h: lithiophilic, in full contact.</summary>
    private static CellRecipe AcidTreated(CellRecipe recipe, Draw draw)
    {
        var end = draw.Uniform(14, 19);
        return recipe with
        {
            // In contact from the beginning: what still improves may not move the voltage by more than the paper's stable cells show.
            InterfaceStart = end * 1.1,
            InterfaceEnd = end,
            InterfaceFullContact = end * 1.1,
            WorkingShare = 0.5,
            ContactCharge = 0.05,
            Constriction = 0.002,
            VoidHealingSeconds = draw.Uniform(800, 1500),
            VoidRim = draw.Uniform(5, 10),
            OnsetCharge = draw.Uniform(0.15, 0.3),
            GrowthCharge = draw.Uniform(0.18, 0.3),
            LossAtShort = draw.Uniform(0.06, 0.22),
            Filaments = 3 + draw.Below(6),
        };
    }

    /// <summary>Na/β''-alumina after heat treatment: Spencer Jolly 2020, doi 10.1021/acsami.9b17786; Bay 2020.</summary>
    private static CellRecipe Sodium(CellRecipe recipe, Draw draw)
    {
        // Treated, it has less than 10 Ω cm²; for an untreated one nothing is known, and that of garnet is taken.
        var treated = recipe.InterfaceStart < TreatedBelow ? draw.Uniform(4, 9) / recipe.InterfaceStart : 1;
        return recipe with
        {
            Conductivity = draw.Uniform(1e-3, 2.5e-3),
            BulkActivation = draw.Uniform(0.24, 0.34),
            VoidPressure = 3.6,
            InterfaceStart = recipe.InterfaceStart * treated,
            InterfaceEnd = recipe.InterfaceEnd * treated,
            InterfaceFullContact = recipe.InterfaceFullContact * treated,
        };
    }

    /// <summary>
    /// Lithium with 10 at% magnesium: less active, so that the alloy rests RT/F·ln(1/a) above lithium (2.8 mV at a = 0.9, and it drifts for
    /// days), and slower to supply lithium: diffusion costs some millivolts more under current.
    /// </summary>
    private static CellRecipe Alloyed(CellRecipe recipe, Cell cell, Draw draw)
    {
        var (working, counter) = (draw.Uniform(0.002, 0.0035), draw.Uniform(0.002, 0.0035));
        var alloys = (cell.Working == Electrode.LithiumMagnesium ? 1 : 0) + (cell.Counter == Electrode.LithiumMagnesium ? 1 : 0);
        return recipe with
        {
            OffsetVolts = (cell.Working == Electrode.LithiumMagnesium ? working : 0) - (cell.Counter == Electrode.LithiumMagnesium ? counter : 0),
            OffsetDriftVolts = draw.Uniform(-5e-4, 5e-4),
            DiffusionOhms = alloys * draw.Uniform(3, 6),
            DiffusionSeconds = draw.Uniform(60, 240),
        };
    }
}
