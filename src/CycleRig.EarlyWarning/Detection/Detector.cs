using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Impedance.Cells;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// Decides from readings of spectra whether metal grows in the electrolyte: R_bulk falls, only while plating, and R_int does not fall
/// with it. Pure: the same readings give the same verdicts. Allocates nothing but what it returns.
/// </summary>
public static class Detector
{
    /// <summary>Points that are remembered; above it the older half is thinned to every second.</summary>
    public const int Remembered = 240;

    private const string Version = "ramp-2";
    private const double BoltzmannElectronVolts = 8.617333e-5;
    private const double ReferenceKelvins = 303.15;

    /// <summary>Sweeps in a row above the threshold that halt: one outlier alone never does.</summary>
    private const int InARow = 2;

    /// <summary>Below this share of the bulk, or less certain than this, R_int says nothing (lithiophilic cells).</summary>
    private const double InterfaceShareMin = 0.2;
    private const double InterfaceSdMax = 0.05;

    /// <summary>A fall of R_int by more than this over the ramp is contact or a shunt, not metal, unless the loss is large.</summary>
    private const double InterfaceFallMax = 0.15;
    private const double LossThatIsNoContact = 0.03;

    /// <summary>Newest sweeps whose spacing says how often the statistic is looked at.</summary>
    private const int PaceSweeps = 12;

    /// <summary>Room for a verdict in words on the stack; a longer one is still whole.</summary>
    private const int DetailCharacters = 192;

    /// <summary>Takes one reading.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="reading">The reading of a spectrum.</param>
    /// <param name="settings">What the detector is set to.</param>
    public static Assessment Assess(DetectorState state, CellReading reading, DetectorSettings settings)
    {
        if (!reading.Valid)
            return Unseen(state, reading.WhyNotValid);
        var point = Point(reading, settings);
        if (!point.IsFinite)
            return Unseen(state, "a resistance of the spectrum is no number");
        var resting = reading.CurrentAmperes == 0;
        var track = Appended(resting ? state.RestTrack : state.Track, point);
        var least = resting && IsFallen(state, point, settings) ? WarningLevel.Warning : WarningLevel.Healthy;
        return track.Length < settings.BaselineSweeps ? Learning(state, track, reading, settings, least) : Judged(state, track, reading, settings, least);
    }

    private static Assessment Judged(DetectorState state, ImmutableArray<TrackPoint> track, CellReading reading, DetectorSettings settings, WarningLevel least)
    {
        var scale = Scatter.Scale(track, settings);
        var ramp = RampTest.Run(track, settings, scale, settings.ActivationSdElectronVolts, settings.ConstrictionSd);
        var threshold = Threshold.Sigmas(settings.FalseHaltsPerThousandHours, SweepsPerHour(track));
        var loss = ramp.Slope * (track[^1].TimeSeconds - ramp.OnsetSeconds);
        var pair = Pair(track, ramp.OnsetSeconds, loss);
        var resting = reading.CurrentAmperes == 0;
        var above = ramp.Statistic > threshold && pair != "opposes" ? (resting ? state.RestAbove : state.Above) + 1 : 0;
        var level = Level(ramp.Statistic, threshold, above) is var judged && judged > least ? judged : least;
        var evidence = new Evidence(
            reading.BulkOhms, Math.Exp(track[^1].LogBulk), (Math.Exp(track[^1].LogBulk - Math.Log(reading.BulkOhms)) - 1) * 100,
            reading.InterfaceRelativeSd < 1 ? reading.InterfaceOhms : double.NaN, loss * 100, ramp.OnsetSeconds, ramp.Statistic, threshold, pair,
            Ranked(track, settings, scale, ramp.Statistic), Version);
        var detail = string.Create(
            CultureInfo.InvariantCulture, stackalloc char[DetailCharacters],
            $"R_bulk {reading.BulkOhms:F0} Ω, {loss * 100:F2} % lost at {ramp.Statistic:F1} σ (halt above {threshold:F1} σ), R_int {reading.InterfaceOhms:F0} Ω {pair}{Fallen(least)}");
        return new(
            resting ? state with { RestTrack = track, Level = level, RestAbove = above } : state with { Track = track, Level = level, Above = above }, level, true,
            level == WarningLevel.Halt ? Reason.DendriteOnset : Reason.Completed, detail, evidence);
    }

    private static WarningLevel Level(double statistic, double threshold, int above) => statistic switch
    {
        _ when above >= InARow => WarningLevel.Halt,
        _ when above == 1 => WarningLevel.Warning,
        _ when statistic > 0.8 * threshold => WarningLevel.Watch,
        _ => WarningLevel.Healthy,
    };

    /// <summary>What R_int says of a fall of R_bulk.</summary>
    private static string Pair(ImmutableArray<TrackPoint> track, double onsetSeconds, double loss)
    {
        var now = track[^1];
        if (now.InterfaceSd > InterfaceSdMax || Math.Exp(now.LogInterface - now.LogBulk) < InterfaceShareMin)
            return "neither supports nor opposes";
        var change = now.LogInterface - At(track, onsetSeconds).LogInterface;
        if (change < -InterfaceFallMax && loss < LossThatIsNoContact)
            return "opposes";
        return Math.Abs(change) < InterfaceFallMax ? "supports" : "neither supports nor opposes";
    }

