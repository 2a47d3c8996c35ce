using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CycleRig.Storage.History;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CycleRig.Web.Tests;

public sealed class RigApiTests
{
    [Fact]
    public async Task Every_endpoint_but_healthz_needs_the_token()
    {
        await using var app = await Start();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count >= 6);
        foreach (var endpoint in endpoints)
        {
            var path = endpoint.RoutePattern.RawText!.Replace("{channel}", "ch-1", StringComparison.Ordinal).Replace("{order}", "start", StringComparison.Ordinal).Replace("{run:guid}", Guid.Empty.ToString(), StringComparison.Ordinal);
            foreach (var method in endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods)
            {
                foreach (var token in new[] { null, "wrong" })
                {
                    using var request = new HttpRequestMessage(new(method), path);
                    request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
                    using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                    Assert.Equal(path == "/healthz" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
                }
            }
        }
    }

    [Fact]
    public void After_a_halt_the_verdict_is_the_one_that_halted_though_spectra_at_rest_were_judged_since()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        var run = Guid.CreateVersion7();
        journal.Append(JournalRecord.RunStarted("ch-1", run, 0, DateTimeOffset.UnixEpoch, "cell-1"));
        foreach (var (seconds, level) in (ReadOnlySpan<(double, string)>)[(60, "healthy"), (120, "halt"), (200, "warning")])
            journal.Append(JournalRecord.Json(RecordKind.Fit, "ch-1", run, seconds, DateTimeOffset.UnixEpoch, new JsonObject { ["level"] = level }));
        journal.Append(JournalRecord.Json(RecordKind.Decision, "ch-1", run, 121, DateTimeOffset.UnixEpoch, new JsonObject
        {
            ["state"] = "halted", ["commands"] = new JsonArray(new JsonObject { ["type"] = "raise_alarm", ["reason"] = "dendrite_onset", ["text"] = "made up" }),
        }));
        journal.Flush();
        var why = RigApi.Newest(journal.Reader, "ch-1");
        Assert.Equal("halt", why["verdict"]!["level"]!.ToString());
        Assert.Equal("dendrite_onset", why["halted_by"]![0]!["reason"]!.ToString());
        Assert.Null(RigApi.Newest(journal.Reader, "ch-2")["run"]);
    }

    [Fact]
    public async Task A_run_can_be_read_and_an_unknown_one_says_so()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder.Path);
        var run = Guid.CreateVersion7();
        journal.Append(JournalRecord.RunStarted("ch-1", run, 0, DateTimeOffset.UnixEpoch, "cell-1"));
        journal.Append(JournalRecord.Samples("ch-1", run, DateTimeOffset.UnixEpoch, [new(1, -1e-5, double.NaN, 30, 5, 0), new(2, -1e-5, -0.1, 30, 5, 0)]));
        journal.Flush();
        await using var app = await Start(new JournalHistory(journal.Reader));
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "right");
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("cell-1", JsonNode.Parse(await http.GetStringAsync("api/v1/runs", cancellation))![0]!["cell"]!.GetValue<string>());
        var samples = JsonNode.Parse(await http.GetStringAsync($"api/v1/runs/{run}/samples?from=1.5", cancellation))!.AsArray();
        Assert.Equal(-0.1, Assert.Single(samples)!["volts"]!.GetValue<double>());
        Assert.Equal("NaN", JsonNode.Parse(await http.GetStringAsync($"api/v1/runs/{run}/samples", cancellation))![0]!["volts"]!.GetValue<string>());
        using var unknown = await http.GetAsync(new Uri($"api/v1/runs/{Guid.NewGuid()}/fits", UriKind.Relative), cancellation);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("there is no run", await unknown.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> Start(IHistory? history = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(builder.WebHost, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals);
        var app = builder.Build();
        // No request of this test reaches a grain.
        app.MapCycleRigApi(new("rig", ["ch-1"], (_, _) => { }, null!, () => TimeSpan.Zero, Guid.CreateVersion7, "right", ".", history!));
        await app.StartAsync();
        return app;
    }
}
