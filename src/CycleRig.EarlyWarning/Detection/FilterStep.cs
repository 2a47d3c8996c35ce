using System.Runtime.InteropServices;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>One sweep through the filter and the changes that may have begun.</summary>
internal static class FilterStep
{
    /// <summary>An innovation counts as no more than this many standard deviations: one outlier alone decides nothing.</summary>
    private const double InnovationMax = 3.5;

    /// <summary>
    /// A step of R_bulk from one sweep to the next that is larger than this and clear is a lead, a range, or arcs that changed places, and what
    /// comes after it is judged anew: metal that takes a fiftieth in 100 s has shown before, by so many standard deviations, and goes on; a
    /// second step within so many sweeps is none.
    /// </summary>
    private const double StepMin = 0.02;
    private const double StepSeconds = 100;
    private const int StepSweeps = 10;
    private const double StepSigmas = 6;
    private const double ShownSigmas = 3;

    /// <summary>R_int that steps by this many standard deviations begins anew.</summary>
    private const double InterfaceStepSigmas = 5;

    /// <summary>How fast the variance of R_int's changes follows, and the most that one sweep may say.</summary>
    private const double VarianceWeight = 0.1;
    private const double VarianceMax = 0.04;

    /// <summary>Where R_int is not seen it moves by 2 % from sweep to sweep at the least.</summary>
    private const double UnseenVarianceMin = 0.02 * 0.02;

    private const int PaceSweeps = 12;

    /// <summary>Rises over which it is learned how much more R_bulk scatters than its fits claim, and the most that one may say.</summary>
    private const int ScatterRises = 5;
    private const double ScatterMax = 400;

    /// <summary>Takes a reading into the state.</summary>
    /// <param name="state">Before.</param>
    /// <param name="reading">A reading whose numbers are numbers.</param>
    /// <param name="settings">Settings.</param>
    /// <returns>The state after it but for verdicts; ln R_bulk at 30 °C; how far it is from what was expected, and the standard deviation of that.</returns>
    public static (DetectorState Next, double LogBulk, double Innovation, double Sd) Run(DetectorState state, CellReading reading, DetectorSettings settings)
    {
        var isFirst = state.Sweeps == 0;
        var common = state.Common ?? ChamberMode.None;
        var conditions = Conditions(isFirst ? null : state.Last, reading, settings, common.Kelvins);
        var first = isFirst ? conditions : state.First;
        var mean = isFirst ? new double[CellFilter.Size] : state.Mean.AsSpan().ToArray();
        var covariance = isFirst ? new double[CellFilter.Size * CellFilter.Size] : state.Covariance.AsSpan().ToArray();
        Span<double> room = stackalloc double[2 * CellFilter.Size];
        var rows = new SweepRows(
            reading, conditions, first, state.Scatter, reading.BulkOnly ? LevelChange.UnseenContact(state, conditions) : 0, state.InterfaceVariance, isFirst ? [] : mean, settings, room);
        var seconds = isFirst ? 0 : Math.Max(0, conditions.TimeSeconds - state.Last.TimeSeconds);
        var kelvins = Math.Abs(reading.TemperatureCelsius - state.Last.OwnCelsius);
        var isStanding = !isFirst && ReadingCheck.IsStanding(kelvins);
        if (isFirst)
        {
            CellFilter.Begin(covariance, settings);
            (mean[CellFilter.Level], mean[CellFilter.Interface]) = (rows.LogBulk, rows.InterfaceValue * rows.InterfaceSd);
        }
        else
        {
            covariance[(CellFilter.Wander * CellFilter.Size) + CellFilter.Wander] += LevelChange.WanderVariance(state, conditions);
            var levelVariance = LevelChange.Variance(state, reading, conditions, rows.BulkPerKelvin) + (common.UnseenVariance * rows.BulkPerKelvin * rows.BulkPerKelvin);
            CellFilter.Pass(mean, covariance, seconds, reading.BulkOnly ? 0 : state.InterfaceVariance, levelVariance, Wandering(settings, common, isStanding));
        }

        var moving = Moved(state, conditions, seconds);
        var signatures = SignatureBank.Next(
            state with { Signatures = moving.Signatures }, !isFirst && (conditions.Amperes != 0 || !moving.HasPlated), CellFilter.WanderKept(seconds, settings));
        var variance = !isFirst && !rows.IsInterfaceDetermined ? Settling(state, reading) : TakeInterface(mean, covariance, rows, signatures, conditions, moving, isFirst);
        var (innovation, sd) = TakeBulk(mean, covariance, rows, signatures, conditions, moving, MayStep(state) ? seconds : double.PositiveInfinity);
        return (
            moving with
            {
                Sweeps = state.Sweeps + 1, Mean = ImmutableCollectionsMarshal.AsImmutableArray(mean), Covariance = ImmutableCollectionsMarshal.AsImmutableArray(covariance),
                Signatures = ImmutableCollectionsMarshal.AsImmutableArray(signatures), First = first, Last = conditions, InterfaceVariance = variance,
                SweepsSinceStep = MayStep(state) && IsStep(innovation, sd, seconds) ? 0 : state.SweepsSinceStep + 1,
                Scatter = isFirst || LevelChange.IsVoided(state, conditions) ? state.Scatter : Scattered(state, innovation / sd),
                WholeSeconds = reading.BulkOnly ? state.WholeSeconds : conditions.TimeSeconds, Older = 0, OlderSeconds = 0, JumpedCelsius = null, Fallen = 0,
                Pair = reading.BulkOnly ? state.Pair : new(rows.LogBulk, reading.BulkRelativeSd, conditions.LogInterface, conditions.InterfaceSd, reading.InterfaceOhms / reading.BulkOhms), Shunts = reading.BulkOnly ? state.Shunts : 0,
                Standing = isStanding ? state.Standing + (reading.BulkOnly ? 0 : 1) : 0, LeastKelvins = isFirst || isStanding ? state.LeastKelvins : Math.Min(state.LeastKelvins, kelvins),
                LogInterfaceMin = isFirst ? conditions.LogInterface : LevelChange.LowestInterface(state, conditions),
            },
            rows.LogBulk, innovation, sd);
    }

