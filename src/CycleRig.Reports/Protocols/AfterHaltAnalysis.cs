using System.Collections.Immutable;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Whether the damage for which a cell was halted is there: spectra at rest after the halt against those before the current.</summary>
internal static class AfterHaltAnalysis
{
    /// <summary>A loss that is smaller cannot be told from creep of lithium over the mask or a change of the constriction.</summary>
    private const double LossMin = 0.003;

    /// <summary>Spectra after a halt that a verdict needs, and how late the last must be, s.</summary>
    private const int SpectraMin = 2;
    private const double LatestMinSeconds = 540;

    private const double SecondsPerMinute = 60;

    private const string Needs = "needs the halted run with a spectrum before its current, and spectra at rest at 1, 10 and 60 min after the halt: "
        + "report a folder that holds both recordings, or the run of examples/protocols/after-halt.yaml with --data";

    public static ProtocolReport Analyse(IReadOnlyList<Recording> recordings)
    {
        var halted = recordings.LastOrDefault(recording => CurrentStep.Of(recording).Count > 0) ?? throw new ReportException($"no recording with current was given; the verdict {Needs}");
        var after = recordings.LastOrDefault(recording => !ReferenceEquals(recording, halted) && CurrentStep.Of(recording).Count == 0);
        if (after is not null && halted.Cell.Id != after.Cell.Id)
            throw new ReportException($"{halted.Name} is of cell {halted.Cell.Id}, {after.Name} of cell {after.Cell.Id}; give the two recordings of one cell");
        var steps = CurrentStep.Of(halted);
        var (began, stopped) = (steps[0].StartSeconds, steps[^1].EndSeconds);
        var readings = CellReadings.Of(halted);
        var before = readings.AtRest.LastOrDefault(reading => reading.EndSeconds <= began) ?? readings.UnderCurrent.FirstOrDefault()
            ?? throw new ReportException($"{halted.Name}: no readable spectrum before or under current; the verdict {Needs}");
        List<CellReading> loaded = [.. readings.UnderCurrent];
        var (source, origin) = after is null ? (halted, stopped) : (after, Origin(after));
        var late = after is null ? readings : CellReadings.Of(after);
        List<CellReading> rest = [.. late.AtRest.Where(reading => reading.TimeSeconds > (after is null ? stopped : double.NegativeInfinity))];
        var bypassed = ShortTest.Bypassed(source, before.BulkOhms, after is null ? stopped : double.NegativeInfinity);
        if (bypassed is null && (rest.Count < SpectraMin || rest[^1].TimeSeconds - origin < LatestMinSeconds))
            throw new ReportException($"{source.Name}: {rest.Count} readable spectra at rest after the halt{(rest.Count > 0 ? FormattableString.Invariant($", the last after {(rest[^1].TimeSeconds - origin) / SecondsPerMinute:F0} min") : "")}; the verdict {Needs}");
        var activation = halted.Cell.ActivationElectronVolts;
        List<(double Minutes, Estimate Loss, double Ratio)> losses = [.. rest.Select(reading => (
            (reading.TimeSeconds - origin) / SecondsPerMinute, Loss(before, reading, activation), reading.InterfaceOhms / before.InterfaceOhms))];
        var claimed = loaded.Count >= 2 ? Loss(loaded[0], loaded[^1], activation) : (Estimate?)null;
        return new(
            "after-halt", $"{CellSheet.Name(halted)}: after {(halted.Halt is { } halt ? $"the halt ({halt.Reason})" : "the stop")}", [.. recordings.Select(recording => recording.Name)],
            [
                ReportRow.Words("verdict", bypassed is not null ? "shorted while stopping: the cell conducts better than its electrolyte" : Verdict(losses, claimed)),
                .. claimed is { } seen ? [ReportRow.Of("R_bulk lost under current, last against first spectrum", seen.Times(100), "%")] : (ReportRow[])[],
                .. losses.Select(loss => ReportRow.Of(FormattableString.Invariant($"R_bulk lost at rest, after {loss.Minutes:F0} min"), loss.Loss.Times(100), "%",
                    FormattableString.Invariant($"R_int is {loss.Ratio:F2} times that before"))),
                .. OpenCircuit(source),
            ],
            [.. late.Notes(), .. before.CurrentAmperes == 0 ? [] : (string[])["there is no spectrum at rest before the current: the first one under current stands for it"]],
            losses.Count == 0 ? [] : [Chart(losses, claimed)]);
    }

    private static Estimate Loss(CellReading from, CellReading to, double activation)
    {
        var (change, sd) = CellReadings.Change(from, to, activation);
        return Estimate.OfError(-change, sd).Through(log => 1 - Math.Exp(-log));
    }

    /// <summary>The median over the spectra after the halt counts: each has the error of the one before in common, so that averaging does not shrink it.</summary>
    private static string Verdict(List<(double Minutes, Estimate Loss, double Ratio)> losses, Estimate? claimed)
    {
        var middle = losses.OrderBy(loss => loss.Loss.Value).ElementAt(losses.Count / 2).Loss;
        if (middle.Low > 0 && middle.Value > LossMin)
            return FormattableString.Invariant($"confirmed: {100 * middle.Value:F1} % of R_bulk are gone, and stay gone at rest");
        return middle.High < Math.Max(LossMin, claimed?.Value ?? LossMin)
            ? "not confirmed: at rest R_bulk is what it was before the current"
            : "undecided: the spectra do not tell this loss from none; take more of them";
    }

    /// <summary>The clock of an own recording begins with its run.</summary>
    private static double Origin(Recording after) => CurrentStep.Usable(after).Select(sample => sample.TimeSeconds).FirstOrDefault();

    private static IEnumerable<ReportRow> OpenCircuit(Recording source)
    {
        double[] volts = [.. CurrentStep.Usable(source).Select(sample => sample.Volts).Where(double.IsFinite)];
        return volts.Length == 0 ? [] : [new("open-circuit voltage, last", volts[^1] * 1e3, "mV")];
    }

    private static ReportChart Chart(List<(double Minutes, Estimate Loss, double Ratio)> losses, Estimate? claimed)
    {
        ImmutableArray<double> minutes = [.. losses.Select(loss => loss.Minutes)];
        var measured = new ChartSeries("at rest", minutes, [.. losses.Select(loss => 100 * loss.Loss.Value)], ChartStyle.Both)
        {
            Low = [.. losses.Select(loss => 100 * loss.Loss.Low)], High = [.. losses.Select(loss => 100 * loss.Loss.High)],
        };
        return new("time after the halt / min", "R_bulk lost / %", claimed is { } seen
            ? [measured, new("at the halt", [minutes[0], minutes[^1]], [100 * seen.Value, 100 * seen.Value], ChartStyle.Line)]
            : [measured]);
    }
}
