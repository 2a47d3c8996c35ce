using System.Collections.Concurrent;
using System.Collections.Immutable;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.EarlyWarning.Tuning;
using CycleRig.Host.Commands;
using CycleRig.Host.Replaying;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Tuning;

/// <summary>A population in memory with each of its spectra fitted once, so that settings of the detector can be tried on it.</summary>
internal sealed class FittedPopulation
{
    /// <summary>What <see cref="Table"/> compares.</summary>
    private static readonly ImmutableArray<string> Compared = ["before", "after"];

    private readonly ImmutableArray<FittedRecording> _recordings;

    private FittedPopulation(IEnumerable<FittedRecording> recordings, IEnumerable<string> passedOver) =>
        (_recordings, PassedOver) = ([.. recordings], [.. passedOver]);

    /// <summary>Why recordings were passed over.</summary>
    public ImmutableArray<string> PassedOver { get; }

    /// <summary>How many there are.</summary>
    public int Count => _recordings.Length;

    /// <summary>Reads and fits, on all cores; recordings that share a chamber or a press are one piece of work, as in replay.</summary>
    /// <param name="directory">Output folder of `simulate --population`: recordings/ and truth/.</param>
    /// <param name="progress">Told of each recording that is done.</param>
    /// <param name="cancellation">Ends it between two groups.</param>
    public static async Task<FittedPopulation> ReadAsync(string directory, Func<int, CountedProgress> progress, CancellationToken cancellation)
    {
        string[] folders = [.. Directory.GetDirectories(Path.Combine(directory, "recordings")).Order(StringComparer.Ordinal)];
        var (fitted, passedOver) = (new FittedRecording?[folders.Length], new ConcurrentDictionary<int, string>());
        using var told = progress(folders.Length);
        await Parallel.ForEachAsync(RecordingGroups.Of(folders), cancellation, (group, _) =>
        {
            foreach (var i in group)
            {
                try
                {
                    fitted[i] = Fitted(RecordingReader.Read(folders[i]), Path.Combine(directory, "truth"));
                }
                catch (RecordingException unreadable)
                {
                    passedOver[i] = unreadable.Message;
                }

                told.Report(i);
            }

            return ValueTask.CompletedTask;
        });
        return new(fitted.OfType<FittedRecording>(), passedOver.OrderBy(why => why.Key).Select(why => why.Value));
    }

    /// <summary>Merit of settings.</summary>
    public Merit Judge(DetectorSettings settings)
    {
        var scores = Scores(settings);
        var score = ScoreSummary.Of("", [.. _recordings.Zip(scores, (recording, one) => (recording.Scored, one))]);
        return Merit.Of(score, _recordings.Count(recording => recording.Scored.IsForeseeable));
    }

    /// <summary>Scores of two settings side by side, in groups as `replay --score` has them.</summary>
    public IReadOnlyList<ScoreTable.Group> Table(DetectorSettings before, DetectorSettings after)
    {
        var (first, second) = (Scores(before), Scores(after));
        return ScoreTable.Of([.. _recordings.Select((recording, i) => new ScoreTable.Row(recording.Scored, [first[i], second[i]]))], Compared);
    }

    private RecordingScore[] Scores(DetectorSettings settings)
    {
        var scores = new RecordingScore[_recordings.Length];
        Parallel.For(0, scores.Length, i => scores[i] = _recordings[i].Score(settings));
        return scores;
    }

    private static FittedRecording Fitted(Recording recording, string truthFolder)
    {
        var cell = recording.Cell;
        var truth = TruthReader.Read(truthFolder, recording.Name);
        var current = new RecordedCurrent(recording.Samples, cell.AreaSquareCentimetres);
        List<SweepReading> readings = [.. SweepReading.InOrder(recording.Spectra, cell.AreaSquareCentimetres)];
        return new(
            ScoredRecording.Of(truth, current, [.. readings.Where(reading => !reading.IsPart)], RecordingScoring.Diameter(cell), cell.ActivationElectronVolts), current, readings,
            RecordingReplay.Run(
                recording.Samples, [], cell.AreaSquareCentimetres, CellSettings.Pressure(cell), cell.SineAmperes, CellSettings.Of(cell, DetectorSettings.Default)),
            settings => CellSettings.Of(cell, settings));
    }
}
