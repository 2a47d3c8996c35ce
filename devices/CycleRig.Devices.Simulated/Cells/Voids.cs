namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Voids at an electrode: they grow while it is stripped faster than pressure can close them, and heal while metal is plated onto it
/// or, slowly, at rest under pressure. Critical pressure linear in the current density: Spencer Jolly 2020, doi 10.1021/acsami.9b17786.
/// </summary>
internal static class Voids
{
    /// <summary>Voided share of a good interface.</summary>
    public const double Least = 0.03;

    private const double Most = 0.995;
    private const double SofteningKelvins = 20;
    private const double RestHealingSeconds = 8 * 3600;
    private const double FullHealingPressure = 5;
    private const double SecondsPerHour = 3600;

    /// <summary>Lets an electrode have some time under a current density.</summary>
    /// <param name="side">The electrode.</param>
    /// <param name="recipe">Rates.</param>
    /// <param name="stripped">Density at which it is stripped, mA/cm²; negative where it is plated.</param>
    /// <param name="celsius">Temperature, °C.</param>
    /// <param name="megapascals">Stack pressure, MPa.</param>
    /// <param name="seconds">How long, s.</param>
    public static void Advance(ElectrodeState side, CellRecipe recipe, double stripped, double celsius, double megapascals, double seconds)
    {
        if (stripped > 0)
        {
            var critical = recipe.VoidPressure * stripped * Math.Pow(2, (30 - celsius) / SofteningKelvins);
            var open = megapascals < critical ? 1 - (megapascals / critical) : 0;
            var rate = recipe.VoidRate * stripped * open / SecondsPerHour;
            // The logistic law, exactly over this time.
            var odds = side.Voided / (1 - side.Voided) * Math.Exp(Math.Min(rate * seconds, 50));
            side.Voided = Math.Min(Most, Math.Max(Least, odds / (1 + odds)));
            side.VoidedMost = Math.Max(side.VoidedMost, side.Voided);
            return;
        }

        var floor = Math.Max(Least, recipe.VoidRemains * side.VoidedMost);
        if (side.Voided <= floor)
            return;
        var heals = stripped < 0 ? recipe.VoidHealingSeconds : RestHealingSeconds * FullHealingPressure / Math.Max(megapascals, 0.1);
        side.Voided = floor + ((side.Voided - floor) * Math.Exp(-seconds / heals));
    }

    /// <summary>How many times an interface's resistance is raised, against a good one.</summary>
    public static double Raises(ElectrodeState side) => (1 - Least) / (1 - side.Voided);

    /// <summary>How many times the local current density is raised at the rims.</summary>
    public static double Concentrates(ElectrodeState side, double rim)
    {
        var open = Math.Min(1, (side.Voided - Least) / 0.5);
        return Raises(side) * (1 + ((rim - 1) * open));
    }
}
