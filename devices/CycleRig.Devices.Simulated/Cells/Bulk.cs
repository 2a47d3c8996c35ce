namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Temperature laws: σT and interface rate follow Arrhenius.</summary>
internal static class Bulk
{
    private const double BoltzmannElectronVolts = 8.617333e-5;
    private const double ReferenceKelvins = 303.15;

    /// <summary>Bulk resistance against that at 30 °C: (T/T0) exp(Ea/k (1/T - 1/T0)).</summary>
    public static double RelativeResistance(double celsius, double activation)
    {
        var kelvins = celsius + 273.15;
        return kelvins / ReferenceKelvins * Interface(celsius, activation);
    }

    /// <summary>Interface resistance against that at 30 °C: exp(Ea/k (1/T - 1/T0)).</summary>
    public static double Interface(double celsius, double activation) =>
        Math.Exp(activation / BoltzmannElectronVolts * ((1 / (celsius + 273.15)) - (1 / ReferenceKelvins)));
}
