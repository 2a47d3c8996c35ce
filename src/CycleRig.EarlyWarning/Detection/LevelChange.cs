using CycleRig.Impedance.Cells;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// What may have moved R_bulk of a sound cell from one sweep to the next beyond what the filter's states follow: contact, voids, a chamber that is fast, a thermometer
/// that stands still, a shape of the arcs that is still being learned.
/// </summary>
internal static class LevelChange
{
    /// <summary>R_int that rises by more than this above its lowest has voids or has lost pressure; that may forget by so much an hour.</summary>
    private const double RiseMin = 0.1;
    private const double ForgottenPerHour = 0.1;

    /// <summary>A change of R_int by less than this many of its errors is noise: three of a difference.</summary>
    private const double InterfaceNoise = 4.2;

    /// <summary>What of a change of ln R_int may be in ln R_bulk: as contact improves, and with voids, which constrict the current.</summary>
    private const double ContactShare = 0.01;
    private const double VoidShare = 0.08;

    /// <summary>Of an interface that is a small part of the bulk the arcs merge: what of its change the fit may take for the bulk's.</summary>
    private const double MergedShare = 0.5;
    private const double MergedShareMax = 0.3;

    /// <summary>What of such an interface formation may move R_bulk by, at the most, and the charge with which that fades, A h/cm².</summary>
    private const double FormationShare = 0.3;
    private const double FormationMax = 0.03;
    private const double FormationCharge = 1e-4;

    /// <summary>The same where the current begins, ends or turns: a voided interface under current and at rest are two things.</summary>
    private const double TurnShare = 0.5;

    /// <summary>What of a change of temperature the cell may not follow as the lags say, where it is as fast as this, K/s: the lag is then not of first order.</summary>
    private const double FastShare = 0.27;
    private const double FastKelvinsPerSecond = 0.5 / 60;

    /// <summary>What a cell may have warmed by from one sweep to the next while its thermometer stood still, K.</summary>
    private const double StandingKelvins = 0.03;

    /// <summary>Variance of the change of ln R_bulk.</summary>
    /// <param name="state">Before this sweep.</param>
    /// <param name="reading">Its reading.</param>
    /// <param name="conditions">What it was measured at.</param>
    /// <param name="bulkPerKelvin">Fall of ln R_bulk for each kelvin, 1/K.</param>
    public static double Variance(DetectorState state, CellReading reading, in SweepConditions conditions, double bulkPerKelvin)
    {
        var kelvins = conditions.Celsius - state.Last.Celsius;
        var standing = ReadingCheck.IsStanding(kelvins) && state.Common is not { IsKnown: true } ? StandingKelvins * bulkPerKelvin : 0;
        return ContactVariance(state, reading, conditions) + (standing * standing);
    }

    /// <summary>The same without what the thermometer may not show.</summary>
    /// <param name="state">Before this sweep.</param>
    /// <param name="reading">Its reading.</param>
    /// <param name="conditions">What it was measured at.</param>
    public static double ContactVariance(DetectorState state, CellReading reading, in SweepConditions conditions)
    {
        var contact = Contact(state, conditions, reading);
        var learning = reading.Shape is { IsLearnt: false } ? reading.BulkRelativeSd : 0;
        return (contact * contact) + Formation(state, reading, conditions) + (learning * learning);
    }

    /// <summary>Variance that a fast chamber brings to the cell's temperature about its thermometer, K²: it passes as all wander does.</summary>
    public static double WanderVariance(DetectorState state, in SweepConditions conditions)
    {
        var kelvins = conditions.Celsius - state.Last.Celsius;
        var seconds = Math.Max(1, conditions.TimeSeconds - state.Last.TimeSeconds);
        var fast = FastShare * kelvins * Math.Min(1, Math.Abs(kelvins) / seconds / FastKelvinsPerSecond);
        return fast * fast;
    }

    /// <summary>Standard deviation of what contact may do to ln R_bulk from one whole sweep to the next: as much as R_int has moved of late.</summary>
    public static double UnseenContact(DetectorState state, in SweepConditions conditions) =>
        Math.Sqrt(state.InterfaceVariance) * (IsVoided(state, conditions) ? VoidShare : ContactShare);

    /// <summary>Whether R_int, of the two newest sweeps the higher, is far above its lowest of late.</summary>
    public static bool IsVoided(DetectorState state, in SweepConditions conditions) =>
        Math.Max(conditions.LogInterface, state.Last.LogInterface) - LowestInterface(state, conditions) > RiseMin + (InterfaceNoise * Math.Max(conditions.InterfaceSd, state.Last.InterfaceSd));

    /// <summary>Lowest ln R_int of late.</summary>
    public static double LowestInterface(DetectorState state, in SweepConditions conditions)
    {
        var hours = Math.Max(0, conditions.TimeSeconds - state.Last.TimeSeconds) / 3600;
        return Math.Min(state.LogInterfaceMin + (ForgottenPerHour * hours), conditions.LogInterface);
    }

    /// <summary>
    /// Formation: where R_int is a small part of R_bulk and its arc merges with the bulk's, what the first plating does to contact may be read as R_bulk.
    /// Variance that fades with the charge that has passed.
    /// </summary>
    private static double Formation(DetectorState state, CellReading reading, in SweepConditions conditions)
    {
        var share = reading.InterfaceOhms / reading.BulkOhms;
        if (share > MergedShareMax || conditions.Amperes == 0 || reading.AmperesPerSquareCentimetre == 0)
            return 0;
        var sd = Math.Min(FormationMax, FormationShare * share);
        var area = Math.Abs(reading.CurrentAmperes / reading.AmperesPerSquareCentimetre);
        var hours = Math.Max(0, conditions.TimeSeconds - state.Last.TimeSeconds) / 3600;
        var (before, after) = (state.Throughput / area, (state.Throughput / area) + (hours * Math.Abs(reading.AmperesPerSquareCentimetre)));
        return sd * sd * (Math.Exp(-2 * before / FormationCharge) - Math.Exp(-2 * after / FormationCharge));
    }

    private static double Contact(DetectorState state, in SweepConditions conditions, CellReading reading)
    {
        var change = conditions.LogInterface - state.Last.LogInterface;
        if (Math.Abs(change) < InterfaceNoise * reading.InterfaceRelativeSd)
            return 0;
        var isSameCurrent = Math.Sign(conditions.Amperes) == Math.Sign(state.Last.Amperes);
        var share = reading.InterfaceOhms / reading.BulkOhms;
        var merged = share < MergedShareMax ? MergedShare * share : 0;
        return change * (merged + (!IsVoided(state, conditions) ? ContactShare : isSameCurrent ? VoidShare : TurnShare));
    }
}
