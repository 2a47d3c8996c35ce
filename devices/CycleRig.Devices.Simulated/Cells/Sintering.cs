namespace CycleRig.Devices.Simulated.Cells;

/// <summary>
/// Spark-plasma sintering at 1000, 1100 and 1200 °C: density 93, 96, 99 % (assumed; the paper gives the trend), conductivity between
/// 0.71 mS/cm at 92.7 % and 1.18 at 99.0 % (Tsai 2016, doi 10.1021/acsami.6b00831), and 2.5 times fewer pore sites with each step.
/// </summary>
internal static class Sintering
{
    private const double SitesAt1100 = 30;
    private const double FewerPerStep = 2.5;

    /// <summary>Density (share of the theoretical) after sintering at a temperature, °C.</summary>
    public static double Density(double celsius) => 0.93 + (0.03 * (celsius - 1000) / 100);

    public static CellRecipe At(CellRecipe recipe, double celsius) => recipe with
    {
        Conductivity = 0.71e-3 + ((Density(celsius) - 0.927) / (0.990 - 0.927) * (1.18e-3 - 0.71e-3)),
        Sites = SitesAt1100 * Math.Pow(FewerPerStep, (1100 - celsius) / 100),
    };
}
