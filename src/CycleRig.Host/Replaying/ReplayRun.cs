using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Replaying;

/// <summary>Recordings through the production detector, on all cores; of each only its lines and its score are kept.</summary>
/// <param name="folders">Folders of the recordings.</param>
/// <param name="truthFolder">TRUTH_DIR, or null to score nothing.</param>
/// <param name="settings">Settings of the detector; what belongs to the cell is read from its cell.json.</param>
internal sealed class ReplayRun(IReadOnlyList<string> folders, string? truthFolder, DetectorSettings settings)
{
    private readonly string[] _lines = new string[folders.Count];
    private readonly ScoreTable.Row?[] _rows = new ScoreTable.Row?[folders.Count];
    private readonly ConcurrentDictionary<int, string> _unscored = new();
    private int _read;

    /// <summary>The lines of each recording, in the order of the folders.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>How many could be read.</summary>
    public int Read => _read;

    /// <summary>What was scored, in the same order.</summary>
    public IReadOnlyList<ScoreTable.Row> Rows => [.. _rows.OfType<ScoreTable.Row>()];

    /// <summary>Why recordings that were read could not be scored.</summary>
    public IReadOnlyList<string> Unscored => [.. _unscored.OrderBy(why => why.Key).Select(why => why.Value)];

    /// <summary>Replays all. Recordings that share a chamber or a press are one piece of work.</summary>
    /// <param name="progress">Told of each recording that is done.</param>
    /// <param name="cancellation">Ends it between two groups.</param>
    public Task RunAsync(IProgress<int> progress, CancellationToken cancellation) =>
        Parallel.ForEachAsync(RecordingGroups.Of(folders), cancellation, (group, _) =>
        {
            ReplayGroup(group, progress);
            return ValueTask.CompletedTask;
        });

    private void ReplayGroup(IReadOnlyList<int> group, IProgress<int> progress)
    {
        List<(int Index, Recording Recording, IEnumerable<SweepReading> Readings)> read = [];
        foreach (var i in group)
        {
            try
            {
                var recording = RecordingReader.Read(folders[i]);
                var readings = SweepReading.InOrder(recording.Spectra, recording.Cell.AreaSquareCentimetres);
                read.Add((i, recording, truthFolder is null ? readings : [.. readings])); // The bound and the simple rules go on behind a halt.
                Interlocked.Increment(ref _read);
            }
            catch (RecordingException unreadable)
            {
                _lines[i] = new JsonObject { ["recording"] = Name(i), ["level"] = "error", ["reason"] = unreadable.Message }.ToJsonString() + "\n";
                progress.Report(i);
            }
        }

        var said = RigReplay.Run([.. read.Select(one => Channel(Name(one.Index), one.Recording, one.Readings))]);
        foreach (var ((i, recording, readings), lines) in read.Zip(said))
        {
            _lines[i] = string.Concat(lines.Select(line => Line(Name(i), line))) + Done(Name(i));
            if (readings is IReadOnlyList<SweepReading> all)
                Score(i, recording, all, lines);
            progress.Report(i);
        }
    }

    private string Name(int i) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folders[i])));

    private void Score(int i, Recording recording, IReadOnlyList<SweepReading> readings, IReadOnlyList<ReplayLine> lines)
    {
        try
        {
            _rows[i] = RecordingScoring.Of(recording, TruthReader.Read(truthFolder!, recording.Name), readings, lines);
        }
        catch (RecordingException unknown)
        {
            _unscored[i] = unknown.Message;
        }
    }

    private RigRecording Channel(string name, Recording recording, IEnumerable<SweepReading> readings)
    {
        var cell = recording.Cell;
        return new(
            name, cell.Chamber, recording.Samples, readings, cell.AreaSquareCentimetres, CellSettings.Pressure(cell), cell.SineAmperes, CellSettings.Of(cell, settings));
    }

    private static string Line(string name, ReplayLine line) => new JsonObject
    {
        ["recording"] = name, ["time_s"] = Math.Round(line.TimeSeconds, 3), ["level"] = line.Level, ["kind"] = line.Kind, ["reason"] = line.Reason,
    }.ToJsonString() + "\n";

    private static string Done(string name) => new JsonObject { ["recording"] = name, ["level"] = "done" }.ToJsonString() + "\n";
}
