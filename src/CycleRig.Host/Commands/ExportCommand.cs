using System.CommandLine;
using System.Globalization;
using System.Reflection;
using CycleRig.Host.Running;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;

namespace CycleRig.Host.Commands;

/// <summary>`cyclerig export`: a run of the journal as files for other programs, with or without a running host.</summary>
internal static class ExportCommand
{
    public static Command Build()
    {
        var run = new Argument<string>("RUN")
        {
            Description = "Id of a run, the beginning of one, or the name of a cell or channel that has had a single run.",
        };
        var format = new Option<string>("--format")
        {
            Required = true,
            Description = "recording: cell.json, samples.csv, spectra.csv, events.jsonl. bdf-csv, bdf-parquet: Battery Data Format, samples and spectra. "
                + "mpt: BioLogic's text layout, samples, PEIS and GEIS. z: ZView, a file for each spectrum.",
        };
        format.AcceptOnlyFromAmong([.. ExportFormats.Names]);
        var output = new Option<string>("--out")
        {
            Required = true, Description = "Folder to write into, made when absent; or the file to write: NAME.bdf.csv, .csv, .bdf.parquet, .parquet, .mpt, .z.",
        };
        var data = Shared.Data();
        var force = new Option<bool>("--force") { Description = "Write over an export that is there; other files stay." };
        var command = new Command("export", "Writes a run of the journal for other programs, with NAME.FORMAT.export.json: who, what, when, versions, SHA-256 of each file.")
        {
            run, format, output, data, force,
        };
        command.SetAction((parsed, cancellation) => Failing.Guard(() => RunAsync(
            parsed.GetValue(run)!, ExportFormats.Parse(parsed.GetValue(format)!)!.Value, parsed.GetValue(output)!, parsed.GetValue(data)!,
            parsed.GetValue(force), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string wanted, ExportFormat format, string output, string data, bool force, CancellationToken cancellation)
    {
        using var reader = JournalReader.Open(new DataFolder(data).Path);
        var (run, unknown) = RunSelection.Find(reader.Runs(), wanted);
        if (run is null)
        {
            await Console.Error.WriteLineAsync(unknown);
            return ExitCodes.BadData;
        }

        var (target, problem) = ExportTarget.Of(output, format, run.Cell, run.Run, run.Started, force);
        if (target is null)
        {
            await Console.Error.WriteLineAsync(problem);
            return ExitCodes.Usage;
        }

        try
        {
            using var progress = new ExportLine();
            var now = (Version(), TimeProvider.System.GetUtcNow());
            Tell(run, format, await RunExport.WriteAsync(reader, run, format, target, now, progress, cancellation), target, progress);
            return ExitCodes.Ok;
        }
        catch (RecordingException nothing)
        {
            await Console.Error.WriteLineAsync(nothing.Message);
            return ExitCodes.BadData;
        }
        catch (FormatException newer)
        {
            await Console.Error.WriteLineAsync($"run {run.Run} cannot be exported by this build: {newer.Message} Nothing was written. Export it with the build that ran it.");
            return ExitCodes.BadData;
        }
    }

    private static void Tell(RunEntry run, ExportFormat format, ExportResult result, ExportTarget target, ExportLine progress)
    {
        progress.Dispose();
        var counts = result.Counts;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"run {run.Run}, {run.Channel}, cell {run.Cell}, {run.EndReason ?? "open"}: {(format == ExportFormat.ZView ? "" : $"{counts.Samples} samples, ")}{counts.Spectra} spectra of {counts.Points} points"));
        if (counts.LeftOut > 0)
            Console.Error.WriteLine($"{counts.LeftOut} rows are left out: their time does not rise, and Test Time has to; --format recording has them");
        const int listedMax = 6;
        foreach (var file in result.Files.Take(listedMax))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Path.Combine(target.Folder, file.Name)}  {file.Bytes} bytes"));
        if (result.Files.Count > listedMax)
            Console.WriteLine($"  and {result.Files.Count - listedMax} more files");
        Console.WriteLine($"  {result.Metadata}");
    }

    private static string Version() =>
        typeof(ExportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
