using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Storage.Journals;
using Xunit;

namespace CycleRig.Grains.Tests;

/// <summary>The restart rule over the journal: what a killed host leaves, and what the next one makes of it.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_killed_host_leaves_its_cell_off_and_the_next_one_goes_on_after_a_check_spectrum()
    {
        await using var rig = await PlatingRig();
        await rig.KillHostAsync();
        rig.Run(TimeSpan.FromSeconds(7));
        var plated = rig.Simulated["ch-1"].Truth.PlatedCoulombs;
        rig.Run(TimeSpan.FromMinutes(2));
        Assert.Equal(plated, rig.Simulated["ch-1"].Truth.PlatedCoulombs);

        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(5));
        Assert.Equal("running", (await rig.Channel.View()).State);
        rig.RunUntil(() => Task.FromResult(rig.Simulated["ch-1"].Truth.PlatedCoulombs > plated + 1e-4), TimeSpan.FromMinutes(2));
        rig.RunUntil(async () => (await rig.Channel.View()).State == "completed", TimeSpan.FromHours(1));
        // 0.2 mAh/cm² on 3.14 mm² are 22.6 mC; what nobody saw while the host was down was counted in full, so never more.
        Assert.InRange(rig.Simulated["ch-1"].Truth.PlatedCoulombs, 0.97 * 0.02262, 1.002 * 0.02262);
    }

    [Fact]
    public async Task A_device_host_that_restarted_too_halts_the_run()
    {
        await using var rig = await PlatingRig();
        await rig.KillHostAsync();
        rig.RestartDevices();
        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(5));
        var view = await rig.Channel.View();
        Assert.Equal("restart", Assert.Single(view.Reasons));
        Assert.True(view.CellIsOff);
    }

    [Fact]
    public async Task A_detector_that_cannot_be_rebuilt_halts_the_run()
    {
        await using var rig = await PlatingRig();
        var run = (await rig.Channel.View()).Run!.Value;
        await rig.KillHostAsync();
        using (var journal = Journal.Open(rig.Journal.DataFolder))
        {
            var checkpoint = journal.LatestCheckpoint("ch-1")!.Record;
            var json = checkpoint.DecodeJson();
            json["detector"]!["sha256"] = new string('0', 64);
            journal.Append(JournalRecord.Json(RecordKind.Checkpoint, "ch-1", run, checkpoint.TimeSeconds, checkpoint.Utc, json));
            journal.Flush();
        }

        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(5));
        var view = await rig.Channel.View();
        Assert.Contains("could not be rebuilt", Assert.Single(view.Causes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_a_channel_still_has_the_protocol_of_its_last_run()
    {
        await using var rig = await TestRig.StartAsync(TestRig.Plating);
        await rig.StartRunAsync();
        rig.Run(TimeSpan.FromSeconds(10));
        await rig.Channel.Order(new HaltOrdered("op", "look"), rig.Time.Now);
        await rig.Channel.Order(new Acknowledged("op", [Reason.OperatorHalt]), rig.Time.Now);
        await rig.KillHostAsync();
        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(3));
        Assert.Equal("idle", (await rig.Channel.View()).State);
        await rig.StartRunAsync();
    }

    /// <summary>What the neighbours in its chamber had said when a spectrum was judged stands in the record of the verdict: without it the detector would be another.</summary>
    [Fact]
    public async Task A_detector_that_heard_its_neighbours_is_rebuilt_with_what_they_said()
    {
        await using var rig = await PlatingRig(neighbours: 2);
        var run = (await rig.Channel.View()).Run!.Value;
        using (var reader = JournalReader.Open(rig.Journal.DataFolder))
        {
            rig.Journal.Flush();
            var heard = reader.OfRun(run, RecordKind.Fit).Select(row => row.Record.DecodeJson()["neighbours"]!.AsArray().Count).ToList();
            Assert.Equal(2, heard[^1]);
            Assert.Contains(heard, count => count < 2);
        }

        await rig.KillHostAsync();
        await rig.StartHostAsync();
        rig.Run(TimeSpan.FromSeconds(5));
        Assert.Equal("running", (await rig.Channel.View()).State);
        rig.RunUntil(async () => (await rig.Channel.View()).State == "completed", TimeSpan.FromHours(1));
    }

    private static async Task<TestRig> PlatingRig(int neighbours = 0)
    {
        var rig = await TestRig.StartAsync(TestRig.Plating, neighbours: neighbours);
        await rig.StartRunAsync();
        rig.RunUntil(() => Task.FromResult(rig.Simulated["ch-1"].Truth.PlatedCoulombs > 3e-3), TimeSpan.FromMinutes(10));
        return rig;
    }
}
