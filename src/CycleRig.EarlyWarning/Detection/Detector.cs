using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// Decides from readings of spectra whether metal grows in the electrolyte: R_bulk falls, only while plating, and nothing else explains
/// it as well. Pure: the same readings give the same verdicts.
/// </summary>
public static class Detector
{
    private const string Version = "filter-1";

    /// <summary>Sweeps in a row above the threshold that halt, over so long, s: neither one outlier nor one disturbance of sentinel sweeps does.</summary>
    private const int InARow = 2;
    internal const double InARowSeconds = 20;

    private const double WatchShare = 0.8;

    /// <summary>R_int below this share of the bulk, or less certain than this, says nothing (lithiophilic cells).</summary>
    private const double InterfaceShareMin = 0.2;
    private const double InterfaceSdMax = 0.05;

    /// <summary>A change of R_int by less than this since the onset is none; where it rose by more there are voids, or pressure is lost.</summary>
    private const double InterfaceHolds = 0.15;

    /// <summary>Log-likelihood by which a cell that warms unseen must explain more than metal to be believed instead.</summary>
    public const double TemperatureGain = 2;
    private const double UnseenKelvins = 1;

    /// <summary>The same where the neighbours have not seen them either, and by how many standard deviations these may err.</summary>
    private const double UnsharedKelvins = 0.1;
    private const double UnsharedSigmas = 3;

    /// <summary>A thermometer that errs is believed instead of metal unless metal explains more by this; and errs by what it moved, not by a part of it.</summary>
    private const double ThermometerGain = 2;

    /// <summary>
    /// An activation energy that is learned so many standard deviations from what the material has is a thermometer that errs; without it R_bulk
    /// says nothing, and that is said.
    /// </summary>
    private const double ActivationSds = 5;
    private const double PlausibleSds = 2.5;
    private const double ErringShare = 0.25;

    /// <summary>A step explains most of a ramp; where it explains more by this, nothing goes on growing.</summary>
    public const double StepGain = 1;
    private const double ErrorMin = 0.5;
    private const double ErrorMax = 1.6;

    /// <summary>A spectrum at rest may lie so far below what those before it led to expect: twice the usual constriction, and five errors. Below that is a
    /// warning whatever the trend says, and a check before a resume refuses it.</summary>
    private const double FallenShare = 0.024;
    private const double FallenSigmas = 5;

    /// <summary>Standard deviations by which metal has shown.</summary>
    private const double MetalShown = 3;

    /// <summary>Room for a verdict in words on the stack; a longer one is still whole.</summary>
    private const int DetailCharacters = 192;

