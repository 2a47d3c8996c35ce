using System.Globalization;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Scheduling;

/// <summary>
/// How often to sweep so that the least charge is expected between the onset of damage and the halt, from what was measured on this channel: noise and
/// overhead of its last whole sweep, the shape of its cell, how R_int moves, and the current.
/// </summary>
public static class SweepScheduler
{
    /// <summary>Rhythms of whole sweeps that are tried where the protocol leaves it open, s: they begin with a segment, and segments last a minute. R_int is what tells contact, voids and warmth from metal: seldomer is too seldom.</summary>
    private static readonly double[] WholeRhythms = [60, 120, 180];

    /// <summary>Rhythms of sentinel sweeps that are tried beside one after the other, s.</summary>
    private static readonly double[] SentinelRhythms = [5, 10, 15, 20, 30, 60];

    /// <summary>Numbers of points that are tried.</summary>
    private static readonly int[] SentinelPoints = [12, 20];

    /// <summary>What is within this of the least is as good: then whole sweeps are as frequent, and sentinel sweeps as few, as they may be.</summary>
    private const double AsGood = 1.03;

    /// <summary>Share of a sentinel's points that is spread evenly: eight distinct frequencies at the least show that the circuit still holds.</summary>
    private const double Spread = 0.7;

    /// <summary>No sentinel sweep is taken to be faster, s.</summary>
    private const double LastsMin = 0.5;

    /// <summary>A schedule holds while noise and current stay within this ratio of those that it was planned for.</summary>
    private const double HoldsWithin = 1.4;

    /// <summary>Plans.</summary>
    /// <param name="state">What is remembered of the cell.</param>
    /// <param name="sweep">Its last whole sweep, under current.</param>
    /// <param name="reading">What that said; the shape learnt.</param>
    /// <param name="superimposed">What the protocol asks for.</param>
    /// <param name="instrument">Costs that a sweep does not show.</param>
    /// <param name="settings">What the detector is set to.</param>
    /// <returns>The schedule, and in words what it rests on; null where there is nothing to plan with.</returns>
    public static PlannedSweeps? Plan(
        DetectorState state, Spectrum sweep, CellReading reading, SuperimposedSweep superimposed, InstrumentLimits instrument, DetectorSettings settings)
    {
        var density = Math.Abs(reading.AmperesPerSquareCentimetre) * 1e3;
        if (reading is not { Valid: true, BulkOnly: false, Shape.IsLearnt: true } || !(density > 0) || !(reading.BulkRelativeSd > 0) || !(reading.Residual >= 0) || !double.IsFinite(reading.TemperatureCelsius) || state.Sweeps == 0)
            return null;
        var cycles = superimposed.Range.CyclesPerPoint;
        var overhead = MeasuredOverhead.Seconds(sweep.Points, cycles, instrument);
        var start = instrument.OverheadPerSweep.TotalSeconds;
        var whole = new SweepCost(
            start + Lasting(sweep, cycles, overhead), start + Lasting(sweep with { Points = sweep.Points.RemoveAll(point => point.FrequencyHz < SweepPart.LowestHertz) }, cycles, overhead),
            reading.BulkRelativeSd);
        var highest = Math.Min(sweep.Points.Max(point => point.FrequencyHz), instrument.FrequencyMax.Hertz);
        var sentinels = Sentinels(reading, cycles, overhead, start, highest, instrument);
        var rhythms = superimposed.Every is { } every ? [every.TotalSeconds] : WholeRhythms.Where(seconds => seconds >= whole.LastsSeconds).DefaultIfEmpty(whole.LastsSeconds);
        var nuisance = Nuisance(state, reading, settings);
        List<(SweepPattern Pattern, SweepPlan? Sentinel, double Charge)> tried =
        [
            .. from rhythm in rhythms
               from sentinel in sentinels.Prepend(null)
               from pattern in Patterns(rhythm, whole, sentinel)
               select (pattern, sentinel, ExpectedCharge.Of(pattern, density, nuisance)),
        ];
        var least = tried.Min(each => each.Charge);
        var best = tried.Where(each => each.Charge <= least * AsGood).OrderBy(each => each.Pattern.WholeEverySeconds).ThenByDescending(each => each.Pattern.SentinelEverySeconds).First();
        var alone = tried.Where(each => each.Sentinel is null).Min(each => each.Charge);
        return new(
            new(best.Sentinel?.FrequenciesHz ?? [], best.Pattern.SentinelEverySeconds, best.Pattern.WholeEverySeconds),
            Why(best.Pattern, best.Sentinel, best.Charge, alone, density, reading.Residual, overhead), superimposed, reading.Residual, density);
    }

