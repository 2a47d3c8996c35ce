using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>Sweeps around rest after a halt for dendrite onset (docs/ARCHITECTURE.md, point 9): only these, only then, and nothing when anything else is amiss.</summary>
public sealed class ProbingTests
{
    private static readonly ChannelPlan Plan = Probed(Plans.Of(Plans.Plate()));

    [Fact]
    public void Three_sweeps_around_rest_follow_one_ten_and_sixty_minutes_after_the_confirmed_off()
    {
        var channel = HaltedByOnset();
        var off = channel.Now;
        List<double> minutes = [];
        for (var i = 0; i < 70 * 60; i++)
        {
            channel.Wait(TimeSpan.FromSeconds(1));
            if (channel.State is not Halted { Probe.Live: { } live })
                continue;
            minutes.Add((channel.Now - off).TotalMinutes);
            End(channel, live.Segment);
        }

        Assert.Equal([1, 10, 60], minutes.Select(minute => Math.Round(minute)));
        Assert.All(minutes.Zip([1.0, 10, 60]), pair => Assert.InRange(pair.First - pair.Second, 0, 0.05));
        var probes = channel.Sent.OfType<ArmProbe>().ToList();
        Assert.All(probes, probe => Assert.Equal((SegmentKind.Geis, 0.0, 1L), (probe.Segment.Kind, probe.Segment.Current.Amperes, probe.StopNumber)));
        // Twice 0.05 mA/cm² on 3.14 mm².
        Assert.All(probes, probe => Assert.Equal(3.1416e-6, probe.Segment.CurrentMax.Amperes, 1e-9));
        Assert.All(probes, probe => Assert.Equal(1.5708e-6, probe.Segment.Sweep!.AmplitudeAmperes, 1e-9));
        Assert.Equal(3, probes.Select(probe => probe.Segment.Number).Distinct().Count());
        Assert.Null(Assert.IsType<Halted>(channel.State).Probe);
        Assert.Equal([Reason.DendriteOnset], ((Halted)channel.State).Causes.Select(cause => cause.Reason));
    }

    [Fact]
    public void The_lease_is_kept_while_sweeps_are_to_come_and_no_longer()
    {
        var channel = HaltedByOnset();
        channel.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal(10, channel.Sent.OfType<RenewLease>().Count());
        channel.Tell(new HaltOrdered("op", "enough"));
        channel.Sent.Clear();
        channel.Wait(TimeSpan.FromMinutes(90));
        Assert.Empty(channel.Sent);
    }

