using System.CommandLine;
using System.Text.Json.Nodes;
using CycleRig.Core.Cells;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Replay;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig replay`: recordings through the production detector.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("DIR") { Description = "One recording, or a folder of recordings." };
        var output = new Option<string>("--out") { Description = "File for the verdicts, one JSON line each.", Required = true };
        var command = new Command("replay", "Replays recordings through the fit and the detector that run live.") { folder, output };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(output)!, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string output, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"{folder}: no such folder; give a recording or a folder of recordings");
            return ExitCodes.BadData;
        }

        string[] recordings = File.Exists(Path.Combine(folder, "cell.json"))
            ? [folder]
            : [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        var answers = new string[recordings.Length];
        var read = 0;
        await Parallel.ForAsync(0, recordings.Length, cancellation, (i, _) =>
        {
            var (lines, wasRead) = Answer(recordings[i]);
            answers[i] = lines;
            if (wasRead)
                Interlocked.Increment(ref read);
            return ValueTask.CompletedTask;
        });
        await File.WriteAllTextAsync(output, string.Concat(answers), cancellation);
        await Console.Out.WriteLineAsync($"{read} of {recordings.Length} recordings replayed to {output}");
        if (read > 0)
            return ExitCodes.Ok;
        await Console.Error.WriteLineAsync($"{folder}: no recording could be read; a recording is a folder with cell.json, samples.csv and spectra.csv");
        return ExitCodes.BadData;
    }

    private static (string Lines, bool Read) Answer(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        try
        {
            var recording = RecordingReader.Read(folder);
            var settings = DetectorSettings.Default with
            {
                ActivationElectronVolts = recording.Cell.ActivationElectronVolts, ActivationSdElectronVolts = ActivationSd(recording.Cell.All["material"]?.ToString()),
            };
            var pressure = double.IsFinite(recording.Cell.PressureSetPointMegapascals) ? recording.Cell.PressureSetPointMegapascals : 0;
            var lines = RecordingReplay.Run(
                recording.Samples, recording.Spectra, recording.Cell.AreaSquareCentimetres, pressure, recording.Cell.SineAmperes, settings);
            return (string.Concat(lines.Select(line => Line(name, line))) + Done(name), true);
        }
        catch (RecordingException unreadable)
        {
            return (new JsonObject { ["recording"] = name, ["level"] = "error", ["reason"] = unreadable.Message }.ToJsonString() + "\n", false);
        }
    }

    /// <summary>As live: the prior of the material, that of LLZTO where it is not known.</summary>
    private static double ActivationSd(string? material) =>
        (material == Material.SodiumBetaAlumina.Name ? Material.SodiumBetaAlumina : Material.Llzto).ActivationEnergySd.ElectronVolts;

    private static string Line(string name, ReplayLine line) => new JsonObject
    {
        ["recording"] = name, ["time_s"] = Math.Round(line.TimeSeconds, 3), ["level"] = line.Level, ["kind"] = line.Kind, ["reason"] = line.Reason,
    }.ToJsonString() + "\n";

    private static string Done(string name) => new JsonObject { ["recording"] = name, ["level"] = "done" }.ToJsonString() + "\n";
}
