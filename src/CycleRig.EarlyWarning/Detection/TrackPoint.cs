namespace CycleRig.EarlyWarning.Detection;

/// <summary>One valid spectrum, as the detector keeps it.</summary>
/// <param name="TimeSeconds">When R_bulk was measured, s.</param>
/// <param name="LogBulk">ln R_bulk, compensated to 30 °C with the nominal activation energy.</param>
/// <param name="Sd">Standard error of it by the fit.</param>
/// <param name="Arrhenius">1/(kT) - 1/(kT0), 1/eV: what an error of the activation energy multiplies.</param>
/// <param name="Celsius">Temperature, °C.</param>
/// <param name="RootInterface">√(R_int/Ω): what constriction follows.</param>
/// <param name="LogInterface">ln R_int.</param>
/// <param name="InterfaceSd">Standard error of it; above 1 it is not determined.</param>
public readonly record struct TrackPoint(
    double TimeSeconds, double LogBulk, double Sd, double Arrhenius, double Celsius, double RootInterface, double LogInterface, double InterfaceSd)
{
    /// <summary>Whether it can be tested: one number that is none would silence every later test.</summary>
    public bool IsFinite =>
        double.IsFinite(LogBulk) && double.IsFinite(Sd) && double.IsFinite(Arrhenius) && double.IsFinite(TimeSeconds) && RootInterface is > 0 and < double.PositiveInfinity;
}
