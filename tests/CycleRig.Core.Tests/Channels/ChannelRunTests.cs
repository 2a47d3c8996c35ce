using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>Runs of the machine, step by step, with a session that answers as it should.</summary>
public sealed class ChannelRunTests
{
    private static readonly ChannelPlan PlateAndStop = Plans.Of(
        new Galvanostatic("plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.5),
            new(null, ArealCapacity.FromMicroampereHoursPerSquareCentimetre(10), null), null),
        new Rest("watch", TimeSpan.FromDays(15)));

    [Fact]
    public void Ten_microampere_hours_are_ordered_exactly_and_then_the_cell_rests_for_fifteen_days()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        var ordered = channel.RunSegments();
        Assert.Equal(10, ordered.Sum(s => Math.Min(s.ChargeMax.Coulombs, Math.Abs(s.Current.Amperes) * s.DurationMax.TotalSeconds)) / Plans.Cell.Area.SquareMetres / 36, 6);
        Assert.Equal(1, Assert.IsType<Running>(channel.State).Progress.Step);
        channel.Wait(TimeSpan.FromDays(15) - TimeSpan.FromMinutes(5));
        Assert.IsType<Running>(channel.State);
        channel.Wait(TimeSpan.FromMinutes(10));
        Assert.IsType<Completed>(channel.State);
    }

    [Fact]
    public void Nothing_is_armed_while_the_disk_does_not_answer()
    {
        var channel = new ScriptedChannel(PlateAndStop) { DiskAnswers = false };
        channel.Start();
        channel.Wait(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(channel.Sent, command => command.Energises);
    }

    [Fact]
    public void The_upper_part_of_a_sweep_is_judged_as_a_part_and_its_halt_turns_the_cell_off()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(10));
        var part = new Spectrum(0, 0, []);
        channel.Tell(new SpectrumPartMeasured(channel.NextOrdinal(), 1, part));
        Assert.Equal(new AssessSpectrum(part, IsPart: true), channel.Sent[^1]);
        channel.Tell(new SpectrumAssessed(channel.State.OpenRun!.Run, 0, 5, WarningLevel.Halt, true, Reason.DendriteOnset, "in mid-sweep"));
        Assert.Equal(Reason.DendriteOnset, Assert.Single(Assert.IsType<Halted>(channel.State).Causes).Reason);
        Assert.False(Assert.Single(channel.Sent.OfType<CellOff>()).Finish);
    }

    [Fact]
    public void Current_without_a_verdict_halts_after_the_blind_limit()
    {
        var plan = Plans.Of(new Galvanostatic(
            "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.1), new(null, ArealCapacity.FromMilliampereHoursPerSquareCentimetre(1), null), null));
        var channel = new ScriptedChannel(plan);
        channel.Start();
        channel.RunSegments();
        var halted = Assert.IsType<Halted>(channel.State);
        Assert.Equal(Reason.Blind, halted.Causes[0].Reason);
        Assert.InRange(channel.Now - channel.StartedAt, plan.Safety.BlindLimit, plan.Safety.BlindLimit + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Short_plating_steps_add_up_to_the_blind_limit()
    {
        var plate = new Galvanostatic("plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-0.1), new(TimeSpan.FromMinutes(4), null, null), null);
        var channel = new ScriptedChannel(Plans.Of(plate, plate with { Label = "again" }, plate with { Label = "and-again" }));
        channel.Start();
        for (var step = 0; step < 3; step++)
            channel.RunSegments();
        Assert.Equal(Reason.Blind, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
        Assert.InRange(channel.State.Ledger.BlindSeconds, 600, 605);
    }

    [Fact]
    public void A_clock_that_stands_still_does_not_hide_blindness()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(2));
        var sample = channel.State.Ledger.Sample!.Value;
        // The same instrument time again and again, while charge goes on: 1.2 times what 10 min at 15.7 µA pass.
        for (var coulombs = 0.0; coulombs < 1.3 * 600 * 15.7e-6; coulombs += 1e-4)
            channel.Tell(new SampleMeasured(channel.NextOrdinal(), sample, new(new(-coulombs), new(coulombs))));
        Assert.Equal(Reason.Blind, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
    }

    [Fact]
    public void A_start_that_looked_at_another_state_is_refused()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        channel.Tell(new HaltOrdered("op", "look"));
        channel.Tell(new Acknowledged("op", [Reason.OperatorHalt]));
        var idle = Assert.IsType<Idle>(channel.State);
        channel.Tell(new StartOrdered("op", AnyEvent.Run, null, 0, idle.Ledger.Version - 1));
        Assert.IsType<Idle>(channel.State);
        channel.Tell(new StartOrdered("op", AnyEvent.Run, null, 0, channel.State.Ledger.Version));
        Assert.IsType<Running>(channel.State);
    }

    [Fact]
    public void A_start_from_a_step_carries_the_charge_over_and_one_without_begins_at_zero()
    {
        foreach (var (from, carried) in new (int?, bool)[] { (1, true), (null, false) })
        {
            var channel = new ScriptedChannel(PlateAndStop);
            channel.Start();
            channel.Wait(TimeSpan.FromSeconds(20));
            channel.Tell(new HaltOrdered("op", "look"));
            channel.Tell(new Acknowledged("op", [Reason.OperatorHalt]));
            var passed = channel.State.Ledger.Charge.Measured.Coulombs;
            Assert.True(passed < -1e-4);
            channel.Sent.Clear();
            channel.Tell(new StartOrdered("op", AnyEvent.Run, from, 0, channel.State.Ledger.Version));
            Assert.Equal(carried ? passed : 0, channel.State.Ledger.Charge.Measured.Coulombs);
            Assert.Equal(!carried, Assert.Single(channel.Sent.OfType<GrantAllowance>()).NewRun);
        }
    }

    [Fact]
    public void A_grant_renews_the_lease_by_what_was_decided_and_by_nothing_else()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        var (grant, renewal) = (channel.Sent.FindIndex(c => c is GrantAllowance), channel.Sent.FindIndex(c => c is RenewLease));
        Assert.True(grant >= 0 && renewal == grant + 1);
    }

    [Fact]
    public void A_session_that_understood_another_allowance_halts_the_run()
    {
        var channel = new ScriptedChannel(PlateAndStop) { EchoesAllowance = false };
        channel.Start();
        Assert.Equal(Reason.Internal, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
        Assert.DoesNotContain(channel.Sent, command => command is ArmSegment);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_device_host_that_restarted_alone_halts_a_paused_and_a_running_channel(bool paused, bool restartedHostToo)
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        if (paused)
            channel.Tell(new PauseOrdered("op"));
        if (restartedHostToo)
            channel.Tell(new HostRestarted(true));
        channel.Tell(new Attached(channel.NextOrdinal(), new(Guid.CreateVersion7(), 1), 0, [], default));
        Assert.Equal(Reason.Restart, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
    }

    [Fact]
    public void A_stop_between_decision_and_disk_voids_the_arm()
    {
        var channel = new ScriptedChannel(PlateAndStop) { DiskAnswers = false };
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(2));
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 1, new(Reason.LimitVoltage, channel.Now, "guard"), Ordered: false));
        channel.Tell(new Durable(long.MaxValue));
        Assert.DoesNotContain(channel.Sent, command => command.Energises);
        Assert.IsType<Halted>(channel.State);
    }

    [Fact]
    public void Acknowledge_and_resume_are_two_steps_and_a_check_spectrum_comes_before_current()
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 1, new(Reason.LeaseLost, channel.Now, "lease"), Ordered: false));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), default));
        channel.Tell(new Acknowledged("op", [Reason.LeaseLost]));
        Assert.IsType<Paused>(channel.State);
        channel.Sent.Clear();
        channel.Tell(new ResumeOrdered("op", 1, channel.State.Ledger.Version));
        channel.Wait(TimeSpan.FromSeconds(3));
        var first = Assert.Single(channel.Sent.OfType<ArmSegment>()).Segment;
        Assert.Equal(SegmentKind.Peis, first.Kind);
        channel.Finish(first);
        channel.Tell(new SpectrumAssessed(AnyEvent.Run, 0, channel.Now.TotalSeconds, WarningLevel.Healthy, true, Reason.Completed, ""));
        channel.Wait(TimeSpan.FromSeconds(3));
        Assert.Equal(SegmentKind.Galvanostatic, channel.Sent.OfType<ArmSegment>().Last().Segment.Kind);
    }

    [Theory]
    [InlineData(true, true, Reason.LeaseLost, true)]
    [InlineData(false, true, Reason.LeaseLost, false)]
    [InlineData(true, false, Reason.LeaseLost, false)]
    [InlineData(true, true, Reason.LimitVoltage, false)]
    public void A_restarted_host_goes_on_only_by_the_restart_rule(bool sameBoot, bool rebuilt, Reason stop, bool goesOn)
    {
        var channel = new ScriptedChannel(PlateAndStop);
        channel.Start();
        channel.Tell(new HostRestarted(rebuilt));
        var token = sameBoot ? AnyEvent.Token with { Counter = 2 } : new OwnerToken(Guid.CreateVersion7(), 1);
        channel.Tell(new Attached(channel.NextOrdinal(), token, 1, [new(1, new(stop, channel.Now, "meanwhile"))], default));
        if (goesOn)
            Assert.NotNull(Assert.IsType<Running>(channel.State).Progress.Check);
        else
            Assert.Equal(Reason.Restart, Assert.IsType<Halted>(channel.State).Causes[0].Reason);
    }
}
