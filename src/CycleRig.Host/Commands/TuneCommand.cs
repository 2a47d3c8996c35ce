using System.CommandLine;
using System.Globalization;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Tuning;
using CycleRig.Host.Replaying;
using CycleRig.Host.Tuning;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig tune`: settings of the detector that do best on one population, and what they do on another.</summary>
internal static class TuneCommand
{
    private const string Produced = "`cyclerig simulate --population FILE --out DIR` writes one";

    public static Command Build()
    {
        var training = new Argument<string>("TRAIN_DIR")
        {
            Description = "Population that the settings are searched on: a folder with recordings/ and truth/.",
        };
        var heldOut = new Option<string?>("--held-out")
        {
            Description = "Population that the search never sees: the same scores on it. Draw it with another seed.", HelpName = "DIR",
        };
        var output = new Option<string>("--out") { Description = "File for the settings, for `replay --settings`.", HelpName = "settings.json", Required = true };
        var json = Shared.Json();
        var command = new Command("tune", Description()) { training, heldOut, output, json };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            new(parsed.GetValue(training)!, parsed.GetValue(heldOut), parsed.GetValue(output)!, parsed.GetValue(json)), cancellation)));
        return command;
    }

    private static string Description()
    {
        var bounds = string.Join(", ", TunedSetting.All.Select(tuned => string.Create(CultureInfo.InvariantCulture, $"{tuned.Name} {tuned.Min}-{tuned.Max}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Searches settings of the detector on a population with known truth.

            Each spectrum is fitted once; then one setting after the other is moved by factors of 2, √2 and ∜2 as long as that is better, at most {SettingsSearch.JudgedMax} trials. Better is a higher share of the foreseeable shorts detected, less {Merit.PerFalseHalt} for each false halt per 1,000 h and {Merit.PerFalseWarning} for each false warning; where that is equal, a shorter median delay over bound. The same population gives the same settings.

            Tuned within: {bounds}. The accepted rate of false halts is the user's and is not tuned.

            Settings found on a simulator are those of a simulator: a rig's own recordings decide whether they are better there. What counts is the held-out population. Train on 2,000 h or more: in fewer hours no false halt is seen where there would be some.
            """);
    }

    private static async Task<int> RunAsync(Wanted wanted, CancellationToken cancellation)
    {
        if (wanted.Problem is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return ExitCodes.BadData;
        }

        // Opened first: what cannot be written is told at once. What stands there is kept until there is something to write.
        await using var file = new FileStream(wanted.Output, FileMode.OpenOrCreate, FileAccess.Write);
        var training = await ReadAsync(wanted.Training, cancellation);
        var heldOut = wanted.HeldOut is { } other ? await ReadAsync(other, cancellation) : null;
        if (training.Count == 0 || heldOut?.Count == 0)
        {
            await Console.Error.WriteLineAsync($"{(training.Count == 0 ? wanted.Training : wanted.HeldOut)}: no recording with a truth could be read; {Produced}");
            return ExitCodes.BadData;
        }

        SettingsSearch.Found found;
        using (var progress = new CountedProgress("judged", SettingsSearch.JudgedMax))
        {
            found = SettingsSearch.Run(DetectorSettings.Default, training.Judge, best =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(best.Judged);
            });
        }

        file.SetLength(0);
        await using (var writer = new StreamWriter(file))
            await writer.WriteAsync(SettingsFile.Write(found.Settings));
        var report = new TuneReport(found, training, heldOut);
        if (wanted.Json)
        {
            await Console.Out.WriteLineAsync(report.Json());
            return ExitCodes.Ok;
        }

        foreach (var line in report.Text().Append($"Written to {wanted.Output}; try them with `cyclerig replay DIR --settings {wanted.Output}`."))
            await Console.Out.WriteLineAsync(line);
        return ExitCodes.Ok;
    }

    private static async Task<FittedPopulation> ReadAsync(string directory, CancellationToken cancellation)
    {
        var population = await FittedPopulation.ReadAsync(directory, count => new CountedProgress("fitted", count), cancellation);
        foreach (var why in population.PassedOver)
            await Console.Error.WriteLineAsync(why);
        return population;
    }

    /// <summary>What was asked for.</summary>
    private sealed record Wanted(string Training, string? HeldOut, string Output, bool Json)
    {
        public string? Problem => Missing(Training) ?? (HeldOut is { } other ? Missing(other) : null) ?? Same();

        private static string? Missing(string directory) => ((string[])["recordings", "truth"])
            .Select(name => Path.Combine(directory, name)).FirstOrDefault(path => !Directory.Exists(path)) is { } missing
                ? $"{missing}: no such folder; a population has recordings/ and truth/, and {Produced}" : null;

        private string? Same() => HeldOut is { } other && Path.GetFullPath(other).TrimEnd('/') == Path.GetFullPath(Training).TrimEnd('/')
            ? $"{other}: the held-out population is the one that is trained on; draw another with another --seed" : null;
    }
}
