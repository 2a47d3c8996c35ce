using System.Collections.Immutable;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>Strip/plate cycling of a symmetric cell: interfacial resistance against cycle and half-cycle, voiding, asymmetry.</summary>
internal static class CyclingAnalysis
{
    /// <summary>Stripping that raises R_int by less than this share makes no voids that count; a part of contact always comes and goes.</summary>
    private const double VoidingShare = 0.1;

    /// <summary>Share of a half-cycle at its end whose voltage stands for it.</summary>
    private const double LatePart = 2.0 / 3;

    private const double MicroampereHoursPerCoulomb = 1e6 / 3600;

    /// <param name="Number">Half-cycle, from 1.</param>
    /// <param name="Step">Its current.</param>
    /// <param name="After">First reading at rest after it, else its last under current; null without one.</param>
    private sealed record HalfCycle(int Number, CurrentStep Step, CellReading? After)
    {
        public double Cycle => Number / 2.0;

        public double? LateOhms { get; } = Late(Step);

        /// <summary>Median of V/I late in the half-cycle, Ω.</summary>
        private static double? Late(CurrentStep step)
        {
            var from = step.StartSeconds + (LatePart * (step.EndSeconds - step.StartSeconds));
            double[] ohms = [.. step.Samples.Where(sample => sample.TimeSeconds >= from && double.IsFinite(sample.Volts) && sample.CurrentAmperes != 0)
                .Select(sample => sample.Volts / sample.CurrentAmperes)];
            return ohms.Length == 0 ? null : ohms.Median();
        }
    }

    public static ProtocolReport Analyse(Recording recording)
    {
        var steps = CurrentStep.Of(recording);
        if (!steps.Any(step => step.IsPlating) || steps.All(step => step.IsPlating))
            throw new ReportException($"{recording.Name}: {steps.Count} half-cycles, all in one direction; cycling needs both");
        var readings = CellReadings.Of(recording);
        var halves = Halves(steps, readings);
        if (halves.All(half => half.After is null))
            throw new ReportException($"{recording.Name}: no readable spectrum after a half-cycle; put `peis` behind plate and strip{string.Concat(readings.Notes().Select(note => $"; {note}"))}");
        var area = recording.Cell.AreaSquareCentimetres;
        var before = readings.AtRest.FirstOrDefault(reading => reading.EndSeconds <= steps[0].StartSeconds);
        List<HalfCycle> plated = [.. halves.Where(half => half.Step.IsPlating)], stripped = [.. halves.Where(half => !half.Step.IsPlating)];
        List<ReportRow> rows =
        [
            ReportRow.Words("verdict", Voiding(Steps(before, halves, isPlating: false))),
            new("half-cycles", halves.Count, ""),
            .. before is null ? [] : (ReportRow[])[Row("R_int before", before, area)],
            .. Ends("plating", plated, area), .. Ends("stripping", stripped, area),
            .. Ratio("R_int after / before a strip, geometric mean", Steps(before, halves, isPlating: false)),
            .. Ratio("R_int after / before a plating, geometric mean", Steps(null, halves, isPlating: true)),
            .. Asymmetry(plated, stripped),
            new("net charge, plated and not stripped", -Net(recording, steps) * MicroampereHoursPerCoulomb / area, "µAh/cm²"),
        ];
        return new(
            "strip-plate-cycling", $"{CellSheet.Name(recording)}: {halves.Count} half-cycles", [recording.Name], [.. rows],
            [.. readings.Notes(), "R_int is that of both interfaces: while one is plated the other is stripped, so that voids of either show in both half-cycles"],
            [new("cycle", "R_int / Ω cm²", [Series("after plating", plated, area), Series("after stripping", stripped, area)])]);
    }

    /// <summary>By the instrument's counter where there is one: begin and end of many steps between two samples add up.</summary>
    private static double Net(Recording recording, IReadOnlyList<CurrentStep> steps)
    {
        double[] counted = [.. CurrentStep.Usable(recording).Select(sample => sample.ChargeCoulombs).Where(double.IsFinite)];
        return counted.Length > 0 ? counted[^1] - counted[0] : steps.Sum(step => step.Coulombs);
    }

    private static List<HalfCycle> Halves(IReadOnlyList<CurrentStep> steps, CellReadings readings) => [.. steps.Select((step, i) =>
    {
        var next = i + 1 < steps.Count ? steps[i + 1].StartSeconds : double.PositiveInfinity;
        var after = readings.AtRest.FirstOrDefault(reading => reading.TimeSeconds > step.EndSeconds && reading.EndSeconds <= next)
            ?? readings.UnderCurrent.LastOrDefault(reading => reading.TimeSeconds >= step.StartSeconds && reading.TimeSeconds <= step.EndSeconds);
        return new HalfCycle(i + 1, step, after);
    })];