    [Theory]
    [InlineData(Reason.DendriteOnset, false)]
    [InlineData(Reason.Blind, true)]
    public void Without_the_protocols_word_or_for_another_reason_nothing_follows(Reason reason, bool asked)
    {
        var channel = HaltedByOnset(asked ? Plan : Plans.Of(Plans.Plate()), reason);
        channel.Wait(TimeSpan.FromMinutes(59));
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public void A_sweep_waits_for_a_permit_and_one_that_is_ten_minutes_late_is_left_out()
    {
        var channel = HaltedByOnset();
        channel.Tell(new PermitChanged(channel.NextOrdinal(), Permit.Press, false, Reason.TripPress, "set-point"));
        channel.Wait(TimeSpan.FromMinutes(5));
        Assert.Empty(channel.Sent.OfType<ArmProbe>());
        channel.Tell(new PermitChanged(channel.NextOrdinal(), Permit.Press, true, Reason.TripPress, ""));
        channel.Wait(TimeSpan.FromSeconds(2));
        End(channel, Assert.Single(channel.Sent.OfType<ArmProbe>()).Segment);
        channel.Tell(new PermitChanged(channel.NextOrdinal(), Permit.Press, false, Reason.TripPress, "set-point"));
        channel.Wait(TimeSpan.FromMinutes(59));
        channel.Wait(TimeSpan.FromMinutes(10));
        Assert.Null(Assert.IsType<Halted>(channel.State).Probe);
        Assert.Single(channel.Sent.OfType<ArmProbe>());
    }

    [Fact]
    public void Each_sweep_that_is_ten_minutes_late_is_left_out_and_the_next_has_its_time()
    {
        var channel = HaltedByOnset();
        channel.Tell(new PermitChanged(channel.NextOrdinal(), Permit.Press, false, Reason.TripPress, "set-point"));
        channel.Wait(TimeSpan.FromMinutes(25));
        channel.Tell(new PermitChanged(channel.NextOrdinal(), Permit.Press, true, Reason.TripPress, ""));
        channel.Wait(TimeSpan.FromMinutes(34));
        Assert.Empty(channel.Sent.OfType<ArmProbe>());
        channel.Wait(TimeSpan.FromMinutes(2));
        Assert.Single(channel.Sent.OfType<ArmProbe>());
    }

    [Fact]
    public void A_refused_sweep_is_not_tried_again_before_the_next_time()
    {
        var channel = HaltedByOnset();
        channel.Wait(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));
        var first = Assert.Single(channel.Sent.OfType<ArmProbe>()).Segment;
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), first.Number, SegmentEnd.Aborted, 1, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), default));
        channel.Wait(TimeSpan.FromMinutes(8));
        Assert.Single(channel.Sent.OfType<ArmProbe>());
        channel.Wait(TimeSpan.FromMinutes(2));
        Assert.Equal(2, channel.Sent.OfType<ArmProbe>().Count());
    }

    [Fact]
    public void A_sweep_that_was_stopped_before_it_began_is_over_and_keeps_neither_lease_nor_acknowledge()
    {
        var channel = HaltedByOnset(armsProbes: false);
        channel.Wait(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));
        var sent = Assert.Single(channel.Sent.OfType<ArmProbe>()).Segment;
        // A second halting verdict overtakes the instrument's answer: the session says that the sweep ended, but never that it began.
        channel.Tell(new SpectrumAssessed(AnyEvent.Run, null, channel.Now.TotalSeconds, WarningLevel.Halt, false, Reason.DendriteOnset, "drawn"));
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 2, new(Reason.DendriteOnset, channel.Now, "drawn"), Ordered: true));
        var before = channel.State.OpenRun!.StepCoulombs;
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), sent.Number, SegmentEnd.Aborted, 1, new(default, new(1e-6))));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), channel.State.Ledger.Charge));
        Assert.Equal(before, channel.State.OpenRun!.StepCoulombs);
        Assert.False(Assert.IsType<Halted>(channel.State).Probe!.IsOut());
        channel.Wait(TimeSpan.FromMinutes(10));
        Assert.Equal(2, channel.Sent.OfType<ArmProbe>().Count());
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), sent.Number + 1, SegmentEnd.Aborted, 1, default));
        channel.Tell(new Acknowledged("op", [Reason.DendriteOnset]));
        Assert.IsType<Idle>(channel.State);
    }

    [Fact]
    public void An_acknowledge_waits_for_a_sweep_that_is_under_way_and_ends_those_to_come()
    {
        var channel = HaltedByOnset();
        channel.Wait(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));
        channel.Tell(new Acknowledged("op", [Reason.DendriteOnset]));
        End(channel, Assert.IsType<Halted>(channel.State).Probe!.Live!.Segment);
        channel.Tell(new Acknowledged("op", [Reason.DendriteOnset]));
        Assert.IsType<Idle>(channel.State);
        channel.Sent.Clear();
        channel.Wait(TimeSpan.FromMinutes(59));
        Assert.DoesNotContain(channel.Sent, command => command.Energises);
    }

    [Fact]
    public void A_new_owner_or_a_restarted_host_probes_no_more()
    {
        var channel = HaltedByOnset();
        Assert.Null(((Halted)Rebase.ToThisClock(channel.State, TimeSpan.Zero)).Probe);
        channel.Tell(new Attached(channel.NextOrdinal(), AnyEvent.Token with { Counter = 2 }, 1, [], default));
        Assert.Null(Assert.IsType<Halted>(channel.State).Probe);
    }

    [Fact]
    public void Whatever_happens_a_halted_channel_is_given_no_more_than_three_sweeps_around_rest_and_none_beside_another_cause()
    {
        var armed = 0;
        Gen.Frequency((6, Gen.Const((ChannelEvent?)null)), (1, AnyEvent.One.Select(happened => (ChannelEvent?)happened))).Array[20, 120].Sample(
            history =>
            {
                var channel = HaltedByOnset();
                var probes = 0;
                foreach (var happened in history)
                {
                    var (before, sent) = (channel.State, channel.Sent.Count);
                    if (happened is null)
                        channel.Wait(TimeSpan.FromSeconds(40));
                    else
                        channel.Tell(happened);
                    // An acknowledge and a new start are another story.
                    if (before is not Halted || channel.State is not Halted)
                        return;
                    foreach (var command in channel.Sent.Skip(sent).Where(command => command.Energises))
                    {
                        var probe = Assert.IsType<ArmProbe>(command);
                        Assert.Equal((SegmentKind.Geis, 0.0), (probe.Segment.Kind, probe.Segment.Current.Amperes));
                        Assert.Equal([Reason.DendriteOnset], ((Halted)before).Causes.Select(cause => cause.Reason));
                        Assert.Equal(before.Ledger.StopNumber, probe.StopNumber);
                        probes++;
                        Interlocked.Increment(ref armed);
                    }

                    if (channel.State is Halted { Probe.Live: { } live })
                        End(channel, live.Segment);
                }

                Assert.InRange(probes, 0, 3);
            },
            iter: 400);
        Assert.True(armed > 200, $"only {armed} sweeps: this test sees too few");
    }

    private static ChannelPlan Probed(ChannelPlan plan) => plan with
    {
        Safety = plan.Safety with { AfterHalt = new(Plans.Sweep with { Lowest = new(1) }, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05)) },
    };

    /// <summary>A channel that plated, was halted and is confirmed off; what it sent before is forgotten.</summary>
    private static ScriptedChannel HaltedByOnset(ChannelPlan? plan = null, Reason reason = Reason.DendriteOnset, bool armsProbes = true)
    {
        var channel = new ScriptedChannel(plan ?? Plan) { ArmsProbes = armsProbes };
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(10));
        channel.Tell(new SpectrumAssessed(AnyEvent.Run, 0, channel.Now.TotalSeconds, WarningLevel.Halt, true, reason, "drawn"));
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 1, new(reason, channel.Now, "drawn"), Ordered: true));
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), 1, SegmentEnd.Aborted, 10, channel.State.Ledger.Charge));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), channel.State.Ledger.Charge));
        channel.Sent.Clear();
        return channel;
    }

    private static void End(ScriptedChannel channel, Segment segment)
    {
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), segment.Number, SegmentEnd.Time, segment.DurationMax.TotalSeconds, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), default));
    }
}
