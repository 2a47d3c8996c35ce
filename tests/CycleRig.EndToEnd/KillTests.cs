using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>Real processes in real time, killed in mid-plating.</summary>
public sealed class KillTests : IDisposable
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

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    private static string Rig => Path.Combine(SharedData.ProjectRoot(), "examples", "rig.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_host_leaves_its_cells_off_within_the_lease_and_goes_on_by_the_restart_rule()
    {
        var socket = Path.Combine(_folder.Path, "dh.sock");
        var truthFile = Path.Combine(_folder.Path, "truth.json");
        using var devices = CycleRigProcess.Start("device-host", "--rig", Rig, "--socket", socket, "--truth", truthFile);
        await Until(() => Task.FromResult(File.Exists(socket)), "the device host to listen");
        using var first = await Serve("--device-host", socket);
        await Plate();

        var seen = await Channel();
        var clock = TimeProvider.System.GetTimestamp();
        first.Kill();
        var killedAfter = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        // Lease 5 s; the session looks at it twice a second; abort latency 0.2 s; the sample that was shown may be a second old.
        var killed = seen["sample_seconds"]!.GetValue<double>() + killedAfter;
        var offBy = killed + 1.2 + 5 + 0.5 + 0.2 + 0.5;

        using var second = await Serve("--device-host", socket);
        await Until(async () => (await Channel())["state"]!.GetValue<string>() is "running" or "halted" && (await Channel())["amperes"]!.GetValue<double>() < -1e-5, "plating to go on");
        Assert.Equal("running", (await Channel())["state"]!.GetValue<string>());
        var (exit, output) = await CycleRigProcess.RunAsync("halt", "--data", Data);
        Assert.True(exit == 0, output);
        Assert.Contains("confirmed off", output, StringComparison.Ordinal);
        var journalled = (await Channel())["coulombs"]!.GetValue<double>();
        Assert.Equal(0, second.Terminate());
        Assert.Equal(0, devices.Terminate());

        AssertOffBy(killed, offBy);
        var truth = double.Parse(JsonNode.Parse(await File.ReadAllTextAsync(truthFile, TestContext.Current.CancellationToken))!["ch-1"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        // 0.1 µAh/cm² on 0.0314 cm² is 11.3 µC.
        Assert.InRange(journalled - truth, -1.13e-5, 1.13e-5);
    }

    [Fact]
    public async Task A_killed_single_process_comes_back_halted_with_its_journal_whole()
    {
        using var first = await Serve();
        await Plate();
        first.Kill();
        long rows;
        using (var reader = JournalReader.Open(Data))
            rows = reader.ReadFrom(0, int.MaxValue)[^1].Seq;
        using var second = await Serve();
        var channel = await Channel();
        Assert.Equal("halted", channel["state"]!.GetValue<string>());
        Assert.Contains("restart", channel["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
        using (var reader = JournalReader.Open(Data))
            Assert.Equal(rows, reader.ReadFrom(0, int.MaxValue).TakeWhile(row => row.Seq <= rows).Count());
        Assert.Equal(0, second.Terminate());
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_and_changes_nothing()
    {
        using var first = await Serve();
        var (exit, output) = await CycleRigProcess.RunAsync("serve", "--rig", Rig, "--data", Data);
        Assert.Equal(4, exit);
        Assert.Contains("is in use by process", output, StringComparison.Ordinal);
        Assert.Equal("idle", (await Channel())["state"]!.GetValue<string>());
        Assert.Equal(0, first.Terminate());
    }

    private void AssertOffBy(double killed, double limit)
    {
        using var reader = JournalReader.Open(Data);
        var samples = reader.OfRun(reader.Runs()[0].Run, RecordKind.Sample).SelectMany(row => row.Record.DecodeSamples()).OrderBy(s => s.TimeSeconds).ToList();
        var plated = samples.FindLastIndex(sample => sample.TimeSeconds <= killed && Math.Abs(sample.CurrentAmperes) > 1e-5);
        Assert.True(plated >= 0, "no current before the kill");
        var off = samples.Skip(plated).First(sample => Math.Abs(sample.CurrentAmperes) < 1e-6);
        Assert.InRange(off.TimeSeconds, 0, limit);
    }

    private async Task<CycleRigProcess> Serve(params string[] more)
    {
        Directory.CreateDirectory(Data);
        File.Delete(Path.Combine(Data, "address"));
        var process = CycleRigProcess.Start(["serve", "--rig", Rig, "--data", Data, .. more]);
        await Until(() => Task.FromResult(File.Exists(Path.Combine(Data, "address"))), $"the host to serve: {process.Output}");
        await Until(async () => (await Channel())["sample_seconds"] is not null, "the first sample");
        return process;
    }

    private async Task Plate()
    {
        var file = Path.Combine(_folder.Path, "quick.yaml");
        await File.WriteAllTextAsync(file, Protocol, TestContext.Current.CancellationToken);
        var (exit, output) = await CycleRigProcess.RunAsync("run", file, "--data", Data);
        Assert.True(exit == 0, output);
        JsonNode channel = new JsonObject();
        await Until(async () => (channel = await Channel())["amperes"]!.GetValue<double>() < -1e-5, "current", () => channel.ToJsonString());
    }

    private async Task<JsonNode> Channel()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("status", "--json", "--data", Data);
        Assert.True(exit == 0, output);
        return JsonNode.Parse(output)!["channels"]![0]!;
    }

    private static async Task Until(Func<Task<bool>> done, string what, Func<string>? seen = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"waited in vain for {what}; {seen?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
