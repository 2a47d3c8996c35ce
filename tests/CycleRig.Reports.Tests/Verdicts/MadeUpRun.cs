using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.Reports.Verdicts;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;

namespace CycleRig.Reports.Tests.Verdicts;

/// <summary>
/// A run of closed forms: a sweep at rest, ten under 0.5 mA/cm² on a sound cell, two on one that has lost a part of its bulk, the second of them with
/// the verdict that halts. What follows at rest is added by the test.
/// </summary>
internal sealed class MadeUpRun
{
    public const double Bulk = 2460;
    public const double Interface = 16_000;
    public const double Loss = 0.04;
    public const double Amperes = -0.5e-3 * RecordingBuilder.AreaSquareCentimetres;
    public const double DirectOhms = 18_600;
    public const double Onset = 900;
    private const int Sound = 10;

    private readonly RecordingBuilder _cell;

    public MadeUpRun(int seed = 1, double noise = 0.002)
    {
        _cell = new RecordingBuilder(seed) { ImpedanceNoise = noise }.Rest(30).Sweep(RecordingBuilder.Symmetric(Bulk, Interface)).Rest(10);
        for (var k = 0; k < Sound + 2; k++)
        {
            _cell.Hold(60, _ => Amperes, _ => DirectOhms * Amperes);
            _cell.Sweep(RecordingBuilder.Symmetric(k < Sound ? Bulk : (1 - Loss) * Bulk, Interface), Amperes);
        }

        _cell.Hold(5, _ => Amperes, _ => DirectOhms * Amperes);
        HaltSeconds = _cell.Time;
    }

    public double HaltSeconds { get; }

    /// <summary>Number of the last sweep: the sweep at rest is 0.</summary>
    public static int Judged => Sound + 2;

    public RecordingBuilder Cell => _cell;

    /// <summary>Spectra at rest 1, 10 and 60 min after the halt.</summary>
    public MadeUpRun Rested(Func<double, Complex> impedance)
    {
        foreach (var seconds in (double[])[60, 510, 2970])
            _cell.Rest(seconds).Sweep(impedance);
        return this;
    }

    /// <summary>The verdicts as the journal would have them.</summary>
    /// <param name="recording">The built run.</param>
    /// <param name="part">The points of the last sweep where it was cut.</param>
    /// <param name="reason">Of the halt; null for none.</param>
    public RunVerdicts Verdicts(Recording recording, Spectrum? part = null, Reason? reason = Reason.DendriteOnset)
    {
        ImmutableArray<VerdictRow> rows = [.. recording.Spectra.Where(sweep => sweep.StartSeconds < HaltSeconds).Select(sweep => new VerdictRow(
            sweep.Index, sweep.EndSeconds, 0.01 * sweep.Index, sweep.Index == 0 ? 0 : -0.5,
            sweep.Index == Judged && reason == Reason.DendriteOnset ? WarningLevel.Halt : sweep.Index > Sound ? WarningLevel.Watch : WarningLevel.Healthy, "made up",
            Told(sweep.Index), "cell-1", sweep.Index == Judged ? part : null))];
        return new("cell-1", 0, RecordingBuilder.AreaSquareCentimetres, 0.39, rows, reason is { } known ? new(HaltSeconds, DateTimeOffset.UnixEpoch.AddSeconds(HaltSeconds), known) : null);
    }

    public static VerdictEvidence Explained(Recording recording, RunVerdicts verdicts, LaterSweeps? later = null, Func<Spectrum, bool>? kept = null) => VerdictEvidence.Of(
        verdicts, recording.Spectra.Where(kept ?? (_ => true)),
        (from, to) => recording.Samples.Where(sample => sample.TimeSeconds >= from && sample.TimeSeconds <= to), later ?? LaterSweeps.None)!;

    private static Evidence Told(int sweep) => sweep > Sound
        ? new((1 - Loss) * Bulk, (1 - Loss) * Bulk * 1.01, 1, Interface, 100 * Loss, 0.9, Onset, 6.1, 5.5, "supports", [new("metal", 18.6), new("temperature", 12), new("none", 0)], "filter-1")
        : new(Bulk, Bulk, 0, Interface, 0, 0, double.NaN, 0, double.NaN, "neither supports nor opposes", [], "filter-1");
}
