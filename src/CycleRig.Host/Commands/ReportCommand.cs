using System.CommandLine;
using CycleRig.Host.Running;
using CycleRig.Reports.Plots;
using CycleRig.Reports.Protocols;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig report`: the analysis of a protocol, from recordings or from a run of the journal, with or without a running host.</summary>
internal static class ReportCommand
{
    public static Command Build()
    {
        var source = new Argument<string>("SOURCE") { Description = "A recording, a folder of recordings, what demo or simulate wrote, or the id of a run in the journal of --data." };
        var data = Shared.Data();
        var protocol = new Option<string?>("--protocol") { Description = "Analysis to take; otherwise that of the protocol that the recording names." };
        var output = new Option<string?>("--out") { Description = "Folder for report.json and plots; ./cyclerig-report/N unless given." };
        var force = new Option<bool>("--force") { Description = "Write over a folder that is not empty." };
        var json = Shared.Json();
        var command = new Command("report", "Evaluates recordings by the analysis of their protocol; `cyclerig protocols` lists them.") { source, data, protocol, output, force, json };
        command.SetAction((parsed, _) => Failing.Guard(() => RunAsync(
            parsed.GetValue(source)!, parsed.GetValue(data)!, parsed.GetValue(protocol), parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(json))));
        return command;
    }

    private static async Task<int> RunAsync(string source, string data, string? protocol, string? output, bool force, bool json)
    {
        if (protocol is not null && ProtocolCatalogue.Find(protocol) is null)
        {
            await Console.Error.WriteLineAsync($"there is no analysis of a protocol `{protocol}`; with --protocol give one of {ProtocolCatalogue.Names}");
            return ExitCodes.Usage;
        }

        var (recordings, problems) = Directory.Exists(source) ? Read(source) : FromJournal(source, data, protocol);
        List<ProtocolReport> reports = [];
        var (groups, ungrouped) = ReportGroups.Of(recordings, protocol);
        problems.AddRange(ungrouped);
        foreach (var group in groups)
        {
            try
            {
                reports.Add(group.Protocol.Analyse(group.Recordings));
            }
            catch (ReportException lacking)
            {
                problems.Add(lacking.Message);
            }
        }

        foreach (var problem in problems)
            await Console.Error.WriteLineAsync(problem);
        if (reports.Count == 0)
            return ExitCodes.BadData;
        var (directory, error) = OutputFolder.Prepare(output, "cyclerig-report", force);
        if (error is not null)
        {
            await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }

        await Write(reports, directory, json);
        return ExitCodes.Ok;
    }

    private static (List<Recording> Recordings, List<string> Problems) Read(string folder)
    {
        // What simulate and demo write has its recordings one level down, beside their truth.
        var of = Path.Combine(folder, "recordings") is var inside && Directory.Exists(inside) ? inside : folder;
        string[] folders = File.Exists(Path.Combine(folder, "cell.json")) ? [folder] : [.. Directory.GetDirectories(of).Order(StringComparer.Ordinal)];
        var (recordings, problems) = (new List<Recording>(), new List<string>());
        foreach (var one in folders)
        {
            try
            {
                recordings.Add(RecordingReader.Read(one));
            }
            catch (RecordingException unreadable)
            {
                problems.Add(unreadable.Message);
            }
        }

        if (folders.Length == 0)
            problems.Add($"{folder}: no recordings; a recording is a folder with cell.json, samples.csv and spectra.csv");
        return (recordings, problems);
    }

    /// <summary>
    /// The run, and for a verdict after a halt the run before it on the same cell: a recording is exported to a temporary folder and read back, so that
    /// a report from the journal and one from an export are the same.
    /// </summary>
    private static (List<Recording> Recordings, List<string> Problems) FromJournal(string source, string data, string? protocol)
    {
        if (!Guid.TryParse(source, out var id))
            return ([], [$"{source}: no such folder, and no id of a run; give a recording, a folder of recordings, or the id that `cyclerig why CHANNEL` shows"]);
        using var reader = JournalReader.Open(new DataFolder(data).Path);
        var runs = reader.Runs();
        if (runs.FirstOrDefault(known => known.Run == id) is not { } run)
            return ([], [$"the journal of {data} has no run {id}; `cyclerig why CHANNEL` shows the id of a channel's newest run"]);
        try
        {
            var recordings = new List<Recording> { Exported(reader, run) };
            if ((protocol ?? ProtocolCatalogue.NameOf(recordings[0])) == "after-halt" && runs.LastOrDefault(known => known.Cell == run.Cell && known.StartSeq < run.StartSeq) is { } before)
                recordings.Insert(0, Exported(reader, before));
            return (recordings, []);
        }
        catch (RecordingException unreadable)
        {
            return ([], [unreadable.Message]);
        }
    }

    private static Recording Exported(JournalReader reader, RunEntry run)
    {
        var temporary = Directory.CreateTempSubdirectory("cyclerig-report-");
        try
        {
            var folder = Path.Combine(temporary.FullName, $"{run.Cell}-{run.Run}");
            RecordingExport.Export(reader, run.Run, folder);
            return RecordingReader.Read(folder);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task Write(List<ProtocolReport> reports, string directory, bool json)
    {
        var text = ReportJson.Of(reports);
        await File.WriteAllTextAsync(Path.Combine(directory, "report.json"), text);
        foreach (var report in reports.Where(report => !report.Charts.IsEmpty))
            ReportPlot.Save(report.Title, report.Charts, Path.Combine(directory, $"{Name(report, reports)}.png"));
        if (json)
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        foreach (var line in reports.SelectMany(report => ReportText.Lines(report).Append("")))
            await Console.Out.WriteLineAsync(line);
        await Console.Out.WriteLineAsync($"report.json and plots are in {directory}");
    }

    /// <summary>The protocol's name; with the recording's where several reports are of one protocol.</summary>
    private static string Name(ProtocolReport report, List<ProtocolReport> reports) =>
        reports.Count(other => other.Protocol == report.Protocol) == 1 ? report.Protocol : $"{report.Protocol}-{report.Recordings[^1]}";
}
