using CycleRig.Devices.Simulated.Draws;
using CycleRig.Devices.Simulated.Fields;

namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Filaments that grow from spalled sites while metal is plated there: accelerating, pausing, jumping. On stripping the metal leaves
/// the crack and the crack stays; plated again it fills five times as fast. The speed follows the local current density
/// (dl/dt = j V_m/F at the tip; deep cracks share it, so less than in proportion), counted against that of a contact of 2 %.
/// </summary>
internal sealed class FilamentGrowth
{
    private const double ReferenceAreaSquareCentimetres = Math.PI / 100;
    private const double ReferenceConcentration = 50;
    private const double ConcentrationExponent = 0.7;
    private const double RefillSpeed = 5;
    private const double StripSpeed = 0.5;
    private const double Pauses = 3;
    private const double JumpMost = 0.06;
    private const double NearlyThrough = 0.05;

    private readonly CellRecipe _recipe;
    private readonly double _scale;
    private readonly double _whole;

    /// <summary>Takes the field that growth starts from: its filaments together cost the recipe's loss when the first one bridges.</summary>
    public FilamentGrowth(CellRecipe recipe, PoreSite[] sites)
    {
        _recipe = recipe;
        _whole = Unscaled(1);
        double sum = 0;
        foreach (var site in sites)
        {
            var late = (site.OnsetMissing - recipe.OnsetCharge) / recipe.GrowthCharge;
            if (site.CanGrow)
                sum += Unscaled(Depth(Math.Clamp((1 - Math.Max(0, late)) * site.Speed, 0, 1))) / _whole;
        }

        var gain = recipe.LossAtShort / (1 - recipe.LossAtShort) * ReferenceAreaSquareCentimetres / recipe.AreaSquareCentimetres;
        _scale = sum > 0 ? gain / sum : 0;
    }

    /// <summary>Relative rise of the bulk conductance by the metal under an electrode.</summary>
    public double Gain(ElectrodeState side)
    {
        double sum = 0;
        foreach (var site in side.Sites)
        {
            if (site.Metal > 0)
                sum += Gain(site.Metal);
        }

        return sum;
    }

    /// <summary>Depth of the deepest metal, share of the thickness.</summary>
    public static double Deepest(ElectrodeState side)
    {
        double deepest = 0;
        foreach (var site in side.Sites)
            deepest = Math.Max(deepest, site.Metal);
        return deepest;
    }

    /// <summary>Plates onto an electrode.</summary>
    /// <param name="side">The electrode.</param>
    /// <param name="concentration">Local over nominal current density.</param>
    /// <param name="density">Local current density, mA/cm².</param>
    /// <param name="charge">Charge plated, mAh/cm².</param>
    /// <param name="draw">Draws pauses and jumps.</param>
    public void Plate(ElectrodeState side, double concentration, double density, double charge, Draw draw)
    {
        var relative = concentration / ReferenceConcentration;
        var growing = charge * Math.Pow(relative, ConcentrationExponent);
        foreach (var site in side.Sites)
        {
            if (site.CanGrow && site.Spalled && density * Focus(site) > site.Threshold)
                Grow(site, charge * relative, growing, draw);
        }
    }

    /// <summary>Strips an electrode: the metal in its cracks goes first.</summary>
    public void Strip(ElectrodeState side, double charge)
    {
        foreach (var site in side.Sites)
        {
            if (site.Metal > 0)
                site.Metal = Math.Max(0, site.Metal - (StripSpeed * charge / _recipe.GrowthCharge));
        }
    }

    private void Grow(PoreSite site, double filling, double charge, Draw draw)
    {
        if (site.Metal < site.Crack)
        {
            site.Metal = Math.Min(site.Crack, site.Metal + (RefillSpeed * charge / _recipe.GrowthCharge));
            return;
        }

        if (site.OnsetMissing > 0)
        {
            site.OnsetMissing -= filling;
            return;
        }

        if (site.Arrested > 0)
        {
            site.Arrested -= charge;
            return;
        }

        var acceleration = _recipe.Acceleration;
        var even = acceleration > 0 ? Math.Log(1 + acceleration) / acceleration : 1;
        var step = charge / _recipe.GrowthCharge * site.Speed * even * (1 + (acceleration * site.Crack)) / (1 - _recipe.PauseShare);
        if (draw.Chance(Pauses * step))
            site.Arrested = draw.Exponential(_recipe.PauseShare * _recipe.GrowthCharge / Pauses);
        if (draw.Chance(_recipe.Jumps * step))
            step += Math.Min(JumpMost, draw.Uniform(0.002, 0.006) * site.Crack / (3 * Math.Max(Gain(site.Crack), 1e-3)));
        site.Crack = Math.Min(1, site.Crack + step);
        site.Metal = site.Crack;
    }

    /// <summary>A crack draws the current to its tip, so that it goes on at densities that would not have opened it.</summary>
    private double Focus(PoreSite site) => site.Crack > 0
        ? TipEnhancement.At(Math.Max(1, site.Crack * _recipe.ThicknessMillimetres * 1000 / _recipe.FilamentRadius), site.Crack)
        : 1;

    /// <summary>Depth after a share of the growth charge, without pauses and jumps: dl/dq in proportion to 1 + a l.</summary>
    private double Depth(double share) =>
        _recipe.Acceleration > 0 ? (Math.Pow(1 + _recipe.Acceleration, share) - 1) / _recipe.Acceleration : share;

    private double Gain(double depth) => _scale * Unscaled(depth) / _whole;

    /// <summary>ΔG/G of one filament, but for a factor: 2π l³/(3 A L (ln(2l/a) - 1)) (1 - l/L)^-g.</summary>
    private double Unscaled(double depth)
    {
        if (_recipe.LossPower > 0)
            return Math.Pow(depth, _recipe.LossPower);
        var aspect = 2 * depth * _recipe.ThicknessMillimetres * 1000 / _recipe.FilamentRadius;
        return depth * depth * depth / Math.Max(0.5, Math.Log(Math.Max(aspect, 1)) - 1) * Math.Pow(Math.Max(NearlyThrough, 1 - depth), -_recipe.LossWidening);
    }
}
