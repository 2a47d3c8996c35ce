using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Core.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CycleRig.Telemetry.Databases;

/// <summary>
/// Writes points to InfluxDB, gzip, nanoseconds: 2.x and 3.x by `/api/v2/write`, 1.x by `/write` (InfluxData, API reference of both).
/// Tries again after the time that the server asks for, else more and more rarely; a breaker spares a server that is down.
/// </summary>
public sealed class InfluxWriter : IPointWriter, IDisposable
{
    private static readonly TimeSpan AttemptMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(60);

    private readonly DatabaseSettings _database;
    private readonly TroubleBoard _troubles;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly Uri _target;

    /// <summary>Makes a writer; nothing is sent.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="troubles">Told of what keeps it from going on.</param>
    public InfluxWriter(DatabaseSettings database, TroubleBoard troubles)
    {
        (_database, _troubles) = (database, troubles);
        _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = Timeout.InfiniteTimeSpan };
        _target = Target(database);
        _pipeline = Pipeline();
    }

    public void Dispose() => _http.Dispose();

    /// <inheritdoc/>
    public async Task<WriteAnswer> Write(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        var body = Compressed(lines);
        using var response = await _pipeline.ExecuteAsync(async token => await Send(body, token), cancellation);
        _troubles.Clear("database");
        return response.IsSuccessStatusCode
            ? WriteAnswer.Written
            : new($"{(int)response.StatusCode}: {await Said(response, cancellation)}");
    }

    /// <summary>Whether the answer is about the points and not about the client, the bucket or the server's state.</summary>
    private static bool IsFinal(HttpResponseMessage response) => response.IsSuccessStatusCode
        || response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge;

    private static Uri Target(DatabaseSettings database)
    {
        var bucket = Uri.EscapeDataString(database.Bucket);
        var query = database.IsVersion1
            ? $"write?db={bucket}&precision=ns"
            : $"api/v2/write?org={Uri.EscapeDataString(database.Organisation ?? "")}&bucket={bucket}&precision=ns";
        return new(new(database.Address.AbsoluteUri.TrimEnd('/') + "/"), query);
    }

    private static byte[] Compressed(ReadOnlyMemory<byte> lines)
    {
        using var buffer = new MemoryStream(lines.Length / 4);
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
            zip.Write(lines.Span);
        return buffer.ToArray();
    }

    private static async Task<string> Said(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            if (JsonNode.Parse(text) is JsonObject json)
                text = (json["message"] ?? json["error"])?.ToString() ?? text;
        }
        catch (JsonException)
        {
            // Said in plain words.
        }

        return text.ReplaceLineEndings(" ").Trim() is { Length: > 0 } said ? said[..Math.Min(300, said.Length)] : response.ReasonPhrase ?? "no reason given";
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = Passing(),
            MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(10),
            BackoffType = DelayBackoffType.Exponential, UseJitter = true,
            DelayGenerator = failed => ValueTask.FromResult(Asked(failed.Outcome.Result)),
            OnRetry = async failed =>
            {
                if (failed.Outcome.Exception is not BrokenCircuitException)
                    _troubles.Raise("database", await Explain(failed.Outcome));
                failed.Outcome.Result?.Dispose();
            },
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = Passing(),
            FailureRatio = 0.9, MinimumThroughput = 6, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(2),
        })
        .AddTimeout(AttemptMax)
        .Build();

    private static PredicateBuilder<HttpResponseMessage> Passing() => new PredicateBuilder<HttpResponseMessage>()
        .Handle<HttpRequestException>().Handle<TimeoutRejectedException>().Handle<IOException>().Handle<BrokenCircuitException>().Handle<TelemetryException>()
        .HandleResult(response => !IsFinal(response));

    /// <summary>How long the server asks to be left alone, if it does.</summary>
    private static TimeSpan? Asked(HttpResponseMessage? response)
    {
        var asked = response?.Headers.RetryAfter?.Delta ?? (response?.Headers.RetryAfter?.Date - TimeProvider.System.GetUtcNow());
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > RetryAfterMax ? RetryAfterMax : wait;
    }

    private async Task<string> Explain(Outcome<HttpResponseMessage> failed) => failed switch
    {
        { Result.StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            $"{_database.Address} does not let this client write to {_database.Bucket} ({(int)failed.Result!.StatusCode}: {await Said(failed.Result, default)}). Check the token, or user and password. Rows wait in the journal.",
        { Result.StatusCode: HttpStatusCode.NotFound } =>
            $"{_database.Address} has no {(_database.IsVersion1 ? "database" : "bucket")} {_database.Bucket} ({await Said(failed.Result!, default)}). Make it. Rows wait in the journal.",
        { Result: { } response } => $"{_database.Address} answered {(int)response.StatusCode} ({await Said(response, default)}). It is tried again; rows wait in the journal.",
        _ => $"{_database.Address} cannot be written to: {(failed.Exception!.InnerException ?? failed.Exception).Message.TrimEnd('.')}. It is tried again; rows wait in the journal.",
    };

    private async ValueTask<HttpResponseMessage> Send(byte[] body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Content.Headers.ContentType = new("text/plain") { CharSet = "utf-8" };
        InfluxCredentials.Add(request, _database);
        return await _http.SendAsync(request, cancellation);
    }
}
