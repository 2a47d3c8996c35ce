using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CycleRig.Contracts;
using CycleRig.Host.Running;
using CycleRig.Web;
using Polly;
using Polly.Retry;

namespace CycleRig.Host.Commands;

/// <summary>Talks to the host that serves a data folder. Only what changes nothing is tried again.</summary>
internal sealed class ApiClient : IDisposable
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, WriteIndented = true,
    };

    private static readonly ResiliencePipeline Retry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 3, Delay = TimeSpan.FromMilliseconds(200), BackoffType = DelayBackoffType.Exponential, UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(),
        })
        .Build();

    private readonly HttpClient _http;
    private readonly string _address;

    private ApiClient(string address, string token, TimeSpan timeout)
    {
        _address = address;
        _http = new() { BaseAddress = new Uri(address), Timeout = timeout };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="ApiException">No host serves the folder.</exception>
    public static ApiClient For(string folder, TimeSpan? timeout = null) => new DataFolder(folder).Host() is var (address, token)
        ? new(address, token, timeout ?? TimeSpan.FromSeconds(10))
        : throw new ApiException($"no host serves {Path.GetFullPath(folder)}; start `cyclerig serve --data {folder}`, or give its --data. In danger press e-stop.");

    public Task<RigView> Rig(CancellationToken cancellation) => Get<RigView>("api/v1/rig", cancellation);

    public Task<ChannelView> Channel(string channel, CancellationToken cancellation) => Get<ChannelView>($"api/v1/channels/{Uri.EscapeDataString(channel)}", cancellation);

    public Task<JsonObject> Why(string channel, CancellationToken cancellation) => Get<JsonObject>($"api/v1/channels/{Uri.EscapeDataString(channel)}/why", cancellation);

    public Task<ChannelView> Order(string channel, string order, OrderRequest body, CancellationToken cancellation) =>
        Post<ChannelView>($"api/v1/channels/{Uri.EscapeDataString(channel)}/{order}", body, cancellation);

    public Task<RigView> HaltAll(OrderRequest body, CancellationToken cancellation) => Post<RigView>("api/v1/halt", body, cancellation);

    public Task<RigView> AcknowledgeTrip(string device, string operatorName, CancellationToken cancellation) =>
        Post<RigView>($"api/v1/conditions/{Uri.EscapeDataString(device)}/ack", new TripRequest(operatorName), cancellation);

    public Task<ChannelView[]> Run(RunRequest body, CancellationToken cancellation) => Post<ChannelView[]>("api/v1/runs", body, cancellation);

    public void Dispose() => _http.Dispose();

    private Task<T> Get<T>(string path, CancellationToken cancellation) =>
        Reach(() => Retry.ExecuteAsync(async token => await Answer<T>(await _http.GetAsync(path, token), token), cancellation).AsTask());

    private Task<T> Post<T>(string path, object body, CancellationToken cancellation) =>
        Reach(async () => await Answer<T>(await _http.PostAsJsonAsync(path, body, Json, cancellation), cancellation));

    private async Task<T> Reach<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (HttpRequestException unreachable)
        {
            throw new ApiException($"the host at {_address} does not answer ({unreachable.Message}); in danger press e-stop");
        }
        catch (TaskCanceledException slow) when (slow.InnerException is TimeoutException)
        {
            throw new ApiException($"the host at {_address} has not answered within {_http.Timeout.TotalSeconds:F0} s; in danger press e-stop");
        }
    }

    private static async Task<T> Answer<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return (await response.Content.ReadFromJsonAsync<T>(Json, cancellation))!;
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(Json, cancellation);
        throw new ApiException(string.Join(". ", new[] { problem?["title"], problem?["detail"] }.OfType<JsonNode>().Select(text => text.ToString().TrimEnd('.'))), isRefusal: true);
    }
}
