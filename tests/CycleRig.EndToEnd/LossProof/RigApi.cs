using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CycleRig.EndToEnd.LossProof;

/// <summary>The API of a served rig, as a person at it uses it.</summary>
/// <param name="data">Data folder.</param>
internal sealed class RigApi(string data)
{
    /// <summary>Acknowledges what has halted and starts anew; whatever is refused stays as it is.</summary>
    /// <param name="protocol">Protocol of channels that have none yet.</param>
    public async Task ReviveAsync(string protocol)
    {
        if (await Get("rig") is not { } rig)
            return;
        foreach (var channel in rig["channels"]!.AsArray())
        {
            var name = channel!["channel"]!.GetValue<string>();
            if (channel["state"]!.GetValue<string>() == "halted")
            {
                await Post($"channels/{name}/ack", new JsonObject { ["operator"] = "ann", ["seen"] = channel["reasons"]!.DeepClone() });
                channel["state"] = (await Get($"channels/{name}"))?["state"]?.DeepClone();
            }

            if (channel["state"]?.GetValue<string>() == "idle")
                await Post("runs", new JsonObject { ["operator"] = "ann", ["protocol"] = protocol, ["channels"] = new JsonArray(name) });
            else if (channel["state"]?.GetValue<string>() == "paused" && await Get($"channels/{name}") is { } seen)
                await Post($"channels/{name}/resume", new JsonObject { ["operator"] = "ann", ["stop_number"] = seen["stop_number"]!.DeepClone(), ["version"] = seen["version"]!.DeepClone() });
        }
    }

    public Task<JsonNode?> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<JsonNode?> Post(string path, JsonObject body) => Send(HttpMethod.Post, path, body);

    private async Task<JsonNode?> Send(HttpMethod method, string path, JsonObject? body)
    {
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using var request = new HttpRequestMessage(method, new Uri(new(await File.ReadAllTextAsync(Path.Combine(data, "address"))), $"/api/v1/{path}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(data, "token"))).Trim());
            request.Content = body is null ? null : JsonContent.Create(body);
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException or IOException)
        {
            return null; // The host is down just now.
        }
    }
}
