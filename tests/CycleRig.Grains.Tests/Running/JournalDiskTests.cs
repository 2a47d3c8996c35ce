using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Grains.Tests.Running;

/// <summary>A disk that fills up under a running cell.</summary>
public sealed class JournalDiskTests
{
    private const long Terabyte = 1L << 40;

    [Fact]
    public async Task A_disk_without_room_for_three_days_lets_no_run_begin()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating);
        rig.Runtime.Disk.Read(60_000_000, 500_000_000);
        var refused = await rig.OrderStartAsync();
        Assert.False(refused.Accepted);
        Assert.Contains("too little for 72 h", refused.Why, StringComparison.Ordinal);
        Assert.Single(rig.Runtime.Alarms.Open);
        rig.Runtime.Disk.Read(Terabyte / 2, Terabyte);
        Assert.Empty(rig.Runtime.Alarms.Open);
        Assert.True((await rig.OrderStartAsync()).Accepted);
    }

    [Fact]
    public async Task Less_than_a_hundredth_halts_a_running_cell_and_the_cause_goes_with_the_room()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating);
        Assert.True((await rig.OrderStartAsync()).Accepted);
        rig.Run(TimeSpan.FromMinutes(5));
        Assert.Equal("running", (await rig.Channel.View()).State);
        rig.Runtime.Disk.Read(Terabyte / 200, Terabyte);
        rig.Run(TimeSpan.FromSeconds(5));
        var halted = await rig.Channel.View();
        Assert.Equal(("halted", true), (halted.State, halted.CellIsOff));
        Assert.Contains("storage", halted.Reasons);
        rig.Runtime.Disk.Read(Terabyte / 2, Terabyte);
        rig.Run(TimeSpan.FromSeconds(5));
        rig.Journal.Flush();
        var alarms = rig.Journal.ReadFrom(0, int.MaxValue).Where(row => row.Record.Kind == RecordKind.Event).Select(row => row.Record.DecodeJson()["type"]!.GetValue<string>());
        Assert.Equal(["alarm_raised", "alarm_cleared"], alarms);
    }

    [Fact]
    public async Task Less_than_a_twentieth_keeps_a_sample_in_two_seconds()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating);
        Assert.True((await rig.OrderStartAsync()).Accepted);
        rig.Run(TimeSpan.FromSeconds(20));
        rig.Runtime.Disk.Read(Terabyte / 25, Terabyte);
        rig.Run(TimeSpan.FromSeconds(40));
        rig.Journal.Flush();
        var times = rig.Journal.ReadFrom(0, int.MaxValue).Where(row => row.Record.Kind == RecordKind.Sample).SelectMany(row => row.Record.DecodeSamples()).Select(sample => sample.TimeSeconds).ToList();
        Assert.Contains(times.Zip(times.Skip(1), (a, b) => b - a), apart => apart is > 1.5 and < 2.5);
        Assert.DoesNotContain(times.Zip(times.Skip(1), (a, b) => b - a), apart => apart > 2.5);
    }
}
