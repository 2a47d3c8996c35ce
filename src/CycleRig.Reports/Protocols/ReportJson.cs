using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CycleRig.Reports.Protocols;

/// <summary>Reports for programs: report.json.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One document with a line at its end.</summary>
    public static string Of(IEnumerable<ProtocolReport> reports) => new JsonObject
    {
        ["format"] = 1,
        ["reports"] = new JsonArray([.. reports.Select(report => (JsonNode)One(report))]),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject One(ProtocolReport report) => new()
    {
        ["protocol"] = report.Protocol,
        ["title"] = report.Title,
        ["recordings"] = Words(report.Recordings),
        ["rows"] = new JsonArray([.. report.Rows.Select(row => (JsonNode)new JsonObject
        {
            ["name"] = row.Name, ["value"] = row.Value, ["low"] = row.Low, ["high"] = row.High, ["unit"] = row.Unit, ["verdict"] = row.Verdict,
        })]),
        ["notes"] = Words(report.Notes),
        ["charts"] = new JsonArray([.. report.Charts.Select(chart => (JsonNode)new JsonObject
        {
            ["x"] = chart.X, ["y"] = chart.Y, ["series"] = new JsonArray([.. chart.Series.Select(series => (JsonNode)new JsonObject
            {
                ["name"] = series.Name, ["x"] = Numbers(series.X), ["y"] = Numbers(series.Y), ["low"] = Numbers(series.Low), ["high"] = Numbers(series.High),
            })]),
            ["marks"] = new JsonArray([.. chart.Marks.Select(mark => (JsonNode)new JsonObject { ["x"] = mark.X, ["text"] = mark.Text })]),
        })]),
    };

    private static JsonArray Words(ImmutableArray<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    /// <summary>JSON has no NaN.</summary>
    private static JsonArray Numbers(ImmutableArray<double> numbers) =>
        new([.. numbers.Select(number => double.IsFinite(number) ? JsonValue.Create(number) : (JsonNode?)null)]);
}
