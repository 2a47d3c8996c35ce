using System.Text.Json.Nodes;

namespace CycleRig.Testing.Services;

/// <summary>Debian's InfluxDB 1.6 on a free port of loopback.</summary>
public sealed class InfluxDb : IDisposable
{
    /// <summary>The database that it has.</summary>
    public const string Database = "cyclerig";

    private const string Root = "root";

    private readonly bool _asksWho;
    private readonly ServiceProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Writes its configuration; nothing is started.</summary>
    /// <param name="folder">For its files.</param>
    /// <param name="asksWho">Whether it wants user and password; its administrator is made at the first start.</param>
    public InfluxDb(string folder, bool asksWho = false)
    {
        _asksWho = asksWho;
        var (port, bind) = (ServiceProcess.FreePort(), ServiceProcess.FreePort());
        var data = Directory.CreateDirectory(Path.Combine(folder, "influx")).FullName;
        var file = Path.Combine(folder, "influxdb.conf");
        File.WriteAllText(file, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{bind}"
            [meta]
              dir = "{data}/meta"
            [data]
              dir = "{data}/data"
              wal-dir = "{data}/wal"
              query-log-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
              auth-enabled = {(asksWho ? "true" : "false")}
            [monitor]
              store-enabled = false
            """);
        _process = new("influxd", ["-config", file], port, Path.Combine(folder, "influx.log"));
    }

    /// <summary>Port of its HTTP API.</summary>
    public int Port => _process.Port;

    /// <summary>Address of its HTTP API.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Starts it, and makes the database unless it is there.</summary>
    /// <param name="hasDatabase">False to leave the database out.</param>
    public async Task StartAsync(bool hasDatabase = true)
    {
        await _process.StartAsync();
        if (_asksWho)
            await Query($"CREATE USER {Root} WITH PASSWORD '{Root}' WITH ALL PRIVILEGES", null);
        if (hasDatabase)
            await Query($"CREATE DATABASE {Database}", null);
    }

    /// <summary>Runs a statement as its administrator.</summary>
    /// <param name="statement">InfluxQL.</param>
    public Task Do(string statement) => Query(statement, null);

    /// <inheritdoc cref="ServiceProcess.Signal"/>
    public void Signal(string name) => _process.Signal(name);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Rows of a query, of all its series.</summary>
    /// <param name="text">InfluxQL.</param>
    public async Task<List<Dictionary<string, JsonNode?>>> Rows(string text)
    {
        var answer = JsonNode.Parse(await Query(text, Database))!["results"]![0]!;
        if (answer["error"] is { } error)
            throw new InvalidOperationException($"{text}: {error}");
        var rows = new List<Dictionary<string, JsonNode?>>();
        foreach (var series in answer["series"] as JsonArray ?? [])
        {
            string[] names = [.. series!["columns"]!.AsArray().Select(name => name!.GetValue<string>())];
            foreach (var values in series["values"]!.AsArray())
                rows.Add(names.Select((name, i) => (name, values![i])).ToDictionary(pair => pair.name, pair => pair.Item2));
        }

        return rows;
    }

    /// <summary>Number of points of a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    public async Task<long> Count(string measurement) =>
        await Rows($"SELECT count(seq) FROM {measurement}") is [var row] ? row["count"]!.GetValue<long>() : 0;

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<string> Query(string text, string? database)
    {
        using var body = new FormUrlEncodedContent([new("q", text)]);
        var who = _asksWho ? $"&u={Root}&p={Root}" : "";
        using var answer = await _http.PostAsync(new Uri($"{Address}query?epoch=ns{who}{(database is null ? "" : $"&db={database}")}"), body);
        return await answer.Content.ReadAsStringAsync();
    }
}
