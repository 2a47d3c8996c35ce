using System.Globalization;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Resistance of a shorted cell from a linear sweep or staircase of some mV, its linearity, and the lithium wire that would have it.</summary>
internal static class PostMortemAnalysis
{
    /// <summary>Beyond this a cell is no longer probed but driven, V.</summary>
    private const double LargestVolts = 0.02;

    /// <summary>Less than this is no step, V.</summary>
    private const double SmallestVolts = 2e-4;

    /// <summary>Share of a level that is left out at its beginning: switching and charging.</summary>
    private const double SkippedShare = 0.4;

    /// <summary>
    /// More than ions conduct in any of the electrolytes here (LLZTO and Na-β"-alumina have 1 to 2.5 mS/cm at room temperature): lithium electrodes let
    /// ions through, so that a whole cell is ohmic too.
    /// </summary>
    private const double IonsMostMillisiemensPerCentimetre = 3;

    public static ProtocolReport Analyse(Recording recording)
    {
        var pellet = CellSheet.Pellet(recording);
        var levels = Levels(recording);
        if (levels.Count < OhmicSweep.PointsMin)
        {
            throw new ReportException(
                $"{recording.Name}: {levels.Count} levels of voltage within ±20 mV; a resistance with a test of linearity needs {OhmicSweep.PointsMin} or more: run examples/protocols/post-mortem.yaml");
        }

        var sweep = OhmicSweep.Of([.. levels.Select(level => level.Volts)], [.. levels.Select(level => level.Amperes)], pellet.Thickness, pellet.ThicknessStandardError);
        var lowest = recording.Spectra.Select(CellReadings.LowestOhms).Where(double.IsFinite).Cast<double?>().LastOrDefault();
        return new(
            "post-mortem", $"{CellSheet.Name(recording)}: current against voltage after the test, {levels.Count} levels", [recording.Name],
            [
                ReportRow.Words("verdict", sweep.Verdict switch
                {
                    SweepVerdict.Ohmic => Ohmic(ConductivityFromGeometry.Of(sweep.Resistance!.Value, default, pellet).Value.MillisiemensPerCentimetre),
                    SweepVerdict.NotOhmic => string.Create(CultureInfo.InvariantCulture, $"not ohmic: the current bends by {100 * sweep.BendShare:F1} % at the largest voltage"),
                    SweepVerdict.NoConduction => "no conduction that can be told from zero: not shorted, or the sweep is too small",
                    _ => throw new System.Diagnostics.UnreachableException(),
                }),
                .. Conducting(sweep, levels.Count),
                new("linearity, p of V² and V³", sweep.LinearityPValue, "", Linearity(sweep)),
                ReportRow.Of("current at 0 V", Estimate.OfError(sweep.Offset.Amperes * 1e9, sweep.OffsetStandardError.Amperes * 1e9), "nA"),
                .. lowest is { } ohms ? [new("Re Z at the lowest frequency", ohms, "Ω", "leads and contacts are in it")] : (ReportRow[])[],
            ],
            ["the wire is a straight cylinder of lithium (93 nΩ m) through the whole thickness: a figure to compare, not a shape"],
            [Chart(levels, sweep)]);
    }

    /// <param name="equivalent">Conductivity of an electrolyte that would have this resistance, mS/cm.</param>
    private static string Ohmic(double equivalent) => equivalent > IonsMostMillisiemensPerCentimetre
        ? FormattableString.Invariant($"ohmic, as an electrolyte of {equivalent:G3} mS/cm would be: more than ions carry, so that a metal connects the electrodes")
        : FormattableString.Invariant($"ohmic, but as an electrolyte of {equivalent:G3} mS/cm would be: ions can carry this, and a short is not shown");

    private static string Linearity(OhmicSweep sweep) => sweep switch
    {
        { Verdict: SweepVerdict.NoConduction } => "",
        { Verdict: SweepVerdict.NotOhmic } => "the line bends, and not by chance",
        { LinearityPValue: < OhmicSweep.Significance } => string.Create(
            CultureInfo.InvariantCulture, $"the line bends by {100 * sweep.BendShare:G2} %, no more than an instrument's own gain may"),
        _ => "straight: chance bends a line as much",
    };

    private static IEnumerable<ReportRow> Conducting(OhmicSweep sweep, int levels)
    {
        if (sweep is not { Resistance: { } resistance, StandardError: { } error, FilamentDiameter: { } diameter, FilamentStandardError: { } diameterError })
            yield break;
        yield return ReportRow.Of("resistance", Estimate.OfError(resistance.Ohms, error.Ohms, levels - 2), "Ω");
        yield return ReportRow.Of(
            "diameter of an equal Li wire", Estimate.OfError(diameter.Micrometres, diameterError.Micrometres, levels - 2), "µm", "d = √(4ρL/(πR))");
    }

    /// <summary>Mean of the later part of each level of voltage; of a sweep without levels each sample is one.</summary>
    private static List<(double Volts, double Amperes)> Levels(Recording recording)
    {
        var samples = CurrentStep.Usable(recording).Where(sample => double.IsFinite(sample.Volts)).ToList();
        var first = samples.FindIndex(IsStep);
        if (first < 0)
            return [];
        samples = samples[first..(samples.FindLastIndex(IsStep) + 1)];
        var (levels, begin) = (new List<(double, double)>(), 0);
        for (var i = 1; i <= samples.Count; i++)
        {
            if (i < samples.Count && Math.Abs(samples[i].Volts - samples[begin].Volts) < SmallestVolts)
                continue;
            List<Sample> level = [.. samples[(begin + (int)(SkippedShare * (i - begin)))..i].Where(sample => Math.Abs(sample.Volts) <= LargestVolts)];
            // Between two levels the cell may be off for a moment: nothing at 0 V is a step.
            if (level.Count > 0 && Math.Abs(level.Average(sample => sample.Volts)) >= SmallestVolts)
                levels.Add((level.Average(sample => sample.Volts), level.Average(sample => sample.CurrentAmperes)));
            begin = i;
        }

        return levels;
    }

    private static bool IsStep(Sample sample) => Math.Abs(sample.Volts) is >= SmallestVolts and <= LargestVolts;

    private static ReportChart Chart(List<(double Volts, double Amperes)> levels, OhmicSweep sweep)
    {
        var (low, high) = (levels.Min(level => level.Volts), levels.Max(level => level.Volts));
        var measured = new ChartSeries("measured", [.. levels.Select(level => level.Volts * 1e3)], [.. levels.Select(level => level.Amperes * 1e6)], ChartStyle.Points);
        return sweep.Resistance is not { Ohms: var ohms }
            ? new("voltage / mV", "current / µA", [measured])
            : new("voltage / mV", "current / µA",
                [measured, new(string.Create(CultureInfo.InvariantCulture, $"{ohms:G4} Ω"), [low * 1e3, high * 1e3], [Line(low), Line(high)], ChartStyle.Line)]);

        double Line(double volts) => (sweep.Offset.Amperes + (volts / ohms)) * 1e6;
    }
}