    /// <summary>The newest point that is not after a time, or the oldest.</summary>
    private static TrackPoint At(ImmutableArray<TrackPoint> track, double seconds)
    {
        for (var i = track.Length - 1; i >= 0; i--)
        {
            if (track[i].TimeSeconds <= seconds)
                return track[i];
        }

        return track[0];
    }

    /// <summary>How much of the fall each hypothesis explains: the statistic left when its nuisance is set free.</summary>
    private static ImmutableArray<Hypothesis> Ranked(ImmutableArray<TrackPoint> track, DetectorSettings settings, double scale, double statistic)
    {
        const double free = 20;
        static double Gain(double sigmas) => Math.Max(0, sigmas) * Math.Max(0, sigmas) / 2;
        var metal = Gain(statistic);
        var temperature = metal - Gain(RampTest.Run(track, settings, scale, settings.ActivationSdElectronVolts * free, settings.ConstrictionSd).Statistic);
        var contact = metal - Gain(RampTest.Run(track, settings, scale, settings.ActivationSdElectronVolts, settings.ConstrictionSd * free).Statistic);
        Hypothesis[] ranked = [new("metal", metal), new("temperature", temperature), new("contact", contact), new("none", 0)];
        // Sorted in place by insertion: equal gains stay in this order.
        for (var i = 1; i < ranked.Length; i++)
        {
            for (var j = i; j > 0 && ranked[j].LogLikelihoodGain > ranked[j - 1].LogLikelihoodGain; j--)
                (ranked[j - 1], ranked[j]) = (ranked[j], ranked[j - 1]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ranked);
    }

    private static Assessment Unseen(DetectorState state, string? why)
    {
        // Nothing is known: a warning stands, and nothing else is more than a watch. A halt was latched when it was said.
        var level = state.Level == WarningLevel.Warning ? WarningLevel.Warning : WarningLevel.Watch;
        return new(state with { Level = level }, level, false, Reason.Completed, $"blind: {why}", null);
    }

    private static Assessment Learning(DetectorState state, ImmutableArray<TrackPoint> track, CellReading reading, DetectorSettings settings, WarningLevel least) => new(
        reading.CurrentAmperes == 0 ? state with { RestTrack = track, Level = least } : state with { Track = track, Level = least },
        least, true, Reason.Completed,
        string.Create(
            CultureInfo.InvariantCulture, stackalloc char[DetailCharacters],
            $"baseline {track.Length} of {settings.BaselineSweeps} sweeps{(reading.CurrentAmperes == 0 ? " at rest" : "")}, R_bulk {reading.BulkOhms:F0} Ω{Fallen(least)}"),
        Plain(reading, track[^1]));

    /// <summary>Whether a spectrum at rest has fallen away from the trend under plating: a warning whatever its own trend says, and a check refuses it.</summary>
    private static bool IsFallen(DetectorState state, in TrackPoint point, DetectorSettings settings) =>
        state.Track is { IsEmpty: false } track
        && track[^1].LogBulk - point.LogBulk > (settings.ConstrictionSd * 2) + (5 * double.Hypot(point.Sd, settings.NoiseFloor));

    private static string Fallen(WarningLevel least) => least == WarningLevel.Warning ? ", fallen away from the trend under current" : "";

    private static Evidence Plain(CellReading reading, TrackPoint point) => new(
        reading.BulkOhms, Math.Exp(point.LogBulk), (Math.Exp(point.LogBulk - Math.Log(reading.BulkOhms)) - 1) * 100, reading.InterfaceOhms,
        0, double.NaN, 0, double.NaN, "neither supports nor opposes", [], Version);

    private static TrackPoint Point(CellReading reading, DetectorSettings settings)
    {
        var kelvins = reading.TemperatureCelsius + 273.15;
        var arrhenius = ((1 / kelvins) - (1 / ReferenceKelvins)) / BoltzmannElectronVolts;
        // ln R_b(T) = ln R_b(T0) + ln(T/T0) + Ea (1/kT - 1/kT0).
        var compensated = Math.Log(reading.BulkOhms) - Math.Log(kelvins / ReferenceKelvins) - (settings.ActivationElectronVolts * arrhenius);
        return new(
            reading.TimeSeconds, compensated, reading.BulkRelativeSd, arrhenius, reading.TemperatureCelsius,
            Math.Sqrt(reading.InterfaceOhms), Math.Log(reading.InterfaceOhms), reading.InterfaceRelativeSd);
    }

    private static double SweepsPerHour(ImmutableArray<TrackPoint> track)
    {
        var first = Math.Max(0, track.Length - PaceSweeps);
        return 3600 * (track.Length - first - 1) / Math.Max(1, track[^1].TimeSeconds - track[first].TimeSeconds);
    }

    /// <summary>The track with one more point. Where it would be too long, every second of its oldest <see cref="Remembered"/> / 2 goes.</summary>
    private static ImmutableArray<TrackPoint> Appended(ImmutableArray<TrackPoint> track, TrackPoint point)
    {
        const int older = Remembered / 2;
        if (track.Length < Remembered)
            return track.Add(point);
        var thinned = new TrackPoint[(older / 2) + track.Length - older + 1];
        for (var i = 0; i < older / 2; i++)
            thinned[i] = track[2 * i];
        track.AsSpan(older..).CopyTo(thinned.AsSpan(older / 2));
        thinned[^1] = point;
        return ImmutableCollectionsMarshal.AsImmutableArray(thinned);
    }
}
