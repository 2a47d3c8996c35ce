namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Temperature laws against 30 °C: σT of the bulk and the rate of the interface follow Arrhenius.</summary>
internal static class Arrhenius
{
    private const double BoltzmannElectronVolts = 8.617333e-5;
    private const double ReferenceKelvins = 303.15;
    private const double ZeroCelsius = 273.15;

    /// <summary>Bulk resistance against that at 30 °C: (T/T0) exp(Ea/k (1/T - 1/T0)).</summary>
    public static double Bulk(double celsius, double electronVolts) =>
        (celsius + ZeroCelsius) / ReferenceKelvins * Rate(celsius, electronVolts);

    /// <summary>Interface resistance against that at 30 °C: exp(Ea/k (1/T - 1/T0)).</summary>
    public static double Rate(double celsius, double electronVolts) =>
        Math.Exp(electronVolts / BoltzmannElectronVolts * ((1 / (celsius + ZeroCelsius)) - (1 / ReferenceKelvins)));
}
