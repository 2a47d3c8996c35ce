using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>The small exact charge that a plate-and-stop put into a cell, with its error, and what the cell did at open circuit since.</summary>
internal static class PlateAndStopAnalysis
{
    /// <summary>Gain and offset of a usual potentiostat: 0.1 % of the reading and 0.1 % of the range; cell.json may say otherwise.</summary>
    private const double GainError = 1e-3, OffsetOfRange = 1e-3;

    /// <summary>The charge is to be met within this.</summary>
    private const double TargetShare = 0.02;

    /// <summary>Resolution of `charge_Ah`, C.</summary>
    private const double ChargeResolutionCoulombs = 3.6e-7;

    /// <summary>Lithium of 13.0 cm³/mol: µm that 1 mC/cm² makes.</summary>
    private const double MicrometresPerMillicoulombPerSquareCentimetre = 13.0 / 96485.33 * 1e-3 * 1e4;

    private const double MicroampereHoursPerCoulomb = 1e6 / 3600;
    private const double SecondsPerHour = 3600;
    private const double SecondsPerDay = 86_400;
    private const double MillivoltsPerVolt = 1e3;
    private const int PointsShown = 4000;

    public static ProtocolReport Analyse(Recording recording)
    {
        var steps = CurrentStep.Of(recording);
        if (steps.Count == 0)
            throw new ReportException($"{recording.Name}: no current flowed; there is no charge to tell");
        if (steps[0] is not { IsPlating: true } plate)
            throw new ReportException($"{recording.Name}: the first current strips ({steps[0].Amperes * 1e6:F1} µA); plating is negative current, see `sign_convention` in cell.json");
        var samples = CurrentStep.Usable(recording);
        var charge = Charge(recording, plate, samples);
        var area = recording.Cell.AreaSquareCentimetres;
        // The first sample after the last with current may have caught the switch.
        List<Sample> rest = [.. samples.Where(sample => sample.TimeSeconds > plate.EndSeconds && double.IsFinite(sample.Volts)).Skip(1)];
        List<string> notes = [charge.How];
        if (steps.Count > 1)
            notes.Add($"current flowed {steps.Count - 1} times more after the first plating: its charge is not counted");
        return new(
            "plate-and-stop", $"{CellSheet.Name(recording)}: charge delivered, then open circuit", [recording.Name],
            [
                ReportRow.Of("charge per area", charge.Coulombs.Times(MicroampereHoursPerCoulomb / area), "µAh/cm²", Target(recording, charge.Coulombs.Times(MicroampereHoursPerCoulomb / area))),
                ReportRow.Of("charge", charge.Coulombs.Times(1e3), "mC"),
                new("of its error: current", 100 * charge.CurrentShare, "%"),
                new("of its error: begin and end between samples", 100 * charge.SamplingShare, "%"),
                ReportRow.Of("lithium, if dense and even", charge.Coulombs.Times(1e3 / area * MicrometresPerMillicoulombPerSquareCentimetre), "µm", "from 13.0 cm³/mol"),
                new("current density", plate.MilliamperesPerSquareCentimetre(recording), "mA/cm²"),
                .. Rest(rest, plate.EndSeconds),
            ],
            [.. notes], Charts(rest, plate.EndSeconds));
    }

