using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>Plating with superimposed spectra: how bulk and interface moved, and whether voltage and impedance agree.</summary>
internal static class PlatingAnalysis
{
    /// <summary>Readings at either end whose median stands for it.</summary>
    private const int EndReadings = 3;

    /// <summary>A change of R_int that is smaller leaves it as it was.</summary>
    private const double HeldShare = 0.1;

    /// <summary>A fall of R_bulk that the constriction at an interface brings by itself as the contact improves, at the most.</summary>
    private const double ConstrictionShare = 0.02;

    /// <summary>Voltage and impedance agree within this.</summary>
    private const double AgreeShare = 0.05;

    /// <summary>The voltage belongs to a spectrum within this of its time, s.</summary>
    private const double NearSeconds = 15;

    private const double SecondsPerHour = 3600;
    private const double CoulombsPerMilliampereHour = 3.6;

    public static ProtocolReport Analyse(Recording recording)
    {
        var steps = CurrentStep.Of(recording).Where(step => step.IsPlating).ToList();
        if (steps.Count == 0)
            throw new ReportException($"{recording.Name}: no plating current; plating is negative current, see `sign_convention` in cell.json");
        var readings = CellReadings.Of(recording);
        List<CellReading> loaded = [.. readings.UnderCurrent.Where(reading => reading.CurrentAmperes < 0)];
        if (loaded.Count < 2)
            throw new ReportException($"{recording.Name}: {loaded.Count} readable spectra under plating current; what changed needs 2 or more (`geis:` in the plate step){string.Concat(readings.Notes().Select(note => $"; {note}"))}");
        var (first, last) = (Middle([.. loaded.Take(EndReadings)]), Middle([.. loaded.TakeLast(EndReadings)]));
        var (change, sd) = CellReadings.Change(first, last, recording.Cell.ActivationElectronVolts);
        var bulk = Estimate.OfError(change, sd).Through(Math.Exp);
        var (area, coulombs) = (recording.Cell.AreaSquareCentimetres, steps.Sum(step => step.Coulombs));
        var before = readings.AtRest.LastOrDefault(reading => reading.EndSeconds <= steps[0].StartSeconds);
        List<ReportRow> rows =
        [
            ReportRow.Words("verdict", Verdict(recording, steps, first, bulk, last.InterfaceOhms / first.InterfaceOhms)),
            new("charge plated", Math.Abs(coulombs) / CoulombsPerMilliampereHour / area, "mAh/cm²"),
            .. Pair("R_bulk", before, first, last, reading => Estimate.OfLogError(reading.BulkOhms, reading.BulkRelativeSd), "Ω"),
            ReportRow.Of("R_bulk last / first under current, at equal temperature", bulk, ""),
            .. Pair("R_int", before, first, last, reading => Estimate.OfLogError(reading.InterfaceOhms, reading.InterfaceRelativeSd).Times(area), "Ω cm²"),
        ];
        if (recording.Cell.ThicknessMillimetres > 0)
            rows.Add(ReportRow.Words("smallest visible depth", Visible(recording)));
        if (Agreement(recording, loaded) is { } ratio)
            rows.Add(new("voltage / (I · (R_bulk + R_int)), median", ratio, "", Math.Abs(ratio - 1) <= AgreeShare
                ? "voltage and impedance agree within 5 %" : "they differ: an interface that is not linear, a second process, or leads"));
        return new(
            "plating", $"{CellSheet.Name(recording)}: plating with impedance, {loaded.Count} spectra", [recording.Name], [.. rows],
            [.. readings.Notes(), string.Create(CultureInfo.InvariantCulture, $"R_bulk is compared at equal temperature with the nominal activation energy of {recording.Cell.ActivationElectronVolts:G3} eV ± 0.02 eV")],
            [Chart(loaded, "R_bulk / Ω", reading => Estimate.OfLogError(reading.BulkOhms, reading.BulkRelativeSd)), Chart(loaded, "R_int / Ω cm²", reading => Estimate.OfLogError(reading.InterfaceOhms, reading.InterfaceRelativeSd).Times(area)), .. Temperature(loaded)]);
    }

