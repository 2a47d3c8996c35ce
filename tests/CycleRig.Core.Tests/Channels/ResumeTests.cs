using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>Between a pause and the next current: the check, the allowance that is left, and answers that do not come.</summary>
public sealed class ResumeTests
{
    private static readonly Galvanostatic Plate = new(
        "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5), new(null, ArealCapacity.FromMilliampereHoursPerSquareCentimetre(1), null),
        new(Plans.Sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromSeconds(60)));

    private static readonly Galvanostatic Short = Plate with { Ends = new(null, ArealCapacity.FromMicroampereHoursPerSquareCentimetre(5), null) };

    private static readonly Settle Settle = new(
        "settle", Temperature.FromCelsius(30), new(0.5), null, default, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

    [Fact]
    public void The_verdict_on_a_sweep_from_before_the_pause_is_no_check()
    {
        var channel = Plating(Plate);
        channel.Tell(new SpectrumMeasured(channel.NextOrdinal(), 1, new(0, 0, [])));
        PauseAndResume(channel);
        Assert.Equal(CheckPhase.Measuring, channel.State.OpenRun!.Check);
        channel.Tell(Healthy(channel, 0));
        Assert.Equal(CheckPhase.Measuring, channel.State.OpenRun!.Check);
        channel.Tell(Healthy(channel, channel.State.OpenRun.Sweeps - 1));
        Assert.Null(channel.State.OpenRun!.Check);
    }

    [Fact]
    public void A_resume_grants_what_is_left_and_no_more()
    {
        var channel = Plating(Plate);
        var first = channel.Sent.OfType<GrantAllowance>().Single().Allowance;
        var live = channel.State.OpenRun!.Live!.Segment;
        Pause(channel);
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), live.Number, SegmentEnd.Aborted, 3600, new(new(-0.05), new(0.05))));
        Resume(channel);
        var second = channel.Sent.OfType<GrantAllowance>().Last().Allowance;
        Assert.InRange(first.Charge.Coulombs - second.Charge.Coulombs, 0.05, 0.052);
        Assert.True(first.Duration - second.Duration >= TimeSpan.FromSeconds(3600));
    }

    [Fact]
    public void A_resume_into_a_settle_measures_before_the_plating_that_follows()
    {
        var channel = Plating(Short, Settle, Plate);
        var live = channel.State.OpenRun!.Live!;
        channel.Wait(TimeSpan.FromSeconds(30));
        channel.Finish(live.Segment);
        channel.Wait(TimeSpan.FromSeconds(2));
        Assert.IsType<Settling>(channel.State);
        PauseAndResume(channel);
        channel.Wait(TimeSpan.FromSeconds(12));
        Assert.Equal(SegmentKind.Peis, Assert.IsType<Running>(channel.State).Progress.Live!.Segment.Kind);
    }

    [Fact]
    public void A_spectrum_that_a_pause_cut_is_measured_again()
    {
        var channel = Plating(new PotentiostaticImpedance("peis", Plans.Sweep, Voltage.FromMillivolts(10)), Plate);
        var live = channel.State.OpenRun!.Live!.Segment;
        Pause(channel);
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), live.Number, SegmentEnd.Aborted, 2, default));
        Resume(channel);
        var check = channel.State.OpenRun!.Live!.Segment;
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), check.Number, SegmentEnd.Time, 20, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), default));
        channel.Tell(Healthy(channel, check.Sweep!.Index));
        channel.Wait(TimeSpan.FromSeconds(2));
        Assert.Equal(0, channel.State.OpenRun!.Step);
        Assert.Equal(SegmentKind.Peis, channel.State.OpenRun.Live!.Segment.Kind);
    }

    [Fact]
    public void A_resume_waits_until_the_cell_is_confirmed_off()
    {
        var channel = Plating(Plate);
        channel.Tell(new PauseOrdered("op"));
        var refused = ChannelMachine.Decide(channel.State, new(1_000, channel.Now, new ResumeOrdered("op", 0, channel.State.Ledger.Version)), Plans.Of(Plate));
        Assert.Contains("not confirmed off", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_whose_verdict_never_comes_halts_after_a_minute()
    {
        var channel = Plating(Plate);
        PauseAndResume(channel);
        var check = channel.State.OpenRun!.Live!.Segment;
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), check.Number, SegmentEnd.Time, 20, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), default));
        channel.Wait(TimeSpan.FromSeconds(59));
        Assert.IsType<Running>(channel.State);
        channel.Wait(TimeSpan.FromSeconds(5));
        Assert.Equal(Reason.Blind, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
    }

    [Fact]
    public void A_grant_that_the_session_never_takes_halts_after_a_minute()
    {
        var channel = new ScriptedChannel(Plans.Of(Plate)) { Grants = false };
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(59));
        Assert.IsType<Running>(channel.State);
        channel.Wait(TimeSpan.FromSeconds(5));
        Assert.Equal(Reason.ArmRefused, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
    }

    [Fact]
    public void A_disk_that_never_answers_halts_after_a_minute_and_nothing_is_armed()
    {
        var channel = new ScriptedChannel(Plans.Of(Plate)) { DiskAnswers = false };
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(65));
        Assert.Equal(Reason.Storage, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
        Assert.DoesNotContain(channel.Sent, command => command.Energises);
    }

    [Fact]
    public void A_step_is_not_skipped_while_a_queued_segment_is_on_its_way()
    {
        var channel = Plating(Plate, new Rest("rest", TimeSpan.FromMinutes(5)), Plate);
        var live = channel.State.OpenRun!.Live!;
        channel.Wait(live.Segment.DurationMax - TimeSpan.FromSeconds(4));
        Assert.NotNull(channel.State.OpenRun!.Queued);
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), live.Segment.Number, SegmentEnd.Time, live.Segment.DurationMax.TotalSeconds, default));
        var skipped = ChannelMachine.Decide(channel.State, new(1_000, channel.Now, new SkipOrdered("op", channel.State.Ledger.Version)), Plans.Of(Plate));
        Assert.NotNull(skipped.Refusal);
    }

    [Fact]
    public void A_silent_device_host_halts_a_run_and_hinders_a_start()
    {
        var running = Plating(Plate);
        running.Tell(new CauseFound(Reason.DeviceLost, "silent"));
        Assert.Equal(Reason.DeviceLost, Assert.IsType<Halted>(running.State).Causes[0].Reason);

        var idle = ChannelMachine.Decide(ChannelState.Initial, new(1, TimeSpan.Zero, new CauseFound(Reason.DeviceLost, "silent")), Plans.Of(Plate)).Next;
        Assert.IsType<Idle>(idle);
        Assert.Contains(Reason.DeviceLost, idle.Ledger.Present);
        var gone = ChannelMachine.Decide(idle, new(2, TimeSpan.Zero, new CauseGone(Reason.DeviceLost)), Plans.Of(Plate)).Next;
        Assert.Empty(gone.Ledger.Present);
    }

    [Fact]
    public void What_was_decided_is_known_when_it_is_said_again()
    {
        var channel = Plating(Plate);
        var ledger = channel.State.Ledger;
        Assert.True(ledger.HasDecided(new SessionTicked(ledger.SessionEvent)));
        Assert.False(ledger.HasDecided(new SessionTicked(ledger.SessionEvent + 1)));
        Assert.True(ledger.HasDecided(new Attached(1, AnyEvent.Token, 0, [], default)));
        Assert.False(ledger.HasDecided(new Attached(1, new(Guid.NewGuid(), 1), 0, [], default)));
        Assert.False(ledger.HasDecided(new CauseFound(Reason.Storage, "full")));
        // A restarted host has no token yet, and is sent the attachment of the host before it once more.
        var restarted = Rebase.ToThisClock(channel.State, TimeSpan.Zero).Ledger;
        Assert.True(restarted.HasDecided(new Attached(1, AnyEvent.Token, 0, [], default)));
    }

    private static ScriptedChannel Plating(params Step[] steps)
    {
        var channel = new ScriptedChannel(Plans.Of(steps));
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(2));
        Assert.NotNull(channel.State.OpenRun!.Live);
        return channel;
    }

    private static void Pause(ScriptedChannel channel)
    {
        channel.Tell(new PauseOrdered("op"));
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 1, new(Reason.OperatorPause, channel.Now, ""), Ordered: true));
    }

    private static void Resume(ScriptedChannel channel)
    {
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), channel.State.Ledger.Charge));
        channel.Tell(new ResumeOrdered("op", 1, channel.State.Ledger.Version));
        channel.Wait(TimeSpan.FromSeconds(2));
    }

    private static void PauseAndResume(ScriptedChannel channel)
    {
        Pause(channel);
        Resume(channel);
    }

    private static SpectrumAssessed Healthy(ScriptedChannel channel, int spectrum) =>
        new(AnyEvent.Run, spectrum, channel.Now.TotalSeconds, WarningLevel.Healthy, true, Reason.Completed, "healthy");
}
