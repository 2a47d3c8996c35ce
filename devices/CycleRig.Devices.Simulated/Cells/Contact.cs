namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Contact of metal and electrolyte: improves with the charge that has flowed, R_end + (R_start - R_end) exp(-(q/q_c)^b) and a slow tail,
/// times (p/p0)^-m (measured on Li6PS5Cl contacts: arXiv 2501.00600), worse again in a leaking pouch.
/// </summary>
internal static class Contact
{
    private const double TailPerDecade = 0.05;
    private const double TailBegins = 5;
    private const double PouchMegapascals = 0.1;
    private const double SecondsPerDay = 86_400;

    /// <summary>Both interfaces without voids at 30 °C, Ω cm².</summary>
    /// <param name="recipe">The cell.</param>
    /// <param name="throughput">Charge through the cell so far, mAh/cm².</param>
    /// <param name="megapascals">Stack pressure, MPa; the pouch adds an atmosphere.</param>
    /// <param name="seconds">Age, s.</param>
    public static double OhmSquareCentimetres(CellRecipe recipe, double throughput, double megapascals, double seconds)
    {
        var share = throughput / recipe.ContactCharge;
        var tail = share > TailBegins ? 1 - (TailPerDecade * Math.Log10(share / TailBegins)) : 1;
        var contact = recipe.InterfaceEnd + ((recipe.InterfaceStart - recipe.InterfaceEnd) * Math.Exp(-Math.Pow(share, recipe.ContactExponent)));
        var pressed = (Math.Max(0, megapascals) + PouchMegapascals) / (recipe.AssemblyPressure + PouchMegapascals);
        return contact * Math.Max(tail, 0.5) * Math.Pow(pressed, -recipe.PressureExponent) * Math.Pow(2, seconds / SecondsPerDay / recipe.PouchDoubling);
    }

    /// <summary>Relative radius of the electrode after metal has crept over the mask, by the logarithm of time from ten minutes on.</summary>
    public static double Radius(CellRecipe recipe, double seconds) =>
        1 + (recipe.CreepPerDecade * Math.Log10(Math.Max(1, seconds / 600)));
}
