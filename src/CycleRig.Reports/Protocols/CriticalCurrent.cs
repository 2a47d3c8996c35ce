using CycleRig.Core.Safety;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Where the onset of damage lies for one cell, by the steps of rising current density.</summary>
/// <param name="Cell">Its name.</param>
/// <param name="Bounds">No onset at the lower density, onset at the higher; mA/cm². Never seen: censored at the highest that was finished.</param>
/// <param name="Why">What showed the onset, or why the cell is censored.</param>
/// <param name="Losses">Density of each reading at rest, mA/cm², and the share of R_bulk lost by then.</param>
internal sealed record CriticalCurrent(string Cell, WeibullObservation Bounds, string Why, IReadOnlyList<(double Density, double Loss)> Losses)
{
    /// <summary>A fall of R_bulk counts from this share on, and from so many of its standard errors.</summary>
    private const double LossMin = 0.02;
    private const double LossDeviations = 3;

    /// <summary>A step that was cut short of this share of the one before was not finished.</summary>
    private const double FinishedShare = 0.9;

    /// <summary>Densities closer than this share are one step: the instrument's gain.</summary>
    private const double SameShare = 0.03;

    /// <summary>Finds it.</summary>
    /// <exception cref="ReportException">No step of current.</exception>
    public static CriticalCurrent Of(Recording recording)
    {
        var steps = CurrentStep.Of(recording);
        if (steps.Count == 0)
            throw new ReportException($"{recording.Name}: no current flowed; run examples/protocols/critical-current-density.yaml");
        var readings = CellReadings.Of(recording);
        var baseline = Baseline(steps, readings, recording);
        var (losses, reached, tried) = (new List<(double, double)>(), 0.0, 0.0);
        for (var i = 0; i < steps.Count; i++)
        {
            var density = steps[i].MilliamperesPerSquareCentimetre(recording);
            // The first half-step of a higher density: what came before was survived.
            if (density > tried * (1 + SameShare))
                (reached, tried) = (tried, density);
            var next = i + 1 < steps.Count ? steps[i + 1].StartSeconds : double.PositiveInfinity;
            if (Onset(recording, steps[i], next, readings, baseline, losses, density) is { } why)
                return new(CellSheet.Name(recording), new(reached, tried), why, losses);
        }

        var last = steps[^1];
        var before = steps.Count > 1 ? steps[^2] : last;
        var isFinished = recording.Halt is null && (Math.Abs(last.Coulombs) >= FinishedShare * Math.Abs(before.Coulombs)
            || last.EndSeconds - last.StartSeconds >= FinishedShare * (before.EndSeconds - before.StartSeconds));
        var survived = isFinished ? tried : reached;
        return survived > 0
            ? new(CellSheet.Name(recording), WeibullObservation.Beyond(survived), recording.Halt is { } halt ? $"no onset; ended by {halt.Reason}" : "no onset up to here", losses)
            : throw new ReportException($"{recording.Name}: the first step was not finished ({recording.Halt?.Reason ?? "the recording ends"}): nothing is known of a critical current density");
    }

    /// <summary>The first reading at rest after the first density: by then the contact has formed. Else the first of all.</summary>
    private static CellReading? Baseline(IReadOnlyList<CurrentStep> steps, CellReadings readings, Recording recording)
    {
        var first = steps[0].MilliamperesPerSquareCentimetre(recording);
        var formed = steps.TakeWhile(step => step.MilliamperesPerSquareCentimetre(recording) <= first * (1 + SameShare)).Last();
        var next = steps.FirstOrDefault(step => step.StartSeconds > formed.EndSeconds)?.StartSeconds ?? double.PositiveInfinity;
        return readings.AtRest.FirstOrDefault(reading => reading.TimeSeconds > formed.EndSeconds && reading.EndSeconds <= next)
            ?? readings.AtRest.FirstOrDefault() ?? readings.Valid.FirstOrDefault();
    }

    private static string? Onset(
        Recording recording, CurrentStep step, double next, CellReadings readings, CellReading? baseline, List<(double, double)> losses, double density)
    {
        if (ShortTest.Collapse(recording, step) is { } collapsed)
            return FormattableString.Invariant($"the voltage collapsed {(collapsed - step.StartSeconds) / 60:F1} min into the step");
        if (recording.Halt is { } halt && halt.TimeSeconds >= step.StartSeconds && halt.TimeSeconds <= next // The sweeps at rest behind a step tell of it.
            && ReasonFacts.Parse(halt.Reason) is { } reason && ReasonFacts.Of(reason).Kind == ReasonKind.Damage)
            return $"halted: {halt.Reason}";
        if (baseline is null)
            return null;
        if (ShortTest.Bypassed(recording.Spectra, baseline.BulkOhms, step.StartSeconds)?.Seconds is { } bypassed && bypassed <= next)
            return "the cell conducts better than its electrolyte: a short";
        foreach (var reading in readings.AtRest.Where(reading => reading.TimeSeconds > Math.Max(step.EndSeconds, baseline.TimeSeconds) && reading.EndSeconds <= next))
        {
            var (change, sd) = CellReadings.Change(baseline, reading, recording.Cell.ActivationElectronVolts);
            losses.Add((density, 1 - Math.Exp(change)));
            if (-change > Math.Max(LossMin, LossDeviations * sd))
                return FormattableString.Invariant($"R_bulk has fallen by {100 * (1 - Math.Exp(change)):F1} % at rest");
        }

        return null;
    }
}
