using System.Text.Json.Nodes;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>The example rig served by real processes in real time, looked at through the command line.</summary>
internal sealed class LiveRig : IDisposable
{
    private const string Protocol = """
        format: 1
        protocol: quick
        steps:
          - rest: {duration: 2 s}
          - peis: {from: 1 MHz, to: 10 Hz, points_per_decade: 6, amplitude: 10 mV}
          - plate:
              current_density: 0.5 mA/cm²
              until: {capacity: 0.05 mAh/cm²}
              geis: {from: 1 MHz, to: 10 Hz, points_per_decade: 6, amplitude: 0.05 mA/cm², every: 20 s}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public static string Rig => Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml");

    public string Folder => _folder.Path;

    public string Data => Path.Combine(_folder.Path, "data");

    public string Socket => Path.Combine(_folder.Path, "dh.sock");

    public void Dispose() => _folder.Dispose();

    /// <summary>Polls with a deadline.</summary>
    public static async Task Until(Func<Task<bool>> done, string what, Func<string>? seen = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"waited in vain for {what}; {seen?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Starts a device host in a process of its own.</summary>
    public async Task<CycleRigProcess> OwnDevicesAsync(params string[] more)
    {
        var process = CycleRigProcess.Start(["device-host", "--rig", Rig, "--socket", Socket, .. more]);
        await Until(() => Task.FromResult(File.Exists(Socket)), "the device host to listen", () => process.Output);
        return process;
    }

    /// <summary>Starts a host, and waits until its channel has sampled.</summary>
    public async Task<CycleRigProcess> ServeAsync(params string[] more)
    {
        Directory.CreateDirectory(Data);
        File.Delete(Path.Combine(Data, "address"));
        var process = CycleRigProcess.Start(["serve", "--rig", Rig, "--data", Data, .. more]);
        await Until(() => Task.FromResult(File.Exists(Path.Combine(Data, "address"))), "the host to serve", () => process.Output);
        await Until(async () => (await ChannelAsync())["sample_seconds"] is not null, "the first sample");
        return process;
    }

    /// <summary>Submits the protocol and waits for current.</summary>
    public async Task PlateAsync()
    {
        var file = Path.Combine(_folder.Path, "quick.yaml");
        await File.WriteAllTextAsync(file, Protocol, TestContext.Current.CancellationToken);
        var (exit, output) = await CycleRigProcess.RunAsync("run", file, "--data", Data);
        Assert.True(exit == 0, output);
        JsonNode channel = new JsonObject();
        await Until(async () => (channel = await ChannelAsync())["amperes"]!.GetValue<double>() < -1e-5, "current", () => channel.ToJsonString());
    }

    public async Task<JsonNode> ChannelAsync()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("status", "--json", "--data", Data);
        Assert.True(exit == 0, output);
        return JsonNode.Parse(output)!["channels"]![0]!;
    }
}
