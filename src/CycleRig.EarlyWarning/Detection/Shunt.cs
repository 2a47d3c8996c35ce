namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// A conductor beside the cell, all at once: Z becomes Z/(1 + GZ), so that R_bulk falls, and R_int with it in a proportion that neither a lead (R_bulk alone), nor a range or the electrode's
/// area (both alike), nor contact (R_int far more) has. For small G R_int falls by 2 + R_int/R_bulk times as much as R_bulk, relatively. The filter would take such a fall for contact that
/// improves: R_bulk may follow that, and by how much it does not know.
/// </summary>
internal static class Shunt
{
    /// <summary>Share of R_bulk that must be gone from one whole sweep to the next: contact that improves at once takes less. And the standard deviations by which that must be clear.</summary>
    private const double FallMin = 0.01;
    private const double FallSigmas = 6;

    /// <summary>R_int must lie nearer to what a shunt makes of it than to what a range would by this, and the two must lie so many standard deviations apart.</summary>
    private const double Nearer = 0.35;
    private const double ApartSigmas = 5;

    /// <summary>What the cell's own temperature and the fit move R_bulk and R_int by from sweep to sweep, relatively.</summary>
    private const double BulkFloor = 0.001;
    private const double InterfaceFloor = 0.002;

    /// <summary>Constriction that contact may have to lose, in standard deviations of its prior: where R_int is some twenty times R_bulk, R_bulk falls by that as beside a shunt.</summary>
    private const double ContactSds = 2;

    /// <summary>A fall as beside a shunt, or null.</summary>
    /// <param name="before">The whole sweep before.</param>
    /// <param name="now">This one.</param>
    /// <param name="interfaceVariance">Variance of what ln R_int moves by from sweep to sweep.</param>
    /// <param name="laggedCelsius">Temperature that the cell feels, °C.</param>
    /// <param name="settings">What the detector is set to.</param>
    public static SuddenFall? Between(in ResistancePair before, in ResistancePair now, double interfaceVariance, double laggedCelsius, DetectorSettings settings)
    {
        var (fall, seen) = (before.LogBulk - now.LogBulk, before.LogInterface - now.LogInterface);
        var sd = Math.Sqrt(Square(before.BulkSd) + Square(now.BulkSd) + Square(BulkFloor));
        // Constriction goes with √R_int.
        var contact = ContactSds * settings.ConstrictionRootSd * (1 - Math.Exp(-seen / 2));
        if (fall < Math.Max(Sigmas(sd) * sd, contact))
            return null;
        var expected = InterfaceFall(before.Ratio, fall);
        var variance = Square(before.InterfaceSd) + Square(now.InterfaceSd) + Square(InterfaceFloor) + interfaceVariance;
        return Math.Abs(seen - expected) < Nearer * (expected - fall) && expected - fall > ApartSigmas * Math.Sqrt(variance)
            ? new(now.LogBulk, -fall, sd, laggedCelsius, (Math.Min(Square(seen), Square(seen - fall)) - Square(seen - expected)) / (2 * variance))
            : null;
    }

    /// <summary>Standard deviations beyond which a fall is clear.</summary>
    /// <param name="sd">Of ln R_bulk.</param>
    public static double Sigmas(double sd) => Math.Max(FallSigmas, FallMin / sd);

    /// <summary>By how much ln R_int falls where a shunt lowers ln R_bulk.</summary>
    /// <param name="ratio">R_int/R_bulk before.</param>
    /// <param name="bulkFall">Fall of ln R_bulk, above 0.</param>
    public static double InterfaceFall(double ratio, double bulkFall)
    {
        // With g, the conductance times R_bulk, R_bulk falls by 1 + g, and R_int, the whole less the bulk, by (1 + g)(1 + g + g R_int/R_bulk).
        var conductance = Math.Exp(bulkFall) - 1;
        return bulkFall + Math.Log(1 + (conductance * (1 + ratio)));
    }

    private static double Square(double value) => value * value;
}
