using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Impedance;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>What the sweeps of a recording say of a symmetric cell, each fitted from where the last one ended.</summary>
/// <param name="Valid">Readings in the order of time.</param>
/// <param name="Refused">Number of sweeps that gave none.</param>
/// <param name="WhyRefused">The first reason, or "".</param>
internal sealed record CellReadings(ImmutableArray<CellReading> Valid, int Refused, string WhyRefused)
{
    /// <summary>Constriction at the first of two spectra, as a share of R_bulk: it goes with the root of R_int.</summary>
    private const double ConstrictionShare = 0.012;

    /// <summary>
    /// What one sweep leaves open beside its own noise: the cell's temperature wanders by 8 to 30 mK behind the thermometer, and the total was
    /// 0.15 % of R_bulk.
    /// </summary>
    private const double WanderLog = 0.0015;

    /// <summary>sd of a nominal activation energy, eV.</summary>
    private const double ActivationSd = 0.02;

    private const int LowestPoints = 3;

    /// <summary>Readings at rest.</summary>
    public IEnumerable<CellReading> AtRest => Valid.Where(reading => !IsLoaded(reading));

    /// <summary>Readings under direct current.</summary>
    public IEnumerable<CellReading> UnderCurrent => Valid.Where(IsLoaded);

    /// <summary>Reads all whole sweeps: one of R_bulk alone repeats the R_int of the last, and tells no pair.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="previous">The last reading of an earlier recording of the cell; null for none.</param>
    public static CellReadings Of(Recording recording, CellReading? previous = null) =>
        Of(FittedSweep.InOrder(recording.Spectra, recording.Cell.AreaSquareCentimetres, previous).Where(sweep => !sweep.Reading.BulkOnly));

    /// <summary>Sorts what was fitted.</summary>
    public static CellReadings Of(IEnumerable<FittedSweep> sweeps)
    {
        var (valid, refused, why) = (ImmutableArray.CreateBuilder<CellReading>(), 0, "");
        foreach (var (_, reading, _) in sweeps)
        {
            if (reading.Valid)
            {
                valid.Add(reading);
            }
            else if (refused++ == 0)
            {
                why = FormattableString.Invariant($"that at {reading.TimeSeconds:F0} s: {reading.WhyNotValid}");
            }
        }

        return new(valid.ToImmutable(), refused, why);
    }

    /// <summary>A note on sweeps that could not be read; empty when all could.</summary>
    public IEnumerable<string> Notes() => Refused == 0 ? [] : [$"{Refused} of {Refused + Valid.Length} sweeps gave no resistances ({WhyRefused})"];

    /// <summary>ln(R_bulk of one by that of another), compensated to one temperature with the nominal activation energy, and its standard error.</summary>
    public static (double Log, double Sd) Change(CellReading from, CellReading to, double activationElectronVolts)
    {
        var inverse = ResistanceTemperature.InverseEnergy(to.TemperatureCelsius) - ResistanceTemperature.InverseEnergy(from.TemperatureCelsius);
        // What the temperature alone would have done is taken off.
        var expected = ResistanceTemperature.LogBulk(to.TemperatureCelsius, activationElectronVolts)
            - ResistanceTemperature.LogBulk(from.TemperatureCelsius, activationElectronVolts);
        var constriction = ConstrictionShare * (Math.Sqrt(to.InterfaceOhms / from.InterfaceOhms) - 1);
        var sd = Math.Sqrt(
            (from.BulkRelativeSd * from.BulkRelativeSd) + (to.BulkRelativeSd * to.BulkRelativeSd) + (2 * WanderLog * WanderLog)
            + (ActivationSd * inverse * ActivationSd * inverse) + (constriction * constriction));
        return (Math.Log(to.BulkOhms / from.BulkOhms) - expected, sd);
    }

    /// <summary>Real part at the lowest frequencies of a sweep, Ω: all that a direct current meets. NaN without points.</summary>
    public static double LowestOhms(Spectrum spectrum) =>
        spectrum.Points.Where(ImpedanceData.IsUsable).OrderBy(point => point.FrequencyHz).Take(LowestPoints).Select(point => point.RealOhms).Median();

    private static bool IsLoaded(CellReading reading) => Math.Abs(reading.CurrentAmperes) > 0;
}