    private static string Verdict(Recording recording, List<CurrentStep> steps, CellReading first, Estimate bulk, double interfaceRatio)
    {
        var halted = recording.Halt is { } halt ? $"; halted: {halt.Reason}" : "";
        if (ShortTest.Bypassed(recording.Spectra, first.BulkOhms)?.Seconds is { } bypassed)
            return FormattableString.Invariant($"shorted: from {bypassed / SecondsPerHour:F2} h on the cell conducts better than its electrolyte{halted}");
        if (steps.Select(step => ShortTest.Collapse(recording, step)).FirstOrDefault(time => time is not null) is { } collapsed)
            return FormattableString.Invariant($"the voltage collapsed at {collapsed / SecondsPerHour:F2} h: a short{halted}");
        if (recording.Halt is { Reason: "dendrite_onset" } && bulk.High >= 1)
            return "halted: dendrite_onset, by the course of all sweeps; the first spectrum against the last does not show so small a fall beside what contact does";
        var contact = interfaceRatio < 1 - HeldShare ? "R_int fell: contact improved" : interfaceRatio > 1 + HeldShare ? "R_int rose: contact was lost" : "R_int held";
        var isConstriction = interfaceRatio < 1 - HeldShare && bulk.Value > 1 - ConstrictionShare;
        return (bulk.High < 1
            ? isConstriction ? $"R_bulk fell a little while {contact}: first against last does not tell metal from constriction; see the course" : $"R_bulk fell, {contact}: metal in the electrolyte"
            : bulk.Low > 1 ? $"R_bulk rose, {contact}" : $"R_bulk held, {contact}") + halted;
    }

    private static string Visible(Recording recording) => FormattableString.Invariant(
        $"{SmallestVisible.Of(new(Area.FromSquareCentimetres(recording.Cell.AreaSquareCentimetres), Length.FromMillimetres(recording.Cell.ThicknessMillimetres)), SmallestVisible.AssumedNoise)}, if R_bulk scatters by {100 * SmallestVisible.AssumedNoise:G2} % (assumed)");

    private static IEnumerable<ReportRow> Pair(string name, CellReading? before, CellReading first, CellReading last, Func<CellReading, Estimate> value, string unit) =>
    [
        .. before is null ? [] : (ReportRow[])[ReportRow.Of($"{name} at rest before", value(before), unit)],
        ReportRow.Of($"{name} under current, first", value(first), unit), ReportRow.Of($"{name} under current, last", value(last), unit),
    ];

    /// <summary>The reading with the median R_bulk: one outlier at an end is no change.</summary>
    private static CellReading Middle(List<CellReading> readings) => readings.OrderBy(reading => reading.BulkOhms).ElementAt(readings.Count / 2);

    private static double? Agreement(Recording recording, List<CellReading> loaded)
    {
        var samples = CurrentStep.Usable(recording).Where(sample => double.IsFinite(sample.Volts)).ToList();
        double[] ratios = [.. loaded.Select(reading =>
        {
            var volts = samples.Where(sample => Math.Abs(sample.TimeSeconds - reading.TimeSeconds) <= NearSeconds).Select(sample => Math.Abs(sample.Volts)).Median();
            return volts / (Math.Abs(reading.CurrentAmperes) * (reading.BulkOhms + reading.InterfaceOhms));
        }).Where(double.IsFinite)];
        return ratios.Length == 0 ? null : ratios.Median();
    }

    /// <summary>What the temperature does to both of them is seen below them: that at which each spectrum was compared.</summary>
    private static IEnumerable<ReportChart> Temperature(List<CellReading> readings)
    {
        List<CellReading> known = [.. readings.Where(reading => double.IsFinite(reading.TemperatureCelsius))];
        if (known.Count > 0)
        {
            yield return new("time / h", "temperature / °C",
                [new("", [.. known.Select(reading => reading.TimeSeconds / SecondsPerHour)], [.. known.Select(reading => reading.TemperatureCelsius)], ChartStyle.Both)]);
        }
    }

    private static ReportChart Chart(List<CellReading> readings, string axis, Func<CellReading, Estimate> value)
    {
        ImmutableArray<Estimate> values = [.. readings.Select(value)];
        return new("time / h", axis, [new("", [.. readings.Select(reading => reading.TimeSeconds / SecondsPerHour)], [.. values.Select(one => one.Value)], ChartStyle.Both)
        {
            Low = [.. values.Select(one => one.Low)], High = [.. values.Select(one => one.High)],
        }]);
    }
}