    /// <summary>Takes one reading.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="reading">The reading of a spectrum.</param>
    /// <param name="settings">What the detector is set to.</param>
    /// <param name="neighbours">What each cell of the chamber said last; default where the cell is alone.</param>
    public static Assessment Assess(DetectorState state, CellReading reading, DetectorSettings settings, ImmutableArray<NeighbourTemperature> neighbours = default)
    {
        if (ReadingCheck.WhyNot(reading) is { } why)
            return Unseen(state, why);
        if (state.Sweeps > 0 && reading.TimeSeconds == state.Last.TimeSeconds)
            return Unseen(state, "the spectrum was measured at the same time as the last one");
        if (state.Sweeps > 0 && reading.TimeSeconds < state.Last.TimeSeconds)
        {
            state = SetBackClock.Behind(state, reading.TimeSeconds);
            if (state.Older > 0)
                return Unseen(state, "the spectrum is older than the last one");
        }

        if (!neighbours.IsDefault)
            state = Heard(state, reading, settings, neighbours);
        if (ReadingCheck.IsFrozen(state, reading) && state.Common is not { IsKnown: true })
            return Unseen(state, FormattableString.Invariant($"the thermometer has stood at {reading.TemperatureCelsius:F3} °C to the last digit for more than {state.Standing} sweeps"));
        if (ReadingCheck.HasJumped(state, reading))
        {
            return Unseen(
                state with { JumpedCelsius = reading.TemperatureCelsius },
                FormattableString.Invariant($"the thermometer went from {state.Last.Celsius:F1} to {reading.TemperatureCelsius:F1} °C since the last sweep"));
        }

        var (next, logBulk, innovation, sd) = FilterStep.Run(state, reading, settings);
        // At rest somebody may have turned the press: a shunt only goes on there, it does not begin.
        var mayBeShunted = !reading.BulkOnly && (reading.CurrentAmperes != 0 || state is { Shunts: > 0, Level: not WarningLevel.Halt });
        if (mayBeShunted && state.Pair is { } before && state.Sweeps >= settings.BaselineSweeps && !LevelChange.IsVoided(state, state.Last)
            && Shunt.Between(before, next.Pair!.Value, state.InterfaceVariance, next.Last.LaggedCelsius, settings) is { } shunted)
            return Shunted(state, reading, shunted, settings);
        if (ReadingCheck.IsAnother(innovation, sd) && !HasExplanation(state, innovation))
            return Another(state, reading, new(logBulk, innovation, sd, next.Last.LaggedCelsius, null), settings);
        if (Activation(next, settings) is var activation && Math.Abs(activation) > ActivationSds * settings.ActivationSdElectronVolts)
            return Unseen(next, Erring(activation, settings));
        var isFallen = reading.CurrentAmperes == 0 && state.Sweeps > 0 && -innovation > FallenShare + (FallenSigmas * sd)
            && Math.Abs(next.Last.LogInterface - state.Last.LogInterface) < InterfaceHolds;
        var least = isFallen ? WarningLevel.Warning : WarningLevel.Healthy;
        var assessment = next.Sweeps < settings.BaselineSweeps ? Learning(next, reading, logBulk, settings, least) : Judged(next, reading, logBulk, settings, least);
        return reading.BulkOnly && reading.TimeSeconds - state.WholeSeconds > settings.BlindLimitSeconds ? WithoutInterface(assessment, reading.TimeSeconds - state.WholeSeconds) : assessment;
    }

    /// <summary>R_bulk alone tells no metal from contact or warmth for ever: without a whole sweep for so long it may still halt, but the cell is not seen.</summary>
    private static Assessment WithoutInterface(Assessment assessment, double seconds)
    {
        if (assessment.Level == WarningLevel.Halt)
            return assessment;
        var level = assessment.Level == WarningLevel.Warning ? WarningLevel.Warning : WarningLevel.Watch;
        return assessment with
        {
            Next = assessment.Next with { Level = level }, Level = level, Valid = false,
            Detail = FormattableString.Invariant($"blind: no whole sweep could be read for {seconds / 60:F0} min, and R_bulk alone is not enough; {assessment.Detail}"),
        };
    }

    /// <summary>
    /// Looks at the upper part of a sweep that goes on. It can only halt, and leaves nothing behind: the whole sweep says all that it says, and more.
    /// </summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="part">The reading of the part.</param>
    /// <param name="settings">What the detector is set to.</param>
    /// <param name="neighbours">What each cell of the chamber said last; default where the cell is alone.</param>
    /// <returns>The halt, or null.</returns>
    public static Assessment? Glance(DetectorState state, CellReading part, DetectorSettings settings, ImmutableArray<NeighbourTemperature> neighbours = default) =>
        Assess(state, part, settings, neighbours) is { Level: WarningLevel.Halt } halt ? halt : null;

    /// <summary>The state with what the neighbours say, and with what this sweep says to them.</summary>
    private static DetectorState Heard(DetectorState state, CellReading reading, DetectorSettings settings, ImmutableArray<NeighbourTemperature> neighbours)
    {
        var thermometer = CellThermometer.Next(state.Thermometer, state, reading, settings);
        var isAlone = neighbours.IsEmpty && state.Common is null;
        return state with
        {
            Thermometer = thermometer,
            Common = isAlone ? null : ChamberMode.Next(state.Common ?? ChamberMode.None, neighbours, reading.TimeSeconds, thermometer.Last.LaggedCelsius),
        };
    }

