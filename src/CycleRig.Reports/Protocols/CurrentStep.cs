using CycleRig.Core.Evidence;
using CycleRig.Storage.Recordings;
using MathNet.Numerics.Statistics;

namespace CycleRig.Reports.Protocols;

/// <summary>A stretch of a recording under constant current.</summary>
/// <param name="StartSeconds">First sample with current, s.</param>
/// <param name="EndSeconds">Last one, s.</param>
/// <param name="Amperes">Median current, A; negative plates the working electrode.</param>
/// <param name="Coulombs">Charge by the trapezoidal rule over the samples, C, signed like the current.</param>
/// <param name="Samples">Its samples, in order of time.</param>
internal sealed record CurrentStep(double StartSeconds, double EndSeconds, double Amperes, double Coulombs, IReadOnlyList<Sample> Samples)
{
    /// <summary>A pause that is shorter does not end a step: instruments take that long from segment to segment. Nor one of so many samples.</summary>
    private const double PauseSeconds = 5;
    private const double PauseSamples = 3;

    /// <summary>Shorter stretches are no steps.</summary>
    private const double ShortestSeconds = 5;

    /// <summary>A current that stays this far off is another step; a superimposed sine may be this many amplitudes away.</summary>
    private const double AnotherShare = 0.1;
    private const double SineRoom = 2.5;
    private const int AnotherSamples = 3;

    public bool IsPlating => Amperes < 0;

    /// <summary>Magnitude of the current density, mA/cm².</summary>
    public double MilliamperesPerSquareCentimetre(Recording recording) => Math.Abs(Amperes) * 1e3 / recording.Cell.AreaSquareCentimetres;

    /// <summary>All steps of a recording. The small currents of sweeps at rest are none.</summary>
    public static IReadOnlyList<CurrentStep> Of(Recording recording)
    {
        var area = recording.Cell.AreaSquareCentimetres;
        var sweeps = recording.Spectra
            .Where(sweep => RestingCurrent.Is(sweep.Points.Select(point => point.CurrentAmperes).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(), area))
            .Select(sweep => (sweep.StartSeconds, sweep.EndSeconds)).ToList();
        var samples = Usable(recording);
        var pause = Math.Max(PauseSeconds, PauseSamples * PeriodSeconds(samples));
        var (steps, open, first) = (new List<CurrentStep>(), new List<int>(), 0);
        for (var i = 0; i < samples.Count; i++)
        {
            var (time, current) = (samples[i].TimeSeconds, samples[i].CurrentAmperes);
            while (first < sweeps.Count && sweeps[first].EndSeconds < time)
                first++;
            var isRest = RestingCurrent.Is(current, area) || (first < sweeps.Count && time >= sweeps[first].StartSeconds);
            if (open.Count > 0 && (time - samples[open[^1]].TimeSeconds > pause || (!isRest && IsAnother(samples, open, i, recording.Cell.SineAmperes))))
                Close(samples, open, steps);
            if (!isRest)
                open.Add(i);
        }

        Close(samples, open, steps);
        return steps;
    }

    /// <summary>Samples whose time and current are numbers, in order of time, none twice.</summary>
    public static IReadOnlyList<Sample> Usable(Recording recording) => [.. recording.Samples
        .Where(sample => double.IsFinite(sample.TimeSeconds) && double.IsFinite(sample.CurrentAmperes))
        .OrderBy(sample => sample.TimeSeconds).DistinctBy(sample => sample.TimeSeconds)];

    /// <summary>Median time from sample to sample, s; 0 without two.</summary>
    public static double PeriodSeconds(IReadOnlyList<Sample> samples) =>
        samples.Count < 2 ? 0 : samples.Zip(samples.Skip(1), (one, next) => next.TimeSeconds - one.TimeSeconds).Median();

    private static bool IsAnother(IReadOnlyList<Sample> samples, List<int> open, int index, double sine)
    {
        var level = samples[open[Math.Min(open.Count - 1, AnotherSamples)]].CurrentAmperes;
        return Math.Sign(samples[index].CurrentAmperes) != Math.Sign(level)
            || Enumerable.Range(index, AnotherSamples).All(k => k < samples.Count
                && Math.Abs(samples[k].CurrentAmperes - level) > Math.Max(AnotherShare * Math.Abs(level), SineRoom * sine)
                && Math.Sign(samples[k].CurrentAmperes) == Math.Sign(level));
    }

    private static void Close(IReadOnlyList<Sample> samples, List<int> open, List<CurrentStep> steps)
    {
        if (open.Count > 1 && samples[open[^1]].TimeSeconds - samples[open[0]].TimeSeconds >= ShortestSeconds)
        {
            // From the sample before to the sample after: where exactly current began lies between two samples.
            var (from, to) = (Math.Max(0, open[0] - 1), Math.Min(samples.Count - 1, open[^1] + 1));
            var coulombs = Enumerable.Range(from, to - from).Sum(i =>
                (samples[i + 1].TimeSeconds - samples[i].TimeSeconds) * (samples[i].CurrentAmperes + samples[i + 1].CurrentAmperes) / 2);
            steps.Add(new(
                samples[open[0]].TimeSeconds, samples[open[^1]].TimeSeconds, open.Select(i => samples[i].CurrentAmperes).Median(), coulombs,
                [.. samples.Skip(open[0]).Take(open[^1] - open[0] + 1)]));
        }

        open.Clear();
    }
}
