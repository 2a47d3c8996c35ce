namespace CycleRig.Impedance.Derived;

/// <summary>
/// How resistances of a cell go with temperature: the bulk as T·exp(Ea/kT), so that σT has the activation energy Ea; the interface as
/// exp(Ea/kT). All logarithms are of R over R at 30 °C.
/// </summary>
public static class ResistanceTemperature
{
    private const double KelvinsAtZeroCelsius = 273.15;
    private const double ReferenceKelvins = 30 + KelvinsAtZeroCelsius;

    /// <summary>1/(kT) - 1/(kT₀), 1/eV: what an activation energy multiplies.</summary>
    public static double InverseEnergy(double celsius) => ((1 / Kelvins(celsius)) - (1 / ReferenceKelvins)) / ArrheniusFit.BoltzmannElectronVoltsPerKelvin;

    /// <summary>ln R_bulk(T)/R_bulk(30 °C).</summary>
    public static double LogBulk(double celsius, double electronVolts) => Math.Log(Kelvins(celsius) / ReferenceKelvins) + (electronVolts * InverseEnergy(celsius));

    /// <summary>ln R_int(T)/R_int(30 °C).</summary>
    public static double LogInterface(double celsius, double electronVolts) => electronVolts * InverseEnergy(celsius);

    /// <summary>-d ln R_bulk/dT, 1/K.</summary>
    public static double BulkFallPerKelvin(double celsius, double electronVolts) => InterfaceFallPerKelvin(celsius, electronVolts) - (1 / Kelvins(celsius));

    /// <summary>-d ln R_int/dT, 1/K.</summary>
    public static double InterfaceFallPerKelvin(double celsius, double electronVolts) =>
        electronVolts / (ArrheniusFit.BoltzmannElectronVoltsPerKelvin * Kelvins(celsius) * Kelvins(celsius));

    private static double Kelvins(double celsius) => celsius + KelvinsAtZeroCelsius;
}
