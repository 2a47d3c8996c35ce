using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>Real processes in real time, killed in mid-plating.</summary>
public sealed class KillTests : IDisposable
{
    private readonly LiveRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_killed_host_leaves_its_cells_off_within_the_lease_and_goes_on_by_the_restart_rule()
    {
        var truthFile = Path.Combine(_rig.Folder, "truth.json");
        using var devices = await _rig.OwnDevicesAsync("--truth", truthFile);
        using var first = await _rig.ServeAsync("--device-host", _rig.Socket);
        await _rig.PlateAsync();

        var seen = await _rig.ChannelAsync();
        var clock = TimeProvider.System.GetTimestamp();
        first.Kill();
        var killedAfter = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        // Lease 5 s; the session looks at it twice a second; abort latency 0.2 s; the sample that was shown may be a second old.
        var killed = seen["sample_seconds"]!.GetValue<double>() + killedAfter;
        var offBy = killed + 1.2 + 5 + 0.5 + 0.2 + 0.5;

        using var second = await _rig.ServeAsync("--device-host", _rig.Socket);
        await LiveRig.Until(async () => (await _rig.ChannelAsync())["state"]!.GetValue<string>() is "running" or "halted" && (await _rig.ChannelAsync())["amperes"]!.GetValue<double>() < -1e-5, "plating to go on");
        Assert.Equal("running", (await _rig.ChannelAsync())["state"]!.GetValue<string>());
        var (exit, output) = await CycleRigProcess.RunAsync("halt", "--data", _rig.Data);
        Assert.True(exit == 0, output);
        Assert.Contains("confirmed off", output, StringComparison.Ordinal);
        var journalled = (await _rig.ChannelAsync())["coulombs"]!.GetValue<double>();
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
        using var first = await _rig.ServeAsync();
        await _rig.PlateAsync();
        first.Kill();
        long rows;
        using (var reader = JournalReader.Open(_rig.Data))
            rows = reader.ReadFrom(0, int.MaxValue)[^1].Seq;
        using var second = await _rig.ServeAsync();
        var channel = await _rig.ChannelAsync();
        Assert.Equal("halted", channel["state"]!.GetValue<string>());
        Assert.Contains("restart", channel["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
        using (var reader = JournalReader.Open(_rig.Data))
            Assert.Equal(rows, reader.ReadFrom(0, int.MaxValue).TakeWhile(row => row.Seq <= rows).Count());
        Assert.Equal(0, second.Terminate());
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_and_changes_nothing()
    {
        using var first = await _rig.ServeAsync();
        var (exit, output) = await CycleRigProcess.RunAsync("serve", "--rig", LiveRig.Rig, "--data", _rig.Data);
        Assert.Equal(4, exit);
        Assert.Contains("is in use by process", output, StringComparison.Ordinal);
        Assert.Equal("idle", (await _rig.ChannelAsync())["state"]!.GetValue<string>());
        Assert.Equal(0, first.Terminate());
    }

    [Fact]
    public async Task A_second_host_on_the_same_device_host_is_refused_and_the_first_plates_on()
    {
        using var devices = await _rig.OwnDevicesAsync();
        using var first = await _rig.ServeAsync("--device-host", _rig.Socket);
        await _rig.PlateAsync();
        var (exit, output) = await CycleRigProcess.RunAsync("serve", "--rig", LiveRig.Rig, "--device-host", _rig.Socket, "--data", Path.Combine(_rig.Folder, "other"));
        Assert.Equal(4, exit);
        Assert.Contains("another host is connected", output, StringComparison.Ordinal);
        Assert.Equal("running", (await _rig.ChannelAsync())["state"]!.GetValue<string>());
        Assert.Equal(0, first.Terminate());
        Assert.Equal(0, devices.Terminate());
    }

    [Fact]
    public async Task A_killed_device_host_halts_the_run_though_nothing_says_so()
    {
        using var devices = await _rig.OwnDevicesAsync();
        using var host = await _rig.ServeAsync("--device-host", _rig.Socket);
        await _rig.PlateAsync();
        var killed = TimeProvider.System.GetTimestamp();
        devices.Kill();
        System.Text.Json.Nodes.JsonNode channel = new JsonObject();
        await LiveRig.Until(async () => (channel = await _rig.ChannelAsync())["state"]!.GetValue<string>() == "halted", "the halt", () => channel.ToJsonString());
        // Three seconds of silence, looked at each second; the rest is the command that asks.
        Assert.InRange(TimeProvider.System.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.Contains("device_lost", channel["reasons"]!.AsArray().Select(reason => reason!.GetValue<string>()));
        host.Terminate();
    }

    private void AssertOffBy(double killed, double limit)
    {
        using var reader = JournalReader.Open(_rig.Data);
        var samples = reader.OfRun(reader.Runs()[0].Run, RecordKind.Sample).SelectMany(row => row.Record.DecodeSamples()).OrderBy(s => s.TimeSeconds).ToList();
        var plated = samples.FindLastIndex(sample => sample.TimeSeconds <= killed && Math.Abs(sample.CurrentAmperes) > 1e-5);
        Assert.True(plated >= 0, "no current before the kill");
        var off = samples.Skip(plated).First(sample => Math.Abs(sample.CurrentAmperes) < 1e-6);
        Assert.InRange(off.TimeSeconds, 0, limit);
    }
}