    /// <summary>Whether a plan still holds for what was measured now.</summary>
    /// <param name="planned">The plan.</param>
    /// <param name="reading">The last sweep; one of R_bulk alone changes nothing.</param>
    /// <param name="superimposed">What the protocol asks for at present.</param>
    public static bool Holds(PlannedSweeps planned, CellReading reading, SuperimposedSweep superimposed) =>
        reading.BulkOnly || reading.CurrentAmperes == 0 || (superimposed == planned.For && IsWithin(reading.Residual, planned.Noise) && IsWithin(Math.Abs(reading.AmperesPerSquareCentimetre) * 1e3, planned.MilliamperesPerSquareCentimetre));

    private static bool IsWithin(double now, double then) => now <= then * HoldsWithin && now >= then / HoldsWithin;

    private static SweepNuisance Nuisance(DetectorState state, CellReading reading, DetectorSettings settings)
    {
        var interval = 3600 / Math.Max(1, state.SweepsPerHour);
        return new(
            ResistanceTemperature.BulkFallPerKelvin(reading.TemperatureCelsius, settings.ActivationElectronVolts), settings.WanderKelvins, settings.WanderSeconds,
            LevelChange.UnseenContact(state, state.Last) / Math.Sqrt(interval),
            Threshold.Sigmas(settings.Budget.Sweeps, state.SweepsPerHour), Detector.InARowSeconds);
    }

    private static IEnumerable<SweepPattern> Patterns(double rhythm, SweepCost whole, SweepPlan? sentinel)
    {
        if (sentinel is null)
            return [new(rhythm, whole, rhythm, null)];
        var lasts = Math.Max(LastsMin, sentinel.DurationSeconds);
        var cost = new SweepCost(lasts, lasts, sentinel.RelativeSd);
        return SentinelRhythms.Where(seconds => seconds > cost.LastsSeconds && seconds < rhythm).Prepend(cost.LastsSeconds)
            .Where(_ => rhythm - whole.LastsSeconds > cost.LastsSeconds).Select(seconds => new SweepPattern(rhythm, whole, seconds, cost));
    }

    /// <summary>Sentinel sweeps that tell R_bulk of this cell best per second.</summary>
    private static List<SweepPlan?> Sentinels(CellReading reading, int cycles, double overhead, double start, double highest, InstrumentLimits instrument)
    {
        if (highest < 10 * SweepPart.LowestHertz)
            return [];
        var options = new SweepPlanOptions
        {
            Noise = reading.Residual, HighHertz = highest, Periods = cycles,
            OverheadSeconds = overhead + instrument.DwellMin.TotalSeconds, StartSeconds = start, Spread = Spread,
        };
        return [.. SentinelPoints.Select(points => SentinelSweep.Plan(reading, options with { Points = points }))];
    }

    private static double Lasting(Spectrum sweep, int cycles, double overhead) => sweep.Points.Sum(point => (cycles / point.FrequencyHz) + overhead);

    private static string Why(SweepPattern pattern, SweepPlan? sentinel, double charge, double alone, double density, double noise, double overhead)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"a whole sweep each {pattern.WholeEverySeconds:F0} s ({pattern.Whole.LastsSeconds:F0} s, R_bulk to {100 * pattern.Whole.Sd:F2} %)");
        var rest = string.Create(CultureInfo.InvariantCulture, $"at {density:G3} mA/cm², noise of {100 * noise:F2} % and {overhead:G2} s lost at each point, as measured");
        return sentinel is null
            ? string.Create(CultureInfo.InvariantCulture, $"{whole} and no sentinel sweeps: {charge:F2} mAh/cm² expected from onset to halt {rest}")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{whole}, between them a sentinel sweep of {sentinel.FrequenciesHz.Length} points each {pattern.SentinelEverySeconds:F0} s ({sentinel.DurationSeconds:F1} s, to {100 * sentinel.RelativeSd:F2} %), on watch one after the other: {charge:F2} mAh/cm² expected from onset to halt, {alone:F2} without sentinel sweeps, {rest}");
    }
}
