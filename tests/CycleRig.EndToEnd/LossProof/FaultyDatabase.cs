using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>A front of the database that answers 429, 500, or writes the half and answers as InfluxDB does after a partial write.</summary>
internal sealed class FaultyDatabase : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly Uri _target;
    private int _partial;

    private FaultyDatabase(WebApplication app, Uri target) => (_app, _target) = (app, target);

    /// <summary>Status that every write is answered with, or null to pass it on.</summary>
    public int? Answers { get; set; }

    /// <summary>Whether the next writes are cut in half.</summary>
    public bool IsPartial { get; set; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<FaultyDatabase> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var front = new FaultyDatabase(app, target);
        app.Run(front.Answer);
        await app.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        using var body = new MemoryStream();
        await using (var zip = new GZipStream(context.Request.Body, CompressionMode.Decompress))
            await zip.CopyToAsync(body);
        if (Answers is { } status)
        {
            context.Response.StatusCode = status;
            if (status == 429)
                context.Response.Headers.RetryAfter = "1";
            return;
        }

        var lines = body.ToArray();
        // One refusal in two, so that halves get through in the end.
        var half = IsPartial && Interlocked.Increment(ref _partial) % 2 == 0 ? Array.IndexOf(lines, (byte)'\n', lines.Length / 2) + 1 : lines.Length;
        try
        {
            using var content = new ByteArrayContent(lines, 0, half);
            using var answer = await _http.PostAsync(new Uri(_target, context.Request.Path + context.Request.QueryString.ToString()), content);
            context.Response.StatusCode = (int)answer.StatusCode;
            if (half < lines.Length)
            {
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync("""{"error":"partial write: points beyond retention policy dropped=1"}""");
            }
        }
        catch (HttpRequestException)
        {
            context.Response.StatusCode = 503;
        }
    }
}
