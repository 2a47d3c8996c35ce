using System.Text.Json.Nodes;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>Ends in mid-plating: signals to the host, and a halt when the host is gone or hangs.</summary>
public sealed class StopTests : IDisposable
{
    private readonly LiveRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_turns_the_cell_off_confirmed_before_the_host_ends(string signal)
    {
        using var host = await _rig.ServeAsync();
        await _rig.PlateAsync();
        Assert.Equal(0, host.Signal(signal));
        using var reader = JournalReader.Open(_rig.Data);
        var run = reader.Runs()[0].Run;
        var last = reader.OfRun(run, RecordKind.Decision).Select(row => row.Record.DecodeJson()).ToList();
        Assert.Contains(last, line => line["state"]!.GetValue<string>() == "halted" && HaltedBy(line["event"]!) == "host_stopped");
        // What the journal holds of the end: no current any more.
        Assert.InRange(Math.Abs(reader.Samples(run).Last().CurrentAmperes), 0, 1e-6);
        Assert.DoesNotContain("NOT CONFIRMED", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task A_halt_reaches_the_device_host_when_the_host_is_gone_or_hangs(string signal)
    {
        using var devices = await _rig.OwnDevicesAsync();
        using var host = await _rig.ServeAsync("--device-host", _rig.Socket);
        await _rig.PlateAsync();
        host.Send(signal);
        var began = TimeProvider.System.GetTimestamp();
        var (exit, output) = await CycleRigProcess.RunAsync("halt", "--data", _rig.Data);
        Assert.True(exit == 0, output);
        Assert.Contains("ch-1: cell confirmed off", output, StringComparison.Ordinal);
        // The API gets 2 s, the device host answers within 3 s.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        host.Kill();
        Assert.Equal(0, devices.Terminate());
    }

    /// <summary>The host's word and the session's stop both name the reason; whichever the grain hears first halts.</summary>
    private static string? HaltedBy(JsonNode happened) => (happened["cause"] ?? happened)["reason"]?.GetValue<string>();
}
