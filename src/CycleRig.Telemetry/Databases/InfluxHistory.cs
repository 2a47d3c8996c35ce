using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Core.Telemetry;
using CycleRig.Storage.History;

namespace CycleRig.Telemetry.Databases;

/// <summary>
/// The history of all rigs, from InfluxDB: InfluxQL over `/query`, which 1.x has, 2.x for a bucket with a mapping, and 3.x. Rows are
/// asked for a part at a time, in the order of their time stamps, which is the journal's.
/// </summary>
public sealed class InfluxHistory : IHistory, IDisposable
{
    private const int PageRows = 5000;

    private readonly DatabaseSettings _database;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Makes a history; nothing is asked yet.</summary>
    /// <param name="database">Where the historian writes.</param>
    public InfluxHistory(DatabaseSettings database) => _database = database;

    public void Dispose() => _http.Dispose();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunSummary>> Runs(CancellationToken cancellation)
    {
        var runs = new Dictionary<Guid, RunSummary>();
        await foreach (var row in Rows("event", "(\"kind\" = 'run_started' OR \"kind\" = 'run_ended')", cancellation))
        {
            if (!Guid.TryParse(Text(row, "run"), out var run))
                continue;
            var body = JsonNode.Parse(Text(row, "body") ?? "{}");
            if (Text(row, "kind") == "run_started")
                runs[run] = new(run, Text(row, "channel") ?? "", body?["cell"]?.ToString() ?? "", Number(row, "time_s"), null, null);
            else if (runs.TryGetValue(run, out var known))
                runs[run] = known with { EndSeconds = Number(row, "time_s"), EndReason = body?["reason"]?.ToString() };
        }

        return [.. runs.Values];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> Samples(
        Guid run, double fromSeconds, double toSeconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows("sample", $"{Of(run)}{Bound("time_s", ">=", fromSeconds)}{Bound("time_s", "<=", toSeconds)}", cancellation))
        {
            yield return new(
                Number(row, "time_s"), Number(row, "current_A"), Number(row, "voltage_V"), Number(row, "temperature_C"), Number(row, "pressure_MPa"), Number(row, "charge_C"));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Spectrum> Spectra(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var points = new List<SpectrumPoint>();
        (long Seq, int Sweep, double Start)? open = null;
        await foreach (var row in Rows("spectrum", Of(run), cancellation))
        {
            var of = ((long)Number(row, "seq"), (int)Number(row, "sweep"), Number(row, "start_s"));
            if (open is { } before && before.Seq != of.Item1)
            {
                yield return new(before.Sweep, before.Start, [.. points]);
                points.Clear();
            }

            open = of;
            points.Add(new(
                Number(row, "frequency"), Number(row, "zre"), Number(row, "zim"), Number(row, "time_s"), Number(row, "current_A"), Number(row, "temperature_C"), Number(row, "pressure_MPa")));
        }

        if (open is { } last)
            yield return new(last.Sweep, last.Start, [.. points]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> Fits(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows("fit", Of(run), cancellation))
            yield return Recorded(row, "fit");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> Events(Guid run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows("event", Of(run), cancellation))
            yield return Recorded(row, Text(row, "kind") ?? "event");
    }

    /// <summary>A UUID and numbers are all that ever stands in a query: nothing a person has typed does.</summary>
    private static string Of(Guid run) => $"\"run\" = '{run}'";

    private static string Bound(string field, string sign, double value) =>
        double.IsInfinity(value) ? "" : string.Create(CultureInfo.InvariantCulture, $" AND \"{field}\" {sign} {value:F15}");

    private static RecordedEvent Recorded(Dictionary<string, JsonNode?> row, string kind) =>
        new((int)Number(row, "epoch"), (long)Number(row, "seq"), Number(row, "time_s"), kind, Text(row, "body"));

    private static string? Text(Dictionary<string, JsonNode?> row, string name) => row.GetValueOrDefault(name)?.ToString();

    /// <summary>What was no number was not written.</summary>
    private static double Number(Dictionary<string, JsonNode?> row, string name) =>
        row.GetValueOrDefault(name) is { } value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : double.NaN;

    /// <summary>Rows of a measurement by time, a page at a time: the next begins where the last one ended, and what it gave already is passed over.</summary>
    private async IAsyncEnumerable<Dictionary<string, JsonNode?>> Rows(string measurement, string where, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = "";
        HashSet<string> given = []; // Of the newest instant: channels may share one.
        while (true)
        {
            var page = await Page($"SELECT * FROM \"{measurement}\" WHERE {where}{from} ORDER BY time LIMIT {PageRows}", cancellation);
            foreach (var row in page.Where(row => !given.Contains(Key(row))))
                yield return row;
            if (page.Count < PageRows)
                yield break;
            var newest = page[^1]["time"]!.GetValue<long>();
            given = [.. page.Where(row => row["time"]!.GetValue<long>() == newest).Select(Key)];
            from = $" AND time >= {newest}";
        }
    }

    private static string Key(Dictionary<string, JsonNode?> row) => $"{row["time"]} {row["rig"]} {row["channel"]} {row.GetValueOrDefault("run")}";

    private async Task<List<Dictionary<string, JsonNode?>>> Page(string query, CancellationToken cancellation)
    {
        var address = new Uri(new(_database.Address.AbsoluteUri.TrimEnd('/') + "/"), $"query?db={Uri.EscapeDataString(_database.Bucket)}&epoch=ns");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("q", query)]) };
        InfluxCredentials.Add(request, _database);
        JsonNode? answer;
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception away) when (away is HttpRequestException or JsonException)
        {
            throw new TelemetryException($"{_database.Address} does not answer a query: {away.Message.TrimEnd('.')}. Check that InfluxDB runs there.", away);
        }

        if ((answer?["error"] ?? answer?["results"]?[0]?["error"]) is { } refused)
            throw new TelemetryException($"{_database.Address} refused a query of {_database.Bucket}: {refused}. Check database or bucket, user and token.");
        var rows = new List<Dictionary<string, JsonNode?>>();
        foreach (var series in answer?["results"]?[0]?["series"] as JsonArray ?? [])
        {
            string[] names = [.. series!["columns"]!.AsArray().Select(name => name!.GetValue<string>())];
            foreach (var values in series["values"]!.AsArray())
                rows.Add(names.Select((name, i) => (name, values![i])).ToDictionary(pair => pair.name, pair => pair.Item2));
        }

        return rows;
    }
}
