using System.Runtime.InteropServices;
using CycleRig.Impedance.Cells;

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

    /// <summary>R_int that rises by more than this above its lowest has voids or has lost pressure; that may forget by so much an hour.</summary>
    private const double RiseMin = 0.1;
    private const double ForgottenPerHour = 0.1;

    /// <summary>A change of R_int by less than this many of its errors is noise: three of a difference.</summary>
    private const double InterfaceNoise = 4.2;

    /// <summary>What of a change of ln R_int may be in ln R_bulk: as contact improves, and with voids, which constrict the current.</summary>
    private const double ContactShare = 0.01;
    private const double VoidShare = 0.08;

    /// <summary>The same where the current begins, ends or turns: a voided interface under current and at rest are two things.</summary>
    private const double TurnShare = 0.5;

    /// <summary>What of a change of temperature may be in ln R_bulk, 1/K, where it is as fast as this, K/s: the lag is then not of first order.</summary>
    private const double FastPerKelvin = 0.012;
    private const double FastKelvinsPerSecond = 0.5 / 60;

    /// <summary>What a cell may have warmed by from one sweep to the next while its thermometer stood still, K.</summary>
    private const double StandingKelvins = 0.03;

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
        var conditions = Conditions(state, reading);
        var isFirst = state.Sweeps == 0;
        var first = isFirst ? conditions : state.First;
        var mean = isFirst ? new double[CellFilter.Size] : state.Mean.AsSpan().ToArray();
        var covariance = isFirst ? new double[CellFilter.Size * CellFilter.Size] : state.Covariance.AsSpan().ToArray();
        Span<double> room = stackalloc double[2 * CellFilter.Size];
        var rows = new SweepRows(reading, conditions, first, state.Scatter, settings, room);
        var seconds = isFirst ? 0 : Math.Max(0, conditions.TimeSeconds - state.Last.TimeSeconds);
        if (isFirst)
        {
            CellFilter.Begin(covariance, settings);
            (mean[CellFilter.Level], mean[CellFilter.Interface]) = (rows.LogBulk, rows.InterfaceValue * rows.InterfaceSd);
        }
        else
        {
            CellFilter.Pass(mean, covariance, seconds, state.InterfaceVariance, LevelVariance(state, conditions, reading.InterfaceRelativeSd, seconds) + ReadingVariance(state, reading, rows), settings);
        }

        var moving = Moved(state, conditions, seconds);
        var signatures = SignatureBank.Next(
            state with { Signatures = moving.Signatures }, !isFirst && (conditions.Amperes != 0 || !moving.HasPlated), CellFilter.WanderKept(seconds, settings));
        var variance = TakeInterface(mean, covariance, rows, signatures, conditions, moving, isFirst);
        var (innovation, sd) = TakeBulk(mean, covariance, rows, signatures, conditions, moving, MayStep(state) ? seconds : double.PositiveInfinity);
        return (
            moving with
            {
                Sweeps = state.Sweeps + 1, Mean = ImmutableCollectionsMarshal.AsImmutableArray(mean), Covariance = ImmutableCollectionsMarshal.AsImmutableArray(covariance),
                Signatures = ImmutableCollectionsMarshal.AsImmutableArray(signatures), First = first, Last = conditions, InterfaceVariance = variance,
                SweepsSinceStep = MayStep(state) && IsStep(innovation, sd, seconds) ? 0 : state.SweepsSinceStep + 1,
                Scatter = isFirst || Rise(state, conditions, seconds) > RiseMin ? state.Scatter : Scattered(state, innovation / sd),
                LogInterfaceMin = isFirst ? conditions.LogInterface : Math.Min(Forgotten(state, seconds), conditions.LogInterface),
            },
            rows.LogBulk, innovation, sd);
    }

    private static SweepConditions Conditions(DetectorState state, CellReading reading)
    {
        var celsius = reading.TemperatureCelsius;
        var next = new SweepConditions(reading.TimeSeconds, celsius, celsius, celsius, celsius, Math.Log(reading.InterfaceOhms), reading.CurrentAmperes);
        return state.Sweeps == 0 ? next : ThermalLag.Follow(state.Last, next);
    }

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

    private static double Forgotten(DetectorState state, double seconds) => state.LogInterfaceMin + (ForgottenPerHour * seconds / 3600);

    /// <summary>How far R_int, the higher of the two newest, is above its lowest of late, in ln Ω.</summary>
    private static double Rise(DetectorState state, in SweepConditions conditions, double seconds) =>
        Math.Max(conditions.LogInterface, state.Last.LogInterface) - Math.Min(Forgotten(state, seconds), conditions.LogInterface);

    private static double LevelVariance(DetectorState state, in SweepConditions conditions, double interfaceSd, double seconds)
    {
        var change = conditions.LogInterface - state.Last.LogInterface;
        if (Math.Abs(change) < InterfaceNoise * interfaceSd)
            change = 0;
        var rise = Rise(state, conditions, seconds);
        var isSameCurrent = Math.Sign(conditions.Amperes) == Math.Sign(state.Last.Amperes);
        var contact = (rise < RiseMin ? ContactShare : isSameCurrent ? VoidShare : TurnShare) * change;
        var kelvins = conditions.Celsius - state.Last.Celsius;
        var warming = FastPerKelvin * kelvins * Math.Min(1, Math.Abs(kelvins) / Math.Max(1, seconds) / FastKelvinsPerSecond);
        return (contact * contact) + (warming * warming);
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

    /// <summary>
    /// What the reading itself lets the level move by: while the shape of the cell's arcs is being learned R_bulk may creep by its error, and a
    /// thermometer that stands still to the last digit is coarse or dead.
    /// </summary>
    private static double ReadingVariance(DetectorState state, CellReading reading, in SweepRows rows)
    {
        var learning = reading.Shape is { IsLearnt: false } ? reading.BulkRelativeSd : 0;
        var standing = reading.TemperatureCelsius == state.Last.Celsius ? StandingKelvins * rows.BulkPerKelvin : 0;
        return (learning * learning) + (standing * standing);
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