    private static Assessment Judged(DetectorState next, CellReading reading, double logBulk, DetectorSettings settings, WarningLevel least)
    {
        var signatures = next.Signatures.AsSpan();
        var metal = SignatureBank.Best(signatures, SignatureKind.Metal);
        var temperature = SignatureBank.Best(signatures, SignatureKind.Temperature);
        var thermometer = SignatureBank.Best(signatures, SignatureKind.Thermometer, ErrorMin, ErrorMax);
        var threshold = Threshold.Sigmas(settings.Budget.Sweeps, next.SweepsPerHour);
        var statistic = Math.Max(0, metal?.Statistic ?? 0);
        var loss = metal is { } found ? 1 - Math.Exp(-Math.Max(0, found.Slope) * (next.Passed - found.OnsetPassed)) : 0;
        // A cell that warms by kelvins and no thermometer tells is unlikely by itself.
        var kelvins = temperature is { } warms ? warms.Slope * (next.Last.TimeSeconds - warms.OnsetSeconds) / 3600 : 0;
        var warming = Gain(temperature) - Unlikely(next, temperature, kelvins, UnseenKelvins);
        var erred = thermometer is { } errs ? errs.Slope * (errs.OnsetCelsius - next.Last.Celsius) : 0;
        var step = SignatureBank.Best(signatures, SignatureKind.Step);
        var explained = warming > Gain(metal) + TemperatureGain || Gain(step) > Gain(metal) + StepGain
            || (Gain(thermometer) > 0 && Gain(thermometer) - Unlikely(next, thermometer, erred, double.PositiveInfinity) > Gain(metal) - ThermometerGain);
        var isRising = metal is { } grown && next.Last.LogInterface - grown.OnsetLogInterface > InterfaceHolds + Leak.Rise(grown.OnsetMegapascals, next.Last.Megapascals);
        var above = statistic > threshold && !explained && !isRising ? next.Above + 1 : 0;
        if (statistic > threshold && (explained || isRising))
            next = Forgiven(next, loss);
        var aboveSince = above > 1 ? next.AboveSinceSeconds : reading.TimeSeconds;
        var level = Level(statistic, threshold, reading.TimeSeconds - aboveSince < InARowSeconds ? Math.Min(above, 1) : above) is var judged && judged > least ? judged : least;
        var pair = statistic > threshold && (explained || isRising) ? "opposes" : Pair(reading, metal, next);
        var evidence = new Evidence(
            reading.BulkOhms, Math.Exp(logBulk), (Math.Exp(logBulk - Math.Log(reading.BulkOhms)) - 1) * 100,
            reading.InterfaceRelativeSd < 1 ? reading.InterfaceOhms : double.NaN, loss * 100,
            -Math.Log(1 - loss) / ResistanceTemperature.BulkFallPerKelvin(next.Last.LaggedCelsius, settings.ActivationElectronVolts), metal?.OnsetSeconds ?? double.NaN, statistic, threshold, pair,
            Hypothesis.Ranked(Gain(metal), Math.Max(0, warming), Gain(thermometer), Gain(step)), Version);
        var detail = string.Create(
            CultureInfo.InvariantCulture, stackalloc char[DetailCharacters],
            $"R_bulk {reading.BulkOhms:F0} Ω, {loss * 100:F2} % lost at {statistic:F1} σ (halt above {threshold:F1} σ), R_int {reading.InterfaceOhms:F0} Ω{(reading.BulkOnly ? " in the last whole sweep" : "")} {pair}{Fallen(least)}{(level == WarningLevel.Warning && above > 0 ? "; a second sweep above it halts" : "")}");
        return new(next with { Level = level, Above = above, AboveSinceSeconds = aboveSince }, level, true, level == WarningLevel.Halt ? Reason.DendriteOnset : Reason.Completed, detail, evidence);
    }

