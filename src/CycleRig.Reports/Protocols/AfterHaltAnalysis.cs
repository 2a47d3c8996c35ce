using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Cells;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Whether the damage for which a cell was halted is there: spectra at rest after the halt against those before the current.</summary>
internal static class AfterHaltAnalysis
{
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
        var (source, origin) = after is null ? (halted, stopped) : (after, Origin(after));
        var late = after is null ? readings : CellReadings.Of(after, readings.Valid.LastOrDefault(reading => !reading.BulkOnly));
        var from = after is null ? stopped : double.NegativeInfinity;
        List<(double, CellReading)> rest = [.. late.AtRest.Where(reading => reading.TimeSeconds > from).Select(reading => ((reading.TimeSeconds - origin) / SecondsPerMinute, reading))];
        var activation = halted.Cell.ActivationElectronVolts;
        var onset = halted.Halt is null ? null : Onset(readings, activation);
        var before = AfterHaltVerdict.Healthy(readings, onset ?? began, rest.Select(late => late.Item2).FirstOrDefault(), activation)
            ?? throw new ReportException($"{halted.Name}: no readable spectrum before or under current; the verdict {Needs}");
        var verdict = AfterHaltVerdict.Of(
            before, rest, AfterHaltVerdict.Claim(readings, onset ?? began, activation), ShortTest.Bypassed(source.Spectra, before.BulkOhms, from)?.Ohms, activation);
        if (verdict is not { IsComplete: true })
            throw new ReportException($"{source.Name}: {rest.Count} readable spectra at rest after the halt{(rest.Count > 0 ? FormattableString.Invariant($", the last after {rest[^1].Item1:F0} min") : "")}; the verdict {Needs}");
        return new(
            "after-halt", $"{CellSheet.Name(halted)}: after {(halted.Halt is { } halt ? $"the halt ({halt.Reason})" : "the stop")}", [.. recordings.Select(recording => recording.Name)],
            [
                ReportRow.Words("verdict", verdict.Text),
                .. verdict.Claimed is { } seen ? [ReportRow.Of($"R_bulk lost under current, last against {(onset is null ? "first" : "last sound")} spectrum", seen.Times(100), "%")] : (ReportRow[])[],
                .. verdict.Losses.Select(loss => ReportRow.Of(FormattableString.Invariant($"R_bulk lost at rest, after {loss.Minutes:F0} min"), loss.Loss.Times(100), "%",
                    FormattableString.Invariant($"R_int is {loss.InterfaceRatio:F2} times that before"))),
                .. OpenCircuit(source),
            ],
            [.. late.Notes(), .. before.CurrentAmperes == 0 ? [] : (string[])[onset is null
                ? "there is no spectrum at rest before the current: the first one under current stands for it"
                : FormattableString.Invariant($"compared with the last spectrum under current before the estimated onset, at {before.EndSeconds:F0} s: contact has changed since the one at rest")]],
            verdict.Losses.IsEmpty ? [] : [Chart(verdict)]);
    }

    /// <summary>When the early warning takes the damage to have begun, s: of its last verdict on a sweep under current, where that says more than `healthy`.</summary>
    private static double? Onset(CellReadings readings, double activation)
    {
        var settings = DetectorSettings.Default with { ActivationElectronVolts = activation };
        var (state, last) = (DetectorState.Initial, (Assessment?)null);
        foreach (var reading in readings.Valid)
        {
            var assessment = Detector.Assess(state, reading, settings);
            state = assessment.Next;
            last = reading.CurrentAmperes != 0 && assessment.Valid ? assessment : last;
        }

        return last is { Level: > WarningLevel.Healthy, Evidence.OnsetSeconds: var onset } && double.IsFinite(onset) ? onset : null;
    }

    /// <summary>The clock of an own recording begins with its run.</summary>
    private static double Origin(Recording after) => CurrentStep.Usable(after).Select(sample => sample.TimeSeconds).FirstOrDefault();

    private static IEnumerable<ReportRow> OpenCircuit(Recording source)
    {
        double[] volts = [.. CurrentStep.Usable(source).Select(sample => sample.Volts).Where(double.IsFinite)];
        return volts.Length == 0 ? [] : [new("open-circuit voltage, last", volts[^1] * 1e3, "mV")];
    }

    private static ReportChart Chart(AfterHaltVerdict verdict)
    {
        var losses = verdict.Losses;
        ImmutableArray<double> minutes = [.. losses.Select(loss => loss.Minutes)];
        var measured = new ChartSeries("at rest", minutes, [.. losses.Select(loss => 100 * loss.Loss.Value)], ChartStyle.Both)
        {
            Low = [.. losses.Select(loss => 100 * loss.Loss.Low)], High = [.. losses.Select(loss => 100 * loss.Loss.High)],
        };
        return new("time after the halt / min", "R_bulk lost / %", verdict.Claimed is { } seen
            ? [measured, new("at the halt", [minutes[0], minutes[^1]], [100 * seen.Value, 100 * seen.Value], ChartStyle.Line)]
            : [measured]);
    }
}
