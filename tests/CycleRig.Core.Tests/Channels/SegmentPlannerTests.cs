using System.Collections.Immutable;
using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>Which sweeps a segment has, and how much current: by the protocol, by the early warning's schedule, after a warning.</summary>
public sealed class SegmentPlannerTests
{
    private static readonly ImmutableArray<double> Sentinel = [3e6, 1e6, 3e5, 1e5, 3e4, 1e4, 3e3, 1.01e3];

    /// <summary>Of eight points: 0.2 s to begin, and 60 ms and at least 50 ms for each.</summary>
    private const double SentinelSeconds = 0.2 + (8 * (0.06 + 0.05));

    private static readonly Gen<SweepSchedule> Schedules = Gen.Select(Gen.Double[0.1, 90], Gen.Double[30, 400], Gen.Int[0, 30]).Select(
        (every, whole, points) => new SweepSchedule([.. Enumerable.Range(0, points).Select(i => 3e6 * Math.Pow(1.01e3 / 3e6, i / (double)Math.Max(1, points - 1)))], every, whole));

    [Fact]
    public void Before_a_schedule_there_are_whole_sweeps_alone_and_then_sentinels_fill_what_is_left()
    {
        var channel = Plating(Plans.Plate());
        Assert.Null(Live(channel).Sentinels);
        Assert.NotNull(Live(channel).Sweep);
        channel.Tell(Planned(10));
        var next = Next(channel);
        var whole = StepExposure.SweepSeconds(Plans.Sweep, Plans.Instrument);
        Assert.NotNull(next.Sweep);
        Assert.Equal(1 + (int)((60 - whole - (1.1 * SentinelSeconds)) / 10), next.Sentinels!.Count);
        Assert.Equal(next.Sweep.Index + 1, next.Sentinels.FirstIndex);
        Assert.Equal(next.Sentinels.FirstIndex + next.Sentinels.Count, channel.State.OpenRun!.Sweeps);
        Assert.Equal(Sentinel, next.Sentinels.FrequenciesHz);
    }

    [Fact]
    public void On_watch_one_sentinel_follows_the_other()
    {
        var channel = Plating(Plans.Plate());
        channel.Tell(Planned(10));
        channel.Tell(Verdict(channel, WarningLevel.Watch));
        var next = Next(channel).Sentinels!;
        Assert.Equal(SentinelSeconds, next.EverySeconds, 1e-9);
        Assert.True(next.Count > 15, $"{next.Count} sweeps");
    }

    [Fact]
    public void Whole_sweeps_come_as_seldom_as_the_schedule_says_where_the_protocol_leaves_it_open()
    {
        Assert.Equal([0, 2, 4, 6], Whole(Plating(Plans.Plate())));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Whole(Plating(Plans.Plate(every: TimeSpan.FromSeconds(60)))));

