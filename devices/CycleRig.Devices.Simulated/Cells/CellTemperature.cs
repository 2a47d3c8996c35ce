namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Temperature of a cell: behind the air by its own lag, with a wander of its own and Joule heat.</summary>
internal static class CellTemperature
{
    /// <summary>Lets some time pass.</summary>
    /// <param name="state">The cell.</param>
    /// <param name="recipe">Its constants.</param>
    /// <param name="airCelsius">Temperature of the chamber's air, °C.</param>
    /// <param name="seconds">How long, s; 0 at the first time.</param>
    /// <param name="watts">Mean heat meanwhile, W.</param>
    public static void Advance(CellState state, CellRecipe recipe, double airCelsius, double seconds, double watts)
    {
        if (double.IsNaN(state.Celsius))
            state.LaggedCelsius = airCelsius;
        state.LaggedCelsius += (airCelsius - state.LaggedCelsius) * (1 - Math.Exp(-seconds / recipe.ThermalSeconds));
        var keep = Math.Exp(-seconds / recipe.WanderSeconds);
        state.WanderKelvins = (state.WanderKelvins * keep) + (recipe.WanderKelvins * Math.Sqrt(1 - (keep * keep)) * state.Draw.Normal());
        state.Celsius = state.LaggedCelsius + state.WanderKelvins + (watts * recipe.ThermalKelvinsPerWatt);
    }
}
