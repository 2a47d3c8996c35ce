using CycleRig.Impedance.Cells;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>What a reading must have to be judged. What is missing is said; nothing of it reaches the state.</summary>
internal static class ReadingCheck
{
    /// <summary>Beyond these a thermometer is broken off or short-circuited, °C: no cell is run there.</summary>
    private const double CelsiusMin = -100;
    private const double CelsiusMax = 400;

    /// <summary>A thermometer that moves faster than a chamber that is well, K/min, is asked once more; what stays by half was no error of one reading.</summary>
    private const double KelvinsPerMinuteMax = 2.5;
    private const double StayingShare = 0.5;

    /// <summary>
    /// A thermometer that has moved by less than this, K, or reads what is no multiple of it, is not coarse: where it stands still to the last digit for
    /// so many sweeps it is dead.
    /// </summary>
    private const double FineKelvins = 0.02;
    private const int StandingMax = 7;

    /// <summary>Rounding of a mean of equal temperatures, K.</summary>
    private const double Rounding = 1e-11;

    /// <summary>No solid electrolyte carries more, A/cm².</summary>
    private const double AmperesPerSquareCentimetreMax = 1;

    /// <summary>R_bulk of three times what was expected is another cell's, a lead, or a range.</summary>
    private static readonly double RiseMax = Math.Log(3);

    /// <summary>Three tenths less, all at once, may be a short; what metal takes before that shows in the sweeps before.</summary>
    private static readonly double FallMax = -Math.Log(0.7);

    /// <summary>And clearly: behind voids little is expected of R_bulk.</summary>
    private const double Sigmas = 2;

    /// <summary>Why a reading can not be judged, or null.</summary>
    /// <param name="reading">The reading.</param>
    public static string? WhyNot(CellReading reading) => reading switch
    {
        { Valid: false } => reading.WhyNotValid,
        { BulkOhms: not (> 0 and < double.PositiveInfinity) } or { InterfaceOhms: not (> 0 and < double.PositiveInfinity) }
            or { BulkRelativeSd: not (>= 0 and < double.PositiveInfinity) } or { InterfaceRelativeSd: double.NaN } => "a resistance of the spectrum is no number",
        { TimeSeconds: var seconds } when !double.IsFinite(seconds) => "the points have no time",
        { CurrentAmperes: var amperes } when !double.IsFinite(amperes) => "no current was measured, and without it nobody knows whether metal is plated",
        { AmperesPerSquareCentimetre: var density } when Math.Abs(density) > AmperesPerSquareCentimetreMax =>
            FormattableString.Invariant($"no cell carries {density:G3} A/cm²"),
        { TemperatureCelsius: var celsius } when !(celsius is >= CelsiusMin and <= CelsiusMax) => FormattableString.Invariant($"no cell is at {celsius:F0} °C"),
        _ => null,
    };

    /// <summary>Whether ln R_bulk is so far from what was expected that it is not this cell's, or a short's.</summary>
    /// <param name="innovation">ln R_bulk above what was expected.</param>
    /// <param name="sd">Standard deviation of that.</param>
    public static bool IsAnother(double innovation, double sd) => Math.Abs(innovation) > Sigmas * sd && (innovation > RiseMax || innovation < -FallMax);

    /// <summary>Standard deviations of a fall beyond which it is another cell's, or a short's.</summary>
    /// <param name="sd">Standard deviation of what was expected of ln R_bulk.</param>
    public static double FallSigmas(double sd) => Math.Max(Sigmas, FallMax / sd);

    /// <summary>Whether the thermometer is dead: R_bulk then says nothing.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="reading">A later reading.</param>
    public static bool IsFrozen(DetectorState state, CellReading reading) =>
        state.Standing >= StandingMax && (state.LeastKelvins < FineKelvins || IsFine(reading.TemperatureCelsius)) && IsStanding(reading.TemperatureCelsius - state.Last.OwnCelsius);

    private static bool IsFine(double celsius) => Math.Abs(Math.IEEERemainder(celsius, FineKelvins)) > FineKelvins * 1e-6;

    /// <summary>Whether a change of temperature is none to the last digit.</summary>
    public static bool IsStanding(double kelvins) => Math.Abs(kelvins) < Rounding;

    /// <summary>Whether the thermometer has jumped since the last sweep that counted, and the sweep before this one did not say so too.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="reading">A later reading.</param>
    public static bool HasJumped(DetectorState state, CellReading reading)
    {
        var kelvins = reading.TemperatureCelsius - state.Last.OwnCelsius;
        var minutes = (reading.TimeSeconds - state.Last.TimeSeconds) / 60;
        return state.Sweeps > 0 && Math.Abs(kelvins) > KelvinsPerMinuteMax * Math.Max(1, minutes)
            && !(state.JumpedCelsius is { } jumped && kelvins / (jumped - state.Last.OwnCelsius) > StayingShare);
    }
}