        static List<int> Whole(ScriptedChannel channel)
        {
            channel.Tell(Planned(10, 120));
            List<Segment> ran = [Live(channel)];
            while (ran.Count < 7)
                ran.Add(Next(channel));
            return [.. ran.Index().Where(each => each.Item.Sweep is not null).Select(each => each.Index)];
        }
    }

    [Fact]
    public void Above_1_mA_a_whole_sweep_stops_at_10_Hz_and_below_it_goes_to_its_end()
    {
        Assert.Equal(0.5, Live(Plating(Plans.Plate(-1))).Sweep!.FrequenciesHz.Min(), 1e-9);
        var high = Live(Plating(Plans.Plate(-1.2))).Sweep!.FrequenciesHz;
        Assert.InRange(high.Min(), 10, 12.6);
        Assert.Equal(Plans.Sweep.FrequenciesHz()[..high.Length], high, (one, other) => Math.Abs((one / other) - 1) < 1e-9);
    }

    [Fact]
    public void Whatever_is_scheduled_the_sweeps_fit_their_segment_and_keep_within_its_current()
    {
        Gen.Select(Schedules, Gen.Double[0.05, 2.5], Gen.Bool).Sample((schedule, density, watch) =>
        {
            var channel = Plating(Plans.Plate(-density));
            channel.Tell(new SweepsPlanned(AnyEvent.Run, schedule, "drawn"));
            if (watch)
                channel.Tell(Verdict(channel, WarningLevel.Watch));
            var indices = new List<int>();
            for (var i = 0; i < 3; i++)
            {
                var next = Next(channel);
                var planned = Math.Min(60, 36 / (density * 1));
                Assert.True(Lasts(next) <= planned + 1e-9, $"{Lasts(next)} s of sweeps in {planned} s");
                Assert.True(next.CurrentMax.Amperes >= next.Current.Magnitude.Amperes + next.SineAmperes);
                indices.AddRange(Enumerable.Range(0, next.SweepCount).Select(place => next.SweepAt(place)!.Index));
            }

            Assert.Equal(indices.Distinct().Order(), indices);
        });

        static double Lasts(Segment segment)
        {
            var whole = segment.Sweep is { } sweep ? StepExposure.SweepSeconds(sweep.FrequenciesHz, 3, Plans.Instrument) : 0;
            return segment.Sentinels is not { } sentinels
                ? whole
                : whole + ((sentinels.Count - 1) * sentinels.EverySeconds) + StepExposure.SweepSeconds(sentinels.FrequenciesHz, 3, Plans.Instrument);
        }
    }

    [Fact]
    public void A_warning_lowers_the_current_where_the_protocol_asks_for_it_until_the_run_ends()
    {
        var plain = Plating(Plans.Plate());
        plain.Tell(Verdict(plain, WarningLevel.Warning));
        Assert.Equal(Live(plain).Current, Next(plain).Current);

        var channel = Plating(Derating(Plans.Plate(), Plans.Plate(0.3) with { Label = "strip" }));
        var full = Live(channel).Current.Amperes;
        channel.Tell(Verdict(channel, WarningLevel.Warning));
        Assert.Contains("40 %", Assert.Single(channel.Sent.OfType<RaiseAlarm>()).Text, StringComparison.Ordinal);
        Assert.Equal(0.4 * full, Next(channel).Current.Amperes, 1e-12);
        // A level that falls again does not raise the current, and later steps are lowered too.
        channel.Tell(Verdict(channel, WarningLevel.Healthy));
        var ran = channel.RunSegments();
        Assert.All(ran, segment => Assert.True(segment.Current.Magnitude.Amperes <= 0.4 * (segment.Current.Amperes < 0 ? Math.Abs(full) : 0.6 * Math.Abs(full)) + 1e-12));
        Assert.Contains(ran, segment => segment.Current.Amperes > 0);
        Assert.IsType<Completed>(channel.State);
    }

    [Fact]
    public void What_a_lowered_current_takes_longer_is_in_the_allowance_and_the_capacity_is_the_same()
    {
        var (plain, lowered) = (Plans.Of(Plans.Plate()).Allowance(0), Derating(Plans.Plate()).Allowance(0));
        Assert.Equal(plain.Charge, lowered.Charge);
        Assert.Equal(plain.CurrentMax, lowered.CurrentMax);
        Assert.True(lowered.Duration >= TimeSpan.FromHours(2 / 0.4));
        var timed = Plans.Plate() with { Ends = new(TimeSpan.FromHours(1), null, null) };
        Assert.Equal(Plans.Of(timed).Allowance(0).Duration, Derating(timed).Allowance(0).Duration);

        var channel = Plating(Derating(Plans.Plate()));
        channel.Tell(Verdict(channel, WarningLevel.Warning));
        var passed = channel.RunSegments().Sum(s => Math.Min(s.ChargeMax.Coulombs, s.Current.Magnitude.Amperes * s.DurationMax.TotalSeconds));
        Assert.Equal(1, passed / Plans.Cell.Area.SquareMetres / 36_000, 1e-3);
    }

    [Fact]
    public void After_a_warning_nothing_is_armed_above_the_lowered_current_but_what_was_on_its_way()
    {
        Gen.Select(Gen.Int[1, 59], Gen.Double[0.05, 0.95]).Sample((second, share) =>
        {
            var channel = Plating(Derating(share, Plans.Plate()));
            channel.Wait(TimeSpan.FromSeconds(second));
            var sent = channel.Sent.Count;
            var full = Live(channel).Current.Magnitude.Amperes;
            channel.Tell(Verdict(channel, WarningLevel.Warning));
            channel.Finish(Live(channel));
            channel.Wait(TimeSpan.FromSeconds(70));
            Assert.All(channel.Sent.Skip(sent).OfType<ArmSegment>(), arm => Assert.True(arm.Segment.Current.Magnitude.Amperes <= (share * full) + 1e-15));
        });
    }

    /// <summary>The disk is slow, and the warning comes between the decision for a segment and its release: the sweep that is due stays in it.</summary>
    [Fact]
    public void A_segment_that_waits_for_the_disk_goes_out_lowered_with_all_its_sweeps()
    {
        var plan = Derating(Plans.Plate());
        var channel = new ScriptedChannel(plan) { DiskAnswers = false };
        channel.Start();
        for (var number = 1; channel.State.OpenRun!.Wanted is null; number++)
            channel.Tell(new Durable(number));
        var wanted = channel.State.OpenRun!.Wanted!.Segment;
        channel.Tell(Verdict(channel, WarningLevel.Warning));
        channel.Tell(new Durable(1000));
        var armed = Assert.Single(channel.Sent.OfType<ArmSegment>()).Segment;
        Assert.Equal(0.4 * wanted.Current.Amperes, armed.Current.Amperes, 1e-15);
        Assert.Equal(wanted.Sweep, armed.Sweep);
        Assert.True(armed.CurrentMax < wanted.CurrentMax);
    }

    [Fact]
    public void A_warning_while_the_run_is_paused_is_told_and_lowers_what_follows()
    {
        var channel = Plating(Derating(Plans.Plate()));
        var full = Live(channel).Current.Amperes;
        channel.Tell(new PauseOrdered("op"));
        channel.Tell(new SessionStopped(channel.NextOrdinal(), 1, new(Reason.OperatorPause, channel.Now, ""), Ordered: true));
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), 1, SegmentEnd.Aborted, 2, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), channel.State.Ledger.Charge));
        channel.Tell(Verdict(channel, WarningLevel.Warning));
        Assert.Contains("40 %", Assert.Single(channel.Sent.OfType<RaiseAlarm>()).Text, StringComparison.Ordinal);
        channel.Tell(new ResumeOrdered("op", 1, channel.State.Ledger.Version));
        channel.Wait(TimeSpan.FromSeconds(2));
        var check = Live(channel);
        channel.Tell(new SegmentEnded(channel.NextOrdinal(), check.Number, SegmentEnd.Time, 20, default));
        channel.Tell(new OffConfirmed(channel.NextOrdinal(), channel.State.Ledger.Charge));
        channel.Tell(Verdict(channel, WarningLevel.Healthy) with { Spectrum = check.Sweep!.Index });
        channel.Wait(TimeSpan.FromSeconds(3));
        Assert.Equal(0.4 * full, Live(channel).Current.Amperes, 1e-15);
    }

    private static ChannelPlan Derating(params Step[] steps) => Derating(0.4, steps);

    private static ChannelPlan Derating(double share, params Step[] steps) => Plans.Of(steps) with { Safety = SafetyTerms.Default with { DerateTo = share, BlindLimit = TimeSpan.FromDays(1) } };

    private static ScriptedChannel Plating(Galvanostatic step) => Plating(Plans.Of(step) with { Safety = SafetyTerms.Default with { BlindLimit = TimeSpan.FromDays(1) } });

    private static ScriptedChannel Plating(ChannelPlan plan)
    {
        var channel = new ScriptedChannel(plan);
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(2));
        return channel;
    }

    private static Segment Live(ScriptedChannel channel) => channel.State.OpenRun!.Live!.Segment;

    /// <summary>The segment behind the live one, planned while that runs.</summary>
    private static Segment Next(ScriptedChannel channel)
    {
        var live = channel.State.OpenRun!.Live!;
        channel.Wait(live.Began + live.Segment.DurationMax - channel.Now);
        channel.Finish(live.Segment);
        return Live(channel);
    }

    private static SweepsPlanned Planned(double every, double whole = 60) => new(AnyEvent.Run, new(Sentinel, every, whole), "planned by the test");

    private static SpectrumAssessed Verdict(ScriptedChannel channel, WarningLevel level) =>
        new(AnyEvent.Run, 0, channel.Now.TotalSeconds, level, true, Reason.DendriteOnset, "drawn");
}