    private static ReportRow Row(string name, CellReading reading, double area) =>
        ReportRow.Of(name, Estimate.OfLogError(reading.InterfaceOhms, reading.InterfaceRelativeSd).Times(area), "Ω cm²");

    private static IEnumerable<ReportRow> Ends(string what, List<HalfCycle> halves, double area)
    {
        List<HalfCycle> read = [.. halves.Where(half => half.After is not null)];
        if (read.Count == 0)
            yield break;
        yield return Row($"R_int after {what}, first", read[0].After!, area);
        yield return Row($"R_int after {what}, last", read[^1].After!, area);
        if (read.Count < 3)
            yield break;
        var slope = Estimate.OfSlope([.. read.Select(half => half.Cycle)], [.. read.Select(half => Math.Log(half.After!.InterfaceOhms))]).Through(change => 100 * (Math.Exp(change) - 1));
        yield return ReportRow.Of($"R_int after {what}, change per cycle", slope, "%", slope.Low > 0 ? "grows" : slope.High < 0 ? "falls" : "holds");
    }

    /// <summary>
    /// ln of R_int after by before each half-cycle of one direction. The first has the reading before all; where that is null it is left out,
    /// as it is of plating, whose first half-cycle forms the contact.
    /// </summary>
    private static List<double> Steps(CellReading? before, List<HalfCycle> halves, bool isPlating) => [.. halves
        .Zip([before, .. halves.SkipLast(1).Select(half => half.After)], (half, earlier) => (Half: half, Before: earlier))
        .Where(step => step.Half.Step.IsPlating == isPlating && step is { Before: not null, Half.After: not null })
        .Select(step => Math.Log(step.Half.After!.InterfaceOhms / step.Before!.InterfaceOhms))];

    private static IEnumerable<ReportRow> Ratio(string name, List<double> steps) =>
        steps.Count == 0 ? [] : [steps.Count == 1 ? new(name, Math.Exp(steps[0]), "") : ReportRow.Of(name, Estimate.OfMean(steps).Through(Math.Exp), "")];

    private static string Voiding(List<double> strips)
    {
        if (strips.Count == 0)
            return "no strip between two spectra: voiding cannot be told";
        var worst = Math.Exp(strips.Max());
        return worst <= 1 + VoidingShare ? "no voids that R_int tells"
            : strips.Count < 2 || Estimate.OfMean(strips).Low > 0
                ? FormattableString.Invariant($"voids: stripping raises R_int, up to {worst:G3} times; the next plating is in danger")
                : FormattableString.Invariant($"R_int rose {worst:G3} times in one strip, not in all");
    }

    /// <summary>V/I of stripping by that of plating: 1 when both electrodes are alike.</summary>
    private static IEnumerable<ReportRow> Asymmetry(List<HalfCycle> plated, List<HalfCycle> stripped)
    {
        List<double> logs = [.. plated.Zip(stripped).Where(pair => pair.First.LateOhms > 0 && pair.Second.LateOhms > 0)
            .Select(pair => Math.Log(pair.Second.LateOhms!.Value / pair.First.LateOhms!.Value))];
        if (logs.Count < 2)
            return logs.Count == 0 ? [] : [new("asymmetry, V/I of strip by plate", Math.Exp(logs[0]), "")];
        var ratio = Estimate.OfMean(logs).Through(Math.Exp);
        return [ReportRow.Of("asymmetry, V/I of strip by plate", ratio, "", ratio.Low > 1 ? "stripping meets more resistance" : ratio.High < 1 ? "plating meets more resistance" : "none that these cycles tell")];
    }

    private static ChartSeries Series(string name, List<HalfCycle> halves, double area)
    {
        List<HalfCycle> read = [.. halves.Where(half => half.After is not null)];
        ImmutableArray<Estimate> values = [.. read.Select(half => Estimate.OfLogError(half.After!.InterfaceOhms, half.After.InterfaceRelativeSd).Times(area))];
        return new(name, [.. read.Select(half => half.Cycle)], [.. values.Select(value => value.Value)], ChartStyle.Both)
        {
            Low = [.. values.Select(value => value.Low)], High = [.. values.Select(value => value.High)],
        };
    }
}
