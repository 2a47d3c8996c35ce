using System.Globalization;
using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;

namespace CycleRig.Storage.Exports;

/// <summary>Who, what, when and with which versions: the JSON beside an export, and the key `cyclerig` of a Parquet file.</summary>
internal static class ExportMetadata
{
    /// <summary>Version of this document.</summary>
    public const int Version = 1;

    /// <summary>Version of the ontology whose labels and units are written.</summary>
    public const string BdfOntology = "1.3.0";

    /// <summary>What is known before the first row.</summary>
    /// <param name="run">The run.</param>
    /// <param name="format">What is written.</param>
    /// <param name="program">Version of the program.</param>
    /// <param name="exportedUtc">Now.</param>
    public static JsonObject Of(ExportedRun run, ExportFormat format, string program, DateTimeOffset exportedUtc) => new()
    {
        ["format"] = Version,
        ["export"] = format.Name(),
        ["run"] = run.Entry.Run.ToString(),
        ["channel"] = run.Entry.Channel,
        ["cell"] = run.Entry.Cell,
        ["operator"] = run.Operator,
        ["started_utc"] = Utc(run.Utc(run.OriginSeconds)),
        ["ended_utc"] = run.Entry.EndSeconds is { } end ? Utc(run.Utc(end)) : null,
        ["end_reason"] = run.Entry.EndReason,
        ["exported_utc"] = Utc(exportedUtc),
        ["journal_up_to_seq"] = run.UpToSeq,
        ["versions"] = new JsonObject
        {
            ["program"] = program, ["metadata"] = Version,
            ["bdf_ontology"] = format is ExportFormat.BdfCsv or ExportFormat.BdfParquet ? BdfOntology : null,
        },
        ["sign_convention"] = RecordingWriter.SignConvention,
        ["facts"] = run.Facts.DeepClone(),
        ["configuration_sha256"] = run.ConfigurationSha256,
        ["configuration"] = run.Configuration?.DeepClone(),
        ["steps"] = run.Protocol() is { } protocol
            ? new JsonArray([.. ProgramStep.Of(protocol).DistinctBy(step => step.Id).Select(step => (JsonNode)new JsonObject
            {
                ["step_id"] = step.Id, ["label"] = step.Label, ["step_type"] = step.Type,
            })])
            : null,
    };

    /// <summary>Adds what is known after the last row.</summary>
    public static void Close(JsonObject metadata, ExportedRun run, ExportCounts counts)
    {
        metadata["samples"] = counts.Samples;
        metadata["spectra"] = counts.Spectra;
        metadata["points"] = counts.Points;
        metadata["rows_left_out"] = counts.LeftOut;
        metadata["journal_rows_damaged"] = run.RowsDamaged;
        metadata["journal_rows_shed"] = run.Rows(RecordKind.Gap)
            .Sum(row => (row.Record.DecodeJson()["channels"] as JsonObject ?? []).Sum(channel => channel.Value!.GetValue<long>()));
    }

    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
