using Xunit;

namespace CycleRig.Telemetry.Tests.Halting;

/// <summary>Halts over the broker in the process, and whatever else somebody may publish.</summary>
public sealed class HaltListenerTests
{
    private const string Run = "019b76da-a800-77bd-bf8e-e610398f9334";
    private const string OnChannel = "cyclerig/v1/bench/ch-1/halt";
    private const string OnRig = "cyclerig/v1/bench/halt";

    [Fact]
    public async Task A_halt_acts_once_an_id_also_if_it_is_repeated_or_retained_or_the_host_restarts()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Say(OnChannel, """{"id":"a-1","by":"ann","why":"smoke"}""");
        await bench.Answers("ch-1", "a-1", "confirmed off");
        Assert.Equal([("ch-1", "ann", "smoke")], bench.Halts);
        await bench.Say(OnChannel, """{"id":"a-1","by":"ann","why":"smoke"}""");
        await bench.Answers("ch-1", "a-1", "acted before");
        await bench.Say(OnChannel, """{"id":"a-2","by":"ann"}""", retain: true);
        await bench.Answers("ch-1", "a-2", "confirmed off");
        await bench.RestartAsync(); // Hears the retained one again.
        await bench.Answers("ch-1", "a-2", "acted before");
        Assert.Equal(2, bench.Halts.Count);
        await bench.Say(OnRig, """{"id":"a-1","by":"bob"}"""); // The same id for another target is another order.
        await bench.Answers("", "a-1", "confirmed off");
        Assert.Equal(["ch-1", "ch-1", "ch-1", "ch-2", "ch-3"], bench.Halts.Select(halt => halt.Channel));
    }

    [Fact]
    public async Task Without_an_id_it_acts_each_time_but_never_as_a_retained_copy()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Say(OnChannel, "stop!");
        await bench.Answers("ch-1", null, "confirmed off");
        await bench.Say(OnChannel, "\u0000\u0001{");
        await bench.Acts(2);
        await bench.Say(OnChannel, """{"by":"ann"}""", retain: true); // Live, though it is kept for later.
        await bench.Acts(3);
        await bench.RestartAsync();
        await bench.Answers("ch-1", null, "refused: a retained halt needs an id, or it would act after every reconnect");
        Assert.Equal(3, bench.Halts.Count);
        await bench.Say(OnChannel, "", retain: true); // Takes it away.
        await bench.RestartAsync();
        await bench.Say(OnChannel, """{"id":"fence","run":"another"}""");
        await bench.Answers("ch-1", "fence", "refused: run another is not the current one");
        Assert.Equal(3, bench.Halts.Count);
    }

    [Fact]
    public async Task It_acts_only_on_the_run_that_it_names()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Say(OnChannel, """{"id":"a-1","run":"019b76da-0000-77bd-bf8e-e610398f9334"}""");
        await bench.Answers("ch-1", "a-1", "refused: run 019b76da-0000-77bd-bf8e-e610398f9334 is not the current one");
        Assert.Empty(bench.Halts);
        await bench.Say(OnRig, $$"""{"id":"a-2","run":"{{Run}}"}""");
        await bench.Answers("", "a-2", "confirmed off");
        Assert.Equal(["ch-1", Bench.Hangs], bench.Halts.Select(halt => halt.Channel)); // ch-2 has no run; of the other nobody knows.
    }

    [Fact]
    public async Task A_channel_that_the_rig_does_not_have_is_told()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Say("cyclerig/v1/bench/ch-9/halt", """{"id":"a-1"}""");
        await Bench.Until(() => bench.Told.Any(told => told.Text.Contains("ch-9", StringComparison.Ordinal)), "the alarm");
        Assert.Contains("it has ch-1, ch-2, ch-3", bench.Told.Single(told => told.Text.Contains("ch-9", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Empty(bench.Halts);
    }

    [Fact]
    public async Task A_cell_that_does_not_go_off_is_said_to_be_on()
    {
        await using var bench = await Bench.StartAsync(isOff: channel => channel != "ch-2");
        await bench.Say(OnRig, """{"id":"a-1"}""");
        await bench.Answers("", "a-1", "NOT CONFIRMED OFF: ch-2: press e-stop");
    }

    [Fact]
    public async Task A_book_on_a_full_disk_keeps_no_cell_on()
    {
        await using var bench = await Bench.StartAsync();
        Directory.CreateDirectory(bench.Book);
        await bench.Say(OnChannel, """{"id":"a-1"}""");
        await bench.Answers("ch-1", "a-1", "confirmed off");
        Assert.Single(bench.Halts);
        Assert.Contains(bench.Told, told => told.Kind == "halt" && told.Text.Contains("could not be written", StringComparison.Ordinal));
    }

    /// <summary>Everything that may be said on any topic of the rig, in every role, live and retained, replayed: only halt topics have an effect.</summary>
    [Fact]
    public async Task Nothing_else_that_is_published_has_an_effect()
    {
        await using var bench = await Bench.StartAsync();
        string[] lasts = ["samples", "spectra", "fits", "events", "status", "ack", "resend", "start", "stop", "resume", "limits", "halted", "halt/now", "Halt", "config"];
        string[] topics = [.. lasts.Select(last => $"cyclerig/v1/bench/ch-1/{last}"), .. lasts.Select(last => $"cyclerig/v1/bench/{last}"), "cyclerig/v2/bench/ch-1/halt", "cyclerig/v1/other/ch-1/halt", "cyclerig/v1/other/halt", "halt"];
        foreach (var user in (string[])["host-bench", "historian", "viewer", "operator", "admin"])
        {
            foreach (var topic in topics)
            {
                await bench.Say(topic, """{"v":1,"id":"a-1","by":"mallory","why":"order"}""", user: user);
                await bench.Say(topic, "halt", retain: true, user);
            }
        }

        foreach (var user in (string[])["host-bench", "historian", "viewer"])
            await bench.Say(OnChannel, """{"id":"a-1"}""", user: user);
        await bench.RestartAsync();
        await bench.Say(OnChannel, """{"id":"fence","run":"another"}""");
        await bench.Answers("ch-1", "fence", "refused: run another is not the current one");
        Assert.Empty(bench.Halts);
    }
}
