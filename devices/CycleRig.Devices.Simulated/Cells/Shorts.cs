namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Soft shorts that heal (bursts of conductance, seconds long; Menkin 2024, doi 10.1039/d3fd00101f) and the hard one.</summary>
internal static class Shorts
{
    private const double LithiumOhmMetres = 93e-9;
    private const double Gone = 12;

    /// <summary>Conductance across the cell now, S.</summary>
    public static double Siemens(CellState state, CellRecipe recipe)
    {
        if (state.Bridged)
            return 1 / (FilamentOhms(recipe) + recipe.ShortContactOhms);
        var age = (state.Seconds - state.BurstBegan) / state.BurstSeconds;
        return state.BurstSiemens > 0 && age < Gone ? state.BurstSiemens * Math.Exp(-age) : 0;
    }

    /// <summary>Resistance of the bridging filament alone, Ω: a straight wire of lithium.</summary>
    public static double FilamentOhms(CellRecipe recipe)
    {
        var metres = recipe.ShortDiameter * 1e-6;
        return LithiumOhmMetres * recipe.ThicknessMillimetres * 1e-3 / (Math.PI * metres * metres / 4);
    }

    /// <summary>Lets soft shorts happen while metal is plated, more often as the deepest filament nears the other side.</summary>
    public static void Advance(CellState state, CellRecipe recipe, ElectrodeState side, double totalOhms, double seconds)
    {
        if (recipe.SoftShorts <= 0 || state.Bridged)
            return;
        var depth = FilamentGrowth.Deepest(side);
        if (depth <= 0 || !state.Draw.Chance(recipe.SoftShorts * depth * depth * depth * depth * seconds / 3600))
            return;
        Begin(state, totalOhms);
        if (!state.Draw.Chance(recipe.BurnOut))
            return;
        var left = state.Draw.Uniform(0.5, 0.9);
        foreach (var site in side.Sites)
        {
            if (site.Metal == depth)
                site.Metal *= left;
        }
    }

    /// <summary>One burst: 1/(k R) with k 0.5-12, gone with a time constant of 2-90 s.</summary>
    public static void Begin(CellState state, double totalOhms)
    {
        state.BurstSiemens = 1 / (0.5 * Math.Pow(24, state.Draw.Uniform()) * totalOhms);
        state.BurstBegan = state.Seconds;
        state.BurstSeconds = 2 * Math.Pow(45, state.Draw.Uniform());
        state.Truth.SoftShorts++;
        state.Truth.SoftShortSeconds ??= state.Seconds;
    }
}
