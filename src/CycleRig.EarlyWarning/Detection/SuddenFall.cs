using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>R_bulk that lies far below what was expected, all at once.</summary>
/// <param name="LogBulk">ln R_bulk at 30 °C.</param>
/// <param name="Innovation">ln R_bulk above what was expected: below 0.</param>
/// <param name="Sd">Standard deviation of what was expected.</param>
/// <param name="LaggedCelsius">Temperature that the cell feels, °C.</param>
/// <param name="ShuntGain">Log-likelihood by which a shunt explains the fall of R_int better than a lead or a range; null where R_int does not tell.</param>
internal readonly record struct SuddenFall(double LogBulk, double Innovation, double Sd, double LaggedCelsius, double? ShuntGain)
{
    /// <summary>
    /// What a halt on such falls rests on. A short, a lead, a range and another cell all make R_bulk what was measured: R_bulk explains it by each equally
    /// well. Only R_int may tell them apart, and only that nothing changes at all is excluded.
    /// </summary>
    /// <param name="reading">The last of them.</param>
    /// <param name="sinceSeconds">When the first was measured, s.</param>
    /// <param name="activationElectronVolts">Of the bulk, for σT, eV.</param>
    /// <param name="version">Of the detector.</param>
    public Evidence Told(CellReading reading, double sinceSeconds, double activationElectronVolts, string version)
    {
        var sigmas = -Innovation / Sd;
        var gain = sigmas * sigmas / 2;
        return new(
            reading.BulkOhms, Math.Exp(LogBulk), (Math.Exp(LogBulk - Math.Log(reading.BulkOhms)) - 1) * 100,
            reading.InterfaceRelativeSd < 1 ? reading.InterfaceOhms : double.NaN, (1 - Math.Exp(Innovation)) * 100,
            -Innovation / ResistanceTemperature.BulkFallPerKelvin(LaggedCelsius, activationElectronVolts), sinceSeconds, sigmas, ShuntGain is null ? ReadingCheck.FallSigmas(Sd) : Shunt.Sigmas(Sd),
            ShuntGain is null ? "neither supports nor opposes" : "supports", [new("short", gain), new("other", Math.Max(0, gain - (ShuntGain ?? 0))), new("none", 0)], version);
    }
}