    /// <summary>Contact settles where nobody sees it, too; a sweep of R_bulk alone between whole ones changes nothing.</summary>
    private static double Settling(DetectorState state, CellReading reading) => reading.BulkOnly
        ? state.InterfaceVariance
        : Math.Max(Math.Min(state.InterfaceVariance, UnseenVarianceMin), (1 - VarianceWeight) * state.InterfaceVariance);

    /// <summary>What a sweep was measured at, as the cell feels it.</summary>
    /// <param name="last">What the sweep before was measured at; null for the first.</param>
    /// <param name="reading">The sweep.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="kelvins">The cell above its lagged thermometer, as its neighbours say, K.</param>
    public static SweepConditions Conditions(SweepConditions? last, CellReading reading, DetectorSettings settings, double kelvins = 0)
    {
        var celsius = reading.TemperatureCelsius;
        var now = new SweepConditions(reading.TimeSeconds, celsius, celsius, celsius, celsius, 0, 0, reading.CurrentAmperes, Megapascals: reading.PressureMegapascals > 0 ? reading.PressureMegapascals : 0);
        // The neighbours speak of cells, which have their lag behind them.
        var lagged = (last is { } before ? ThermalLag.Follow(before.With(0), now) : now).With(kelvins);
        var warm = ResistanceTemperature.LogInterface(lagged.LaggedCelsius, settings.InterfaceActivationElectronVolts);
        return reading.BulkOnly && last is { } whole
            ? lagged with { LogInterface = whole.LogInterface, InterfaceSd = whole.InterfaceSd }
            : lagged with { LogInterface = Math.Log(reading.InterfaceOhms) - warm, InterfaceSd = reading.InterfaceRelativeSd };
    }

    /// <summary>All that is known of a cell whose thermometer stands still is what its neighbours say, and they wander, too.</summary>
    private static DetectorSettings Wandering(DetectorSettings settings, ChamberMode common, bool isStanding) =>
        isStanding && common.IsKnown ? settings with { WanderKelvins = double.Hypot(settings.WanderKelvins, common.SaidSd) } : settings;

    /// <summary>
    /// The clock of growth: charge under current. A cell that no sweep has seen under current is plated between its sweeps, if at all, and time
    /// stands for charge; that is forgotten with the first sweep under current.
    /// </summary>
    private static DetectorState Moved(DetectorState state, in SweepConditions conditions, double seconds)
    {
        var hours = seconds / 3600;
        var hasPlated = state.HasPlated || conditions.Amperes != 0;
        var pace = hours > 0 ? 1 / hours : state.SweepsPerHour;
        return state with
        {
            HasPlated = hasPlated,
            Signatures = hasPlated && !state.HasPlated ? [] : state.Signatures,
            Throughput = state.Throughput + (hours * Math.Abs(conditions.Amperes)),
            Passed = state.Passed + (hours * (hasPlated ? Math.Abs(conditions.Amperes) : 1)),
            SweepsPerHour = state.SweepsPerHour == 0 ? pace : state.SweepsPerHour + ((pace - state.SweepsPerHour) / PaceSweeps),
        };
    }

