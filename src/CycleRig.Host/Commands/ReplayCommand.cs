using System.CommandLine;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Scoring;
using CycleRig.Host.Replaying;
using CycleRig.Reports.Plots;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig replay`: recordings through the production detector, and how well it did.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("DIR") { Description = "One recording, or a folder of recordings." };
        var output = new Option<string>("--out") { Description = "File for the verdicts, one JSON line each.", Required = true };
        var truth = new Option<string?>("--score") { Description = "Folder with the truth, NAME/truth.json for each recording: prints how well the detector did, beside simple rules and what acting at the physical bound would give.", HelpName = "TRUTH_DIR" };
        var settings = new Option<string?>("--settings") { Description = "Settings of the detector, as `cyclerig tune` writes them; those that run live unless given.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "With --score: print the table as one JSON document and nothing else." };
        var plot = new Option<string?>("--plot") { Description = "With --score: a PNG with delay over bound against the slope of the fall, and the charge by current and electrode.", HelpName = "FILE.png" };
        var command = new Command("replay", "Replays recordings through the fit and the detector that run live.") { folder, output, truth, settings, json, plot };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            new(parsed.GetValue(folder)!, parsed.GetValue(output)!, parsed.GetValue(truth), parsed.GetValue(settings), parsed.GetValue(json), parsed.GetValue(plot)), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Wanted wanted, CancellationToken cancellation)
    {
        if (wanted.Problem is var (problem, code))
        {
            await Console.Error.WriteLineAsync(problem);
            return code;
        }

        // Read before anything is replayed.
        var settings = wanted.Settings is { } settingsFile ? SettingsFile.Read(settingsFile) : DetectorSettings.Default;
        string[] recordings = File.Exists(Path.Combine(wanted.Folder, "cell.json"))
            ? [wanted.Folder]
            : [.. Directory.GetDirectories(wanted.Folder).Order(StringComparer.Ordinal)];
        var run = new ReplayRun(recordings, wanted.Truth, settings);
        // Opened first: what cannot be written is told at once.
        await using (var file = new StreamWriter(wanted.Output))
        {
            using (var progress = new CountedProgress("replayed", recordings.Length))
                await run.RunAsync(progress, cancellation);
            foreach (var lines in run.Lines)
                await file.WriteAsync(lines);
        }

        if (run.Read == 0)
        {
            await Console.Error.WriteLineAsync($"{wanted.Folder}: no recording could be read; a recording is a folder with cell.json, samples.csv and spectra.csv");
            return ExitCodes.BadData;
        }

        if (!wanted.Json)
            await Console.Out.WriteLineAsync($"{run.Read} of {recordings.Length} recordings replayed to {wanted.Output}");
        return wanted.Truth is null ? ExitCodes.Ok : await TellAsync(run, wanted);
    }

    private static async Task<int> TellAsync(ReplayRun run, Wanted wanted)
    {
        foreach (var why in run.Unscored)
            await Console.Error.WriteLineAsync(why);
        if (run.Rows.Count == 0)
        {
            await Console.Error.WriteLineAsync($"{wanted.Truth}: no recording could be scored; the truth of a recording NAME is {Path.Combine(wanted.Truth!, "NAME", "truth.json")}");
            return ExitCodes.BadData;
        }

        if (wanted.Plot is { } plot)
        {
            if (ScoreCharts.Of(run.Rows) is { Length: > 0 } charts)
                ReportPlot.Save(ScoreCharts.Title, charts, plot);
            else
                await Console.Error.WriteLineAsync($"{plot} was not drawn: no recording has damage that a detector could have told");
        }

        var table = ScoreTable.Of(run.Rows, RecordingScoring.Detectors);
        if (wanted.Json)
        {
            await Console.Out.WriteLineAsync(ScoreJson.Of(run, table));
            return ExitCodes.Ok;
        }

        await Console.Out.WriteLineAsync($"{run.Rows.Count} scored, {run.Unscored.Count} without a truth that can be read");
        if (run.Rows.Count(row => row.Recording.IsWanderAssumed) is > 0 and var assumed)
        {
            await Console.Out.WriteLineAsync(FormattableString.Invariant(
                $"The truth of {assumed} does not say how the cell's temperature wanders: {1e3 * DelayBound.WanderKelvinsOtherwise:F0} mK over {DelayBound.WanderSecondsOtherwise:F0} s are assumed."));
        }

        await Console.Out.WriteLineAsync();
        foreach (var line in ScoreText.Lines(table))
            await Console.Out.WriteLineAsync(line);
        return ExitCodes.Ok;
    }

    /// <summary>What was asked for.</summary>
    private sealed record Wanted(string Folder, string Output, string? Truth, string? Settings, bool Json, string? Plot)
    {
        public (string Text, int Code)? Problem => this switch
        {
            { Json: true, Truth: null } => ("--json prints scores; give --score TRUTH_DIR as well", ExitCodes.Usage),
            { Plot: not null, Truth: null } => ("--plot draws scores; give --score TRUTH_DIR as well", ExitCodes.Usage),
            { Plot: { } plot } when !plot.EndsWith(".png", StringComparison.OrdinalIgnoreCase) => ($"{plot}: only PNG is drawn; give a name that ends in .png", ExitCodes.Usage),
            _ when !Directory.Exists(Folder) => ($"{Folder}: no such folder; give a recording or a folder of recordings", ExitCodes.BadData),
            { Truth: { } truth } when !Directory.Exists(truth) => ($"{truth}: no such folder; give the folder with the truth of the recordings", ExitCodes.BadData),
            _ => null,
        };
    }
}