    /// <summary>Log-likelihood against kelvins that nobody saw: of a cell alone, or behind the backs of its neighbours.</summary>
    private static double Unlikely(DetectorState state, Signature? signature, double kelvins, double aloneSd)
    {
        var sd = state.Common is { } common && common.KnownSinceSeconds <= signature?.OnsetSeconds ? double.Hypot(UnsharedKelvins, UnsharedSigmas * common.SaidSd) : aloneSd;
        return kelvins * kelvins / (2 * sd * sd);
    }

    private static WarningLevel Level(double statistic, double threshold, int above) => statistic switch
    {
        _ when above >= InARow => WarningLevel.Halt,
        _ when above > 0 => WarningLevel.Warning,
        _ when statistic > WatchShare * threshold => WarningLevel.Watch,
        _ => WarningLevel.Healthy,
    };

    /// <summary>What R_int says of a fall of R_bulk.</summary>
    private static string Pair(CellReading reading, Signature? metal, DetectorState next)
    {
        var isSilent = next.Last.InterfaceSd > InterfaceSdMax || reading.InterfaceOhms < InterfaceShareMin * reading.BulkOhms;
        return !isSilent && metal is { } found && Math.Abs(next.Last.LogInterface - found.OnsetLogInterface) < InterfaceHolds
            ? "supports"
            : "neither supports nor opposes";
    }

    /// <summary>A change that is not metal is taken into the level and its evidence is dropped: what comes after it is judged by itself.</summary>
    private static DetectorState Forgiven(DetectorState state, double loss)
    {
        var covariance = state.Covariance.AsSpan().ToArray();
        covariance[(CellFilter.Level * CellFilter.Size) + CellFilter.Level] += loss * loss;
        return state with { Covariance = ImmutableCollectionsMarshal.AsImmutableArray(covariance), Signatures = [] };
    }

    private static double Gain(Signature? signature) => signature is { } found && found.Statistic > 0 ? found.Statistic * found.Statistic / 2 : 0;

    private static Assessment Unseen(DetectorState state, string? why)
    {
        // Nothing is known: a warning stands, and nothing else is more than a watch. A halt was latched when it was said.
        var level = state.Level == WarningLevel.Warning ? WarningLevel.Warning : WarningLevel.Watch;
        return new(state with { Level = level }, level, false, Reason.Completed, $"blind: {why}", null);
    }

    /// <summary>Where there were voids constriction may have been anything; and metal that has shown goes on.</summary>
    private static bool HasExplanation(DetectorState state, double innovation) =>
        LevelChange.IsVoided(state, state.Last)
        || (innovation < 0 && SignatureBank.Best(state.Signatures.AsSpan(), SignatureKind.Metal)?.Statistic > MetalShown);

    /// <summary>When the first of the falls in a row was measured that this reading goes on with, s.</summary>
    private static double FallenSince(DetectorState state, CellReading reading) => Math.Min(
        state.Shunts > 0 ? state.ShuntSinceSeconds : reading.TimeSeconds, state.Fallen > 0 ? state.FallenSinceSeconds : reading.TimeSeconds);

    /// <summary>R_bulk and R_int fell as beside a shunt: the first whole sweep warns; the second in a row, or one behind a fall by three tenths, halts.</summary>
    private static Assessment Shunted(DetectorState state, CellReading reading, in SuddenFall found, DetectorSettings settings)
    {
        var since = FallenSince(state, reading);
        var what = FormattableString.Invariant(
            $"R_bulk fell by {100 * (1 - Math.Exp(found.Innovation)):F1} % to {reading.BulkOhms:G4} Ω at once, and R_int to {reading.InterfaceOhms:G4} Ω, as beside a shunt: a short");
        return state.Shunts + state.Fallen + 1 >= InARow && reading.TimeSeconds - since >= InARowSeconds
            ? new(state with { Level = WarningLevel.Halt }, WarningLevel.Halt, true, Reason.DendriteOnset, what, found.Told(reading, since, settings.ActivationElectronVolts, Version))
            : Unseen(state with { Shunts = state.Shunts + 1, ShuntSinceSeconds = state.Shunts == 0 ? reading.TimeSeconds : state.ShuntSinceSeconds, Level = WarningLevel.Warning }, what);
    }