    /// <summary>
    /// Rises of R_bulk against what the errors of the fits account for: a fall must not widen its own noise, and flicker after spallation at high
    /// current goes both ways.
    /// </summary>
    private static double Scattered(DetectorState state, double sigmas)
    {
        var seen = Math.Min(sigmas * sigmas * state.Scatter, ScatterMax);
        return sigmas > 0 ? Math.Max(1, state.Scatter + ((seen - state.Scatter) / ScatterRises)) : state.Scatter;
    }

    /// <summary>Takes R_int; how much it moves from sweep to sweep is learned, and where it steps it begins anew.</summary>
    /// <returns>Variance of its changes.</returns>
    private static double TakeInterface(
        Span<double> mean, Span<double> covariance, in SweepRows rows, Span<Signature> signatures, in SweepConditions conditions, DetectorState state, bool isFirst)
    {
        Span<double> gain = stackalloc double[CellFilter.Size];
        var (expected, variance) = CellFilter.Expect(mean, covariance, rows.Interface, gain);
        var innovation = rows.InterfaceValue - expected;
        var squared = innovation * innovation;
        var beyond = Math.Max(0, squared - variance) * rows.InterfaceSd * rows.InterfaceSd;
        var learned = isFirst ? VarianceMax / 16 : state.InterfaceVariance + (VarianceWeight * (squared > variance ? Math.Min(beyond, VarianceMax) : -state.InterfaceVariance));
        if (squared > InterfaceStepSigmas * InterfaceStepSigmas * variance)
            variance = Free(covariance, CellFilter.Interface, rows.Interface, gain, squared - variance, variance);
        variance *= Math.Max(1, Math.Abs(innovation) / Math.Sqrt(variance) / InnovationMax);
        foreach (ref var signature in signatures)
            SignatureBank.Take(ref signature, rows.Change(signature, conditions, state.Passed).Interface, rows.Interface, gain, innovation, variance);
        CellFilter.Take(mean, covariance, gain, innovation, variance);
        return learned;
    }

    /// <summary>Takes R_bulk: ln R_bulk above what was expected, and its standard deviation. Seconds are infinite where no step can be.</summary>
    private static (double Innovation, double Sd) TakeBulk(
        Span<double> mean, Span<double> covariance, in SweepRows rows, Span<Signature> signatures, in SweepConditions conditions, DetectorState state, double seconds)
    {
        Span<double> gain = stackalloc double[CellFilter.Size];
        var (expected, variance) = CellFilter.Expect(mean, covariance, rows.Bulk, gain);
        var innovation = rows.BulkValue - expected;
        var sd = Math.Sqrt(variance) * rows.BulkSd;
        if (IsStep(innovation * rows.BulkSd, sd, seconds) && !(innovation < 0 && HasShown(signatures)))
            variance = Free(covariance, CellFilter.Level, rows.Bulk, gain, innovation * innovation, variance);
        variance *= Math.Max(1, Math.Abs(innovation) / Math.Sqrt(variance) / InnovationMax);
        foreach (ref var signature in signatures)
            SignatureBank.Take(ref signature, rows.Change(signature, conditions, state.Passed).Bulk, rows.Bulk, gain, innovation, variance);
        CellFilter.Take(mean, covariance, gain, innovation, variance);
        return (innovation * rows.BulkSd, sd);
    }

    private static bool MayStep(DetectorState state) => state.Sweeps > 0 && state.SweepsSinceStep >= StepSweeps;

    private static bool IsStep(double change, double sd, double seconds) =>
        Math.Abs(change) > StepSigmas * sd && Math.Abs(change) > StepMin * Math.Max(1, seconds / StepSeconds);

    private static bool HasShown(ReadOnlySpan<Signature> signatures) => SignatureBank.Best(signatures, SignatureKind.Metal)?.Statistic > ShownSigmas;

    /// <summary>Adds to the variance of one state what explains an innovation.</summary>
    private static double Free(Span<double> covariance, int state, ReadOnlySpan<double> row, Span<double> gain, double explained, double variance)
    {
        var added = explained / (row[state] * row[state]);
        covariance[(state * CellFilter.Size) + state] += added;
        gain[state] += added * row[state];
        return variance + explained;
    }
}
