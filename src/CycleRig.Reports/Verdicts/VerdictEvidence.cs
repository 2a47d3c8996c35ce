using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Cells;
using CycleRig.Reports.Protocols;

namespace CycleRig.Reports.Verdicts;

/// <summary>The evidence behind the deciding verdict of a run, made of what the journal holds.</summary>
/// <param name="Run">Its verdicts.</param>
/// <param name="Judged">The deciding verdict.</param>
/// <param name="Now">The spectrum that it judged; null where the journal does not hold it.</param>
/// <param name="HealthyVerdict">The last verdict `healthy` before it; null without one.</param>
/// <param name="Healthy">The spectrum of that; null without one.</param>
/// <param name="Difference">The last sweep up to the healthy one that has frequencies in common with the judged one (whole or sentinel, as that) minus now, falling in frequency.</param>
/// <param name="AfterHalt">What was measured at rest after a halt for damage; null where nothing was.</param>
public sealed record VerdictEvidence(
    RunVerdicts Run,
    VerdictRow Judged,
    SpectrumEvidence? Now,
    VerdictRow? HealthyVerdict,
    SpectrumEvidence? Healthy,
    ImmutableArray<DifferencePoint> Difference,
    AfterHaltEvidence? AfterHalt)
{
    private const double SecondsPerMinute = 60;

    /// <summary>Makes it; null where nothing was judged.</summary>
    /// <param name="run">The verdicts.</param>
    /// <param name="spectra">All sweeps of the run in their order: each is fitted from the one before, as live.</param>
    /// <param name="samples">Samples of the run from one time to another.</param>
    /// <param name="later">Sweeps of the `after-halt` run that followed.</param>
    public static VerdictEvidence? Of(RunVerdicts run, IEnumerable<Spectrum> spectra, Func<double, double, IEnumerable<Sample>> samples, LaterSweeps later)
    {
        if (run.Deciding is not { } judged)
            return null;
        var healthyRow = run.HealthyBefore(judged);
        FittedSweep? now = null, healthy = null, last = null, before = null;
        var (readings, rest) = (new List<FittedSweep>(), new List<FittedSweep>());
        var kinds = new Dictionary<double, Spectrum>();
        foreach (var sweep in FittedSweep.InOrder(spectra, run.AreaSquareCentimetres))
        {
            (now, healthy) = (sweep.Spectrum.Index == judged.Spectrum ? sweep : now, sweep.Spectrum.Index == healthyRow?.Spectrum ? sweep : healthy);
            if (sweep.Spectrum.Index <= healthyRow?.Spectrum && !sweep.Spectrum.Points.IsEmpty)
                kinds[sweep.Spectrum.Points[0].FrequencyHz] = sweep.Spectrum;
            before = sweep.Spectrum.Index < judged.Spectrum ? sweep : before;
            last = sweep;
            // The points of a run of weeks are not held together; what they say is.
            if (run.Halt is { } halt && sweep.Spectrum.StartSeconds > halt.TimeSeconds)
                rest.Add(sweep);
            else
                readings.Add(sweep with { Spectrum = sweep.Spectrum with { Points = [] }, Previous = null });
        }

        if (judged.Part is { } part)
            now = FittedSweep.InOrder([part], run.AreaSquareCentimetres, before?.Next).First();
        SpectrumEvidence? Evidence(FittedSweep? sweep, bool isPart) => sweep is null ? null : SpectrumEvidence.Of(
            sweep, isPart, samples(sweep.Spectrum.StartSeconds - SpectrumEvidence.BeforeSeconds, sweep.Spectrum.EndSeconds), run.AreaSquareCentimetres);
        return new(
            run, judged, Evidence(now, judged.Part is not null), healthyRow, Evidence(healthy, false),
            now is null ? [] : kinds.Values.OrderByDescending(spectrum => spectrum.Index).Select(spectrum => SpectrumDifference.Of(spectrum, now.Spectrum)).FirstOrDefault(points => points.Length > 0, []),
            run.Halt is { } stopped && ReasonFacts.Of(stopped.Reason).Kind == ReasonKind.Damage
                ? Stayed(run, judged, [.. readings, .. judged.Part is not null ? [now!] : (FittedSweep[])[]], rest, later, last?.Next)
                : null);
    }

    private static AfterHaltEvidence? Stayed(
        RunVerdicts run, VerdictRow judged, IReadOnlyList<FittedSweep> sweeps, IReadOnlyList<FittedSweep> rest, LaterSweeps later, CellReading? known)
    {
        var haltSeconds = run.Halt!.Value.TimeSeconds;
        var readings = CellReadings.Of(sweeps);
        var onset = judged.Evidence?.OnsetSeconds is { } found && double.IsFinite(found) ? found : (double?)null;
        var soundUntil = onset ?? readings.UnderCurrent.Select(reading => reading.EndSeconds).FirstOrDefault(haltSeconds);
        List<(double Minutes, FittedSweep Sweep)> late = [.. rest.Select(sweep => ((sweep.Reading.TimeSeconds - haltSeconds) / SecondsPerMinute, sweep))];
        var isLater = late.All(one => one.Sweep.Reading is not { Valid: true, CurrentAmperes: 0 });
        if (isLater)
            late = [.. later.Minutes.Zip(FittedSweep.InOrder(later.Spectra, run.AreaSquareCentimetres, known))];
        var resting = late.Select(one => one.Sweep.Reading).FirstOrDefault(reading => reading.Valid);
        if (late.Count == 0 || !double.IsFinite(run.ActivationElectronVolts) || AfterHaltVerdict.Healthy(readings, soundUntil, resting, run.ActivationElectronVolts) is not { } healthy)
            return null;
        var verdict = AfterHaltVerdict.Of(
            healthy,
            late.Where(one => one.Sweep.Reading is { Valid: true, CurrentAmperes: 0 }).Select(one => (one.Minutes, one.Sweep.Reading)),
            AfterHaltVerdict.Claim(readings, soundUntil, run.ActivationElectronVolts),
            ShortTest.Bypassed(late.Select(one => one.Sweep.Spectrum), healthy.BulkOhms)?.Ohms, run.ActivationElectronVolts);
        return verdict is null ? null : new(verdict, healthy, isLater ? later.Run : null);
    }
}

/// <summary>Sweeps of a run that followed a halt.</summary>
/// <param name="Run">Which; null without one.</param>
/// <param name="Minutes">N times after the halt, min.</param>
/// <param name="Spectra">N sweeps, on that run's clock.</param>
public sealed record LaterSweeps(Guid? Run, ImmutableArray<double> Minutes, ImmutableArray<Spectrum> Spectra)
{
    public static LaterSweeps None { get; } = new(null, [], []);
}
