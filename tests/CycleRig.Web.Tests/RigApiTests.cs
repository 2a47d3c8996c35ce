using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
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
            var path = endpoint.RoutePattern.RawText!.Replace("{channel}", "ch-1", StringComparison.Ordinal).Replace("{order}", "start", StringComparison.Ordinal);
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

    private static async Task<WebApplication> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(builder.WebHost, kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        // No request of this test reaches a grain.
        app.MapCycleRigApi(new("rig", ["ch-1"], (_, _) => { }, null!, () => TimeSpan.Zero, Guid.CreateVersion7, "right", "."));
        await app.StartAsync();
        return app;
    }
}