    /// <summary>
    /// R_bulk of another cell, lead or range; where it is too low it may be a short, and somebody should look. While the baseline is learned the first
    /// sweep may have been the wrong one, and it begins anew.
    /// </summary>
    private static Assessment Another(DetectorState state, CellReading reading, in SuddenFall found, DetectorSettings settings)
    {
        var innovation = found.Innovation;
        var kept = state.Sweeps < settings.BaselineSweeps ? DetectorState.Initial : state;
        if (innovation < 0 && reading.CurrentAmperes != 0 && kept.Sweeps > 0)
        {
            kept = kept with { Fallen = kept.Fallen + 1, FallenSinceSeconds = kept.Fallen == 0 ? reading.TimeSeconds : kept.FallenSinceSeconds };
            if (kept.Fallen + kept.Shunts >= InARow && reading.TimeSeconds - FallenSince(kept, reading) >= InARowSeconds)
            {
                return new(kept with { Level = WarningLevel.Halt }, WarningLevel.Halt, true, Reason.DendriteOnset, FormattableString.Invariant(
                    $"R_bulk is {reading.BulkOhms:G4} Ω where {reading.BulkOhms * Math.Exp(-innovation):G4} Ω were expected, in {kept.Fallen + kept.Shunts} sweeps in a row under current: a short"),
                    found.Told(reading, FallenSince(kept, reading), settings.ActivationElectronVolts, Version));
            }
        }

        var what = innovation < 0 ? "a lead, a range, another cell or a short" : "a lead, a range or another cell";
        return Unseen(
            innovation < 0 ? kept with { Level = WarningLevel.Warning } : kept,
            FormattableString.Invariant($"R_bulk is {reading.BulkOhms:G4} Ω where {reading.BulkOhms * Math.Exp(-innovation):G4} Ω were expected: {what}"));
    }

    /// <summary>
    /// Activation energy above its prior, eV; where metal explains that it is absurd, and a thermometer that errs explains little, without what the
    /// filter took of the metal for it.
    /// </summary>
    private static double Activation(DetectorState state, DetectorSettings settings)
    {
        var signatures = state.Signatures.AsSpan();
        var activation = state.Mean[CellFilter.Activation];
        if (SignatureBank.Best(signatures, SignatureKind.Metal) is not { Statistic: > MetalShown } metal
            || Gain(SignatureBank.Best(signatures, SignatureKind.Thermometer, ErrorMin, ErrorMax)) > ErringShare * Gain(metal))
            return activation;
        var without = activation - (metal.Response[CellFilter.Activation] * metal.Slope);
        return Math.Abs(without) < PlausibleSds * settings.ActivationSdElectronVolts ? without : activation;
    }

    private static string Erring(double activation, DetectorSettings settings) => FormattableString.Invariant(
        $"R_bulk does not follow the thermometer: that took an activation energy of {settings.ActivationElectronVolts + activation:F2} eV");

    private static Assessment Learning(DetectorState next, CellReading reading, double logBulk, DetectorSettings settings, WarningLevel least) => new(
        next with { Level = least }, least, true, Reason.Completed,
        string.Create(
            CultureInfo.InvariantCulture, stackalloc char[DetailCharacters],
            $"baseline {next.Sweeps} of {settings.BaselineSweeps} sweeps{(reading.CurrentAmperes == 0 ? " at rest" : "")}, R_bulk {reading.BulkOhms:F0} Ω{Fallen(least)}"),
        new(
            reading.BulkOhms, Math.Exp(logBulk), (Math.Exp(logBulk - Math.Log(reading.BulkOhms)) - 1) * 100, reading.InterfaceOhms,
            0, 0, double.NaN, 0, double.NaN, "neither supports nor opposes", [], Version));

    private static string Fallen(WarningLevel least) => least == WarningLevel.Warning ? ", fallen away from the trend" : "";
}
