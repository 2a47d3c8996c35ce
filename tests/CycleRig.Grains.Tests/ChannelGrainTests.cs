using CycleRig.Contracts;
using CycleRig.Core.Channels;
using CycleRig.Core.Protocols;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Grains.Tests;

/// <summary>Grains in Orleans' test cluster, called through its client, over simulated devices in discrete time.</summary>
public sealed class ChannelGrainTests
{
    private static readonly Protocol Resting = new("resting", [new Rest("rest", TimeSpan.FromMinutes(10))], SafetyTerms.Default);

    [Fact]
    public async Task A_run_of_rest_completes_and_is_closed_in_the_journal()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var channel = rig.Channel;
        await rig.StartRunAsync();
        rig.Run(TimeSpan.FromMinutes(9));
        Assert.Equal("running", (await channel.View()).State);
        rig.Run(TimeSpan.FromMinutes(2));
        Assert.Equal("completed", (await channel.View()).State);
        rig.Journal.Flush();
        using var reader = JournalReader.Open(rig.Journal.DataFolder);
        Assert.Equal("completed", Assert.Single(reader.Runs()).EndReason);
    }

    [Fact]
    public async Task A_start_that_cites_another_stop_number_is_refused_in_words()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var answer = await rig.Channel.Order(new StartOrdered("op", Guid.CreateVersion7(), null, 7, (await rig.Channel.View()).Version), rig.Time.Now);
        Assert.False(answer.Accepted);
        Assert.Contains("was stopped since it was looked at", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chamber_gets_a_new_temperature_only_when_all_who_hold_one_agree()
    {
        await using var rig = await TestRig.StartAsync(Resting);
        var chamber = rig.Client.GetGrain<IChamberGrain>("bench/chamber-1");
        await chamber.Want("ch-1", 31);
        await chamber.Want("ch-2", 31);
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(31, (await chamber.View()).SetPoint);
        await chamber.Want("ch-1", 40);
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(31, (await chamber.View()).SetPoint);
        await chamber.Release("ch-2");
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(40, (await chamber.View()).SetPoint);
    }

    [Fact]
    public async Task A_channel_without_a_protocol_is_not_started()
    {
        await using var rig = await TestRig.StartAsync(null);
        var answer = await rig.OrderStartAsync();
        Assert.False(answer.Accepted);
        Assert.Contains("has no protocol yet", answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_halts_the_run_and_the_cell_is_off_though_nothing_can_be_written()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating, new() { PagesMax = 60 });
        await rig.StartRunAsync();
        rig.RunUntil(async () => (await rig.Channel.View()).State == "halted", TimeSpan.FromHours(2));
        var view = await rig.Channel.View();
        Assert.Equal("storage", Assert.Single(view.Reasons));
        rig.Run(TimeSpan.FromSeconds(2));
        Assert.True((await rig.Channel.View()).CellIsOff);
        var plated = rig.Simulated["ch-1"].Truth.PlatedCoulombs;
        Assert.True(plated > 0);
        rig.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(plated, rig.Simulated["ch-1"].Truth.PlatedCoulombs);
    }

    [Fact]
    public async Task A_tripped_press_is_cleared_by_its_own_acknowledge_and_each_channel_by_its_own()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating, leak: new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), Math.Log(2)));
        await rig.StartRunAsync();
        rig.RunUntil(async () => (await rig.Channel.View()).State == "halted", TimeSpan.FromHours(1));
        Assert.Equal("trip_press", (await rig.Channel.View()).Reasons[0]);
        rig.Run(TimeSpan.FromSeconds(30));
        Assert.Contains("still outside", await rig.Rig.Acknowledge("press-1", "op"), StringComparison.Ordinal);
        var early = await rig.Channel.Order(new Acknowledged("op", [.. Enum.GetValues<Core.Safety.Reason>()]), rig.Time.Now);
        Assert.Contains("still present", early.Why, StringComparison.Ordinal);

        // Somebody sets the press higher, which makes good for the leak.
        await rig.Client.GetGrain<IPressGrain>("bench/press-1").Want("ch-1", 10);
        rig.Run(TimeSpan.FromMinutes(5));
        Assert.False((await rig.Rig.View()).Conditions.Single(device => device.Name == "press-1").Held);
        Assert.Null(await rig.Rig.Acknowledge("press-1", "op"));
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.True((await rig.Rig.View()).Conditions.Single(device => device.Name == "press-1").Held);
        Assert.Equal("halted", (await rig.Channel.View()).State);
        var answer = await rig.Channel.Order(new Acknowledged("op", [.. Enum.GetValues<Core.Safety.Reason>()]), rig.Time.Now);
        Assert.True(answer.Accepted, answer.Why);
        Assert.Equal("paused", answer.View.State);
        Assert.Contains("has not tripped", await rig.Rig.Acknowledge("press-1", "op"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rig_refuses_a_second_run_on_a_busy_channel_and_another_temperature_on_its_chamber()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating);
        await rig.StartRunAsync();
        Assert.Contains("is running", await rig.Rig.Assign(Resting, ["ch-1"]), StringComparison.Ordinal);
        Assert.Contains("no channel `ch-9`", await rig.Rig.Assign(Resting, ["ch-9"]), StringComparison.Ordinal);
    }
}