    /// <summary>Charge with its interval: by the instrument's own counter where there is one, which sees every sample, else by the samples.</summary>
    private static (Estimate Coulombs, double CurrentShare, double SamplingShare, string How) Charge(Recording recording, CurrentStep plate, IReadOnlyList<Sample> samples)
    {
        var counted = Counted(samples, plate);
        var coulombs = Math.Abs(counted ?? plate.Coulombs);
        var amperes = Math.Abs(plate.Amperes);
        var gain = CellSheet.Number(recording, "current_gain_error") ?? GainError;
        var range = CellSheet.Number(recording, "current_range_A") ?? Math.Pow(10, Math.Ceiling(Math.Log10(amperes)));
        var offset = CellSheet.Number(recording, "current_offset_A") ?? OffsetOfRange * range;
        // Begin and end each lie anywhere between two samples; of a counter only the last digit is left.
        var sampling = counted is null
            ? amperes * CurrentStep.PeriodSeconds(plate.Samples) * Math.Sqrt(2.0 / 12)
            : ChargeResolutionCoulombs * Math.Sqrt(2.0 / 12);
        // Gain and offset are limits of an instrument: the whole of them is taken for two standard deviations.
        var current = Math.Sqrt((gain * gain) + (offset / amperes * (offset / amperes))) / 2;
        var assumed = CellSheet.Number(recording, "current_gain_error") is null || CellSheet.Number(recording, "current_offset_A") is null;
        return (
            Estimate.OfError(coulombs, Math.Sqrt((current * coulombs * current * coulombs) + (sampling * sampling))), 2 * current, 2 * sampling / coulombs,
            string.Create(CultureInfo.InvariantCulture,
                $"charge by {(counted is null ? "the samples, trapezoidal" : "the instrument's counter (charge_Ah)")}; current error {100 * gain:G2} % and {offset * 1e9:G3} nA, {(assumed ? "assumed in part: cell.json has no `current_gain_error`, `current_offset_A` or `current_range_A`" : "from cell.json")}"));
    }

    /// <summary>Difference of the charge column over the step; null where it is missing or says something else than the current.</summary>
    private static double? Counted(IReadOnlyList<Sample> samples, CurrentStep plate)
    {
        double[] before = [.. samples.Where(sample => sample.TimeSeconds < plate.StartSeconds && double.IsFinite(sample.ChargeCoulombs)).Select(sample => sample.ChargeCoulombs)];
        double[] after = [.. samples.Where(sample => sample.TimeSeconds > plate.EndSeconds && double.IsFinite(sample.ChargeCoulombs)).Select(sample => sample.ChargeCoulombs)];
        if (before.Length == 0 || after.Length == 0)
            return null;
        var counted = after[0] - before[^1];
        var edges = Math.Abs(plate.Amperes) * 2 * CurrentStep.PeriodSeconds(plate.Samples);
        return Math.Abs(counted - plate.Coulombs) <= edges + (TargetShare * Math.Abs(plate.Coulombs)) ? counted : null;
    }

    private static string Target(Recording recording, Estimate charge)
    {
        if (recording.Cell.Steps.FirstOrDefault(step => step.Kind == "plate") is not { } planned)
            return "";
        var target = planned.DurationSeconds / SecondsPerHour * planned.MilliamperesPerSquareCentimetre * 1e3;
        if (!(target > 0))
            return "";
        var off = (charge.Value / target) - 1;
        var within = charge.Low >= (1 - TargetShare) * target && charge.High <= (1 + TargetShare) * target;
        return string.Create(CultureInfo.InvariantCulture,
            $"{100 * off:+0.00;-0.00} % off the planned {target:G4}: {(within ? "within ± 2 %" : Math.Abs(off) > TargetShare ? "outside ± 2 %" : "its interval does not lie within ± 2 %")}");
    }

    private static IEnumerable<ReportRow> Rest(List<Sample> rest, double stopped)
    {
        if (rest.Count < 2)
        {
            yield return ReportRow.Words("open circuit since", "not recorded");
            yield break;
        }

        yield return new("open circuit since", (rest[^1].TimeSeconds - stopped) / SecondsPerDay, "d");
        yield return new("voltage at its begin", rest[0].Volts * MillivoltsPerVolt, "mV");
        yield return new("voltage at its end", rest[^1].Volts * MillivoltsPerVolt, "mV");
        foreach (var (name, unit, values) in ((string, string, double[])[])[
            ("temperature", "°C", [.. rest.Select(sample => sample.TemperatureCelsius).Where(double.IsFinite)]),
            ("stack pressure", "MPa", [.. rest.Select(sample => sample.PressureMegapascals).Where(double.IsFinite)])])
        {
            if (values.Length > 0)
                yield return new($"{name} at open circuit, mean", values.Average(), unit, string.Create(CultureInfo.InvariantCulture, $"{values.Min():F2} to {values.Max():F2} {unit}"));
        }
    }

    private static ImmutableArray<ReportChart> Charts(List<Sample> rest, double stopped)
    {
        List<Sample> shown = [.. rest.Where((_, i) => i % Math.Max(1, rest.Count / PointsShown) == 0)];
        return [new("time since the stop / h", "voltage / mV",
            [new("", [.. shown.Select(sample => (sample.TimeSeconds - stopped) / SecondsPerHour)], [.. shown.Select(sample => sample.Volts * MillivoltsPerVolt)], ChartStyle.Line)])];
    }
}
