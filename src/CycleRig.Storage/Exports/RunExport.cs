using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;

namespace CycleRig.Storage.Exports;

/// <summary>What an export left.</summary>
/// <param name="Files">The files, without the metadata.</param>
/// <param name="Metadata">Path of the metadata.</param>
/// <param name="Counts">What is in them.</param>
public sealed record ExportResult(IReadOnlyList<WrittenFile> Files, string Metadata, ExportCounts Counts);

/// <summary>Writes a run of the journal for other programs. Streams: memory does not grow with the run.</summary>
public static class RunExport
{
    /// <summary>Exports a run. Nothing but the whole export appears under its name.</summary>
    /// <param name="reader">The journal, also of a running host.</param>
    /// <param name="entry">The run.</param>
    /// <param name="format">What to write.</param>
    /// <param name="target">Where.</param>
    /// <param name="program">Version of the program, and the time, for the metadata.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Ends it; nothing stays.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="RecordingException">The run has nothing that this format can hold.</exception>
    public static async Task<ExportResult> WriteAsync(
        JournalReader reader, RunEntry entry, ExportFormat format, ExportTarget target, (string Version, DateTimeOffset Now) program,
        IProgress<ExportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = new ExportedRun(reader, entry, cancellation);
        var metadata = ExportMetadata.Of(run, format, program.Version, program.Now);
        var counts = new ExportCounts();
        using var folder = new ExportFolder(target);
        switch (format)
        {
            case ExportFormat.Recording:
                RecordingExport.Export(run, folder.PathOf(""), counts, new(progress, run.EndSeconds));
                break;
            case ExportFormat.BdfCsv:
                Csv(folder, target, run, counts, progress);
                break;
            case ExportFormat.BdfParquet:
                await Parquet(folder, target, run, counts, metadata, progress, cancellation);
                break;
            case ExportFormat.Mpt:
                MptSamples.Write(folder.PathOf($"{target.Stem}{target.Extension}"), run, program.Version, counts, new(progress, run.EndSeconds));
                MptSpectra.Write(technique => folder.PathOf($"{target.Stem}_{technique}{target.Extension}"), run, program.Version, counts, new(progress, run.EndSeconds));
                break;
            case ExportFormat.ZView:
                ZViewSpectra.Write(
                    (number, technique) => folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"{target.Stem}_{number:D5}_{technique}{target.Extension}")),
                    run, program.Version, counts, new(progress, run.EndSeconds));
                if (counts.Spectra == 0)
                    throw new RecordingException($"run {entry.Run} has no spectra, and a .z file holds one; export its samples with --format recording, bdf-csv, bdf-parquet or mpt");
                break;
            default:
                throw new UnreachableException($"No export as {format}.");
        }

        ExportMetadata.Close(metadata, run, counts);
        return new(folder.Finish(metadata), target.Metadata, counts);
    }

    private static void Csv(ExportFolder folder, ExportTarget target, ExportedRun run, ExportCounts counts, IProgress<ExportProgress>? progress)
    {
        BdfCsvFile.Write(folder.PathOf($"{target.Stem}{target.Extension}"), new(BdfSamples.Columns, BdfSamples.Rows(run, counts)), new(progress, run.EndSeconds));
        if (run.Spectra().Any())
            BdfCsvFile.Write(folder.PathOf($"{target.Stem}_EIS{target.Extension}"), new(BdfSpectra.Columns, BdfSpectra.Rows(run, counts)), new(progress, run.EndSeconds));
    }

    private static async Task Parquet(
        ExportFolder folder, ExportTarget target, ExportedRun run, ExportCounts counts, JsonObject metadata, IProgress<ExportProgress>? progress,
        CancellationToken cancellation)
    {
        var keys = new Dictionary<string, string>
        {
            ["cyclerig"] = metadata.ToJsonString(CanonicalJson.Options), ["bdf_ontology"] = ExportMetadata.BdfOntology,
        };
        await BdfParquetFile.WriteAsync(
            folder.PathOf($"{target.Stem}{target.Extension}"), new(BdfSamples.Columns, BdfSamples.Rows(run, counts)), keys, new(progress, run.EndSeconds), cancellation);
        if (run.Spectra().Any())
        {
            await BdfParquetFile.WriteAsync(
                folder.PathOf($"{target.Stem}_EIS{target.Extension}"), new(BdfSpectra.Columns, BdfSpectra.Rows(run, counts)), keys, new(progress, run.EndSeconds), cancellation);
        }
    }
}
