using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tests.Replay;
using Xunit;

namespace CycleRig.EarlyWarning.Tests;

/// <summary>
/// A sound cell and one that is damaged from minute 45 on, a sweep each minute, with trouble in the sweeps 20 to 24: what is said meanwhile, and
/// that the damage behind it is found as if there had been none.
/// </summary>
internal static class Trouble
{
    public const int First = 20;
    public const int Sweeps = 5;

    private const int Minutes = 70;
    private const int Onset = 45;

    /// <summary>R_bulk falls by 0.15 % a minute: after twelve of them 1.8 % is gone, twelve times the noise of a sweep.</summary>
    private const int FoundBefore = Onset + 12;

    private static readonly IReadOnlyList<Spectrum> Sound = SyntheticRecording.Make(seed: 5, Minutes).Spectra();
    private static readonly IReadOnlyList<Spectrum> Damaged = SyntheticRecording.Make(seed: 5, Minutes, Onset).Spectra();

    /// <summary>No verdict of the five sweeps rests on anything, each says why, and the sweeps behind them are judged.</summary>
    public static void IsBlindness(string why, Func<Spectrum, Spectrum> spoil)
    {
        var verdicts = Assess(Spoilt(Sound, sweep => [spoil(sweep)]));
        foreach (var (sweep, verdict) in verdicts)
        {
            Assert.Equal(!IsSpoilt(sweep), verdict.Valid);
            if (IsSpoilt(sweep))
            {
                Assert.Contains(why, verdict.Detail, StringComparison.Ordinal);
                Assert.InRange(verdict.Level, WarningLevel.Watch, WarningLevel.Warning);
                Assert.Null(verdict.Evidence);
            }
        }

        IsForgotten(sweeps => Spoilt(sweeps, sweep => [spoil(sweep)]));
    }

    /// <summary>The sweeps are judged in spite of it.</summary>
    public static void IsSeenThrough(Func<Spectrum, Spectrum> spoil)
    {
        Assert.All(Assess(Spoilt(Sound, sweep => [spoil(sweep)])), said => Assert.True(said.Verdict.Valid, said.Verdict.Detail));
        IsForgotten(sweeps => Spoilt(sweeps, sweep => [spoil(sweep)]));
    }

    /// <summary>The sound cell is never halted, and the damage of the other one is found in time.</summary>
    public static void IsForgotten(Func<IReadOnlyList<Spectrum>, IEnumerable<Spectrum>> change)
    {
        var sound = Assess(change(Sound));
        Assert.All(sound, said => Assert.True(said.Verdict.Level < WarningLevel.Halt, $"sweep {said.Sweep}: {said.Verdict.Detail}"));
        Assert.True(sound[^1].Verdict.Valid);
        var (sweep, halt) = Assess(change(Damaged)).FirstOrDefault(said => said.Verdict.Level == WarningLevel.Halt);
        Assert.NotNull(halt);
        Assert.Equal(Reason.DendriteOnset, halt.Reason);
        Assert.InRange(sweep, Onset, FoundBefore);
    }

    /// <summary>Verdicts of a sound cell with changed sweeps.</summary>
    public static IReadOnlyList<(int Sweep, Assessment Verdict)> OfSound(Func<IReadOnlyList<Spectrum>, IEnumerable<Spectrum>> change) => Assess(change(Sound));

    public static bool IsSpoilt(int sweep) => sweep is >= First and < First + Sweeps;

    public static IEnumerable<Spectrum> Spoilt(IEnumerable<Spectrum> sweeps, Func<Spectrum, IEnumerable<Spectrum>> spoil) =>
        sweeps.SelectMany(sweep => IsSpoilt(sweep.Index) ? spoil(sweep) : [sweep]);

    public static Spectrum Each(Spectrum sweep, Func<SpectrumPoint, SpectrumPoint> change) => sweep with { Points = [.. sweep.Points.Select(change)] };

    public static Spectrum One(Spectrum sweep, Func<SpectrumPoint, SpectrumPoint> change) => sweep with { Points = sweep.Points.SetItem(20, change(sweep.Points[20])) };

    public static Spectrum Later(Spectrum sweep, double seconds) => Each(
        sweep with { StartSeconds = sweep.StartSeconds + seconds }, point => point with { TimeSeconds = point.TimeSeconds + seconds });

    public static ImmutableArray<(int Sweep, Assessment Verdict)> Assess(IEnumerable<Spectrum> sweeps)
    {
        var verdicts = ImmutableArray.CreateBuilder<(int, Assessment)>();
        var state = AssessorState.Initial;
        foreach (var sweep in sweeps)
        {
            (state, var verdict, _) = SpectrumAssessor.Assess(state, sweep, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default);
            verdicts.Add((sweep.Index, verdict));
        }

        return verdicts.ToImmutable();
    }
}
