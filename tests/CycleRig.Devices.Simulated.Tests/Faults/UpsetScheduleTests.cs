using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Tests.Instruments;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Faults;

/// <summary>Every upset does what its kind says, seen by a listener at the channel.</summary>
public sealed class UpsetScheduleTests
{
    private const double Amperes = 15.7e-6;

    [Fact]
    public void A_pulled_cable_says_so_and_the_segment_ends_by_itself_in_time()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.CablePulled, 20, 100));
        bench.Channel.Arm(ChannelBench.Segment(60));
        bench.Run(115);
        bench.Channel.Abort(); // Lost on the way.
        bench.Run(200);
        Assert.Equal(20, Assert.Single(bench.HeardOf<InstrumentLost>()), 0.11);
        Assert.Equal(120, Assert.Single(bench.HeardOf<InstrumentFound>()), 0.11);
        Assert.Empty(bench.SamplesBetween(20.2, 119.8));
        Assert.NotEmpty(bench.SamplesBetween(120.2, 121));
        Assert.Empty(bench.HeardOf<InstrumentEnded>());
        Assert.Empty(bench.HeardOf<InstrumentIdle>());
        Assert.Equal(60 * Amperes, bench.Channel.Truth.PlatedCoulombs, 2e-6);
    }

    [Fact]
    public void A_link_that_is_broken_twice_is_found_once_when_it_is_whole()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.CablePulled, 10, 20), ChannelBench.Upset(UpsetKind.Reboot, 20, 30));
        bench.Run(100);
        Assert.Equal(2, bench.HeardOf<InstrumentLost>().Count());
        Assert.Equal(50, Assert.Single(bench.HeardOf<InstrumentFound>()), 0.11);
    }

    [Fact]
    public void A_half_open_link_is_silent_and_says_nothing_of_it()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.HalfOpen, 20, 30));
        bench.Channel.Arm(ChannelBench.Segment(60));
        bench.Run(100);
        Assert.Empty(bench.HeardOf<InstrumentLost>());
        Assert.Empty(bench.HeardOf<InstrumentFound>());
        Assert.Empty(bench.SamplesBetween(20.05, 49.95));
        Assert.NotEmpty(bench.SamplesBetween(50.05, 50.95));
        Assert.Equal(60, Assert.Single(bench.HeardOf<InstrumentEnded>()), 0.2);
    }

    [Fact]
    public void A_reboot_turns_the_cell_off_forgets_segment_and_queue_and_begins_its_clock_anew()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.Reboot, 20, 5));
        bench.Channel.Arm(ChannelBench.Segment(60));
        bench.Run(10);
        bench.Channel.Queue(ChannelBench.Segment(60, 2));
        bench.Time.After(TimeSpan.FromSeconds(9.995), bench.Channel.Abort); // On its way when the instrument restarts.
        bench.Run(200);
        Assert.Equal(20 * Amperes, bench.Channel.Truth.PlatedCoulombs, 2e-6);
        Assert.Single(bench.HeardOf<InstrumentLost>());
        Assert.Equal(25, Assert.Single(bench.HeardOf<InstrumentFound>()), 0.11);
        Assert.Empty(bench.HeardOf<InstrumentEnded>());
        Assert.Empty(bench.HeardOf<InstrumentIdle>());
        Assert.Equal(5, bench.Samples.First(heard => heard.Heard > 20.05).Sample.InstrumentSeconds, 0.2);
        Assert.All(bench.SamplesBetween(25, 200), sample => Assert.Equal(0, sample.Amperes, 1e-9));
    }

    [Fact]
    public void A_stuck_range_ends_at_its_full_scale()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.StuckRange, 20, 10, 1e-5));
        bench.Channel.Arm(ChannelBench.Segment(60));
        bench.Run(40);
        Assert.All(bench.SamplesBetween(20, 29.95), sample => Assert.Equal(-1e-5, sample.Amperes, 1e-12));
        Assert.All(bench.SamplesBetween(30.05, 40), sample => Assert.Equal(-Amperes, sample.Amperes, 1e-7));
        Assert.Equal(40 * Amperes, bench.Channel.Truth.PlatedCoulombs, 1e-6);
    }

    [Fact]
    public void A_sample_gap_has_no_samples_but_reports()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.SampleGap, 20, 60));
        bench.Channel.Arm(ChannelBench.Segment(60));
        bench.Run(100);
        Assert.Empty(bench.SamplesBetween(20.05, 79.95));
        Assert.Equal(60, Assert.Single(bench.HeardOf<InstrumentEnded>()), 0.2);
    }

    [Fact]
    public void A_clock_jumps_once_and_drifts_while_it_drifts()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.ClockJump, 20, 0, 100), ChannelBench.Upset(UpsetKind.ClockDrift, 40, 100, 0.01));
        bench.Run(300);
        Assert.Equal(19, At(19), 1e-6);
        Assert.Equal(130, At(30), 1e-6);
        Assert.Equal(190.5, At(90), 1e-6);
        Assert.Equal(301, At(200), 1e-6);

        double At(double seconds) => bench.Samples.First(heard => heard.Heard > seconds - 0.01).Sample.InstrumentSeconds;
    }

    [Theory]
    [InlineData(UpsetKind.SlowAnswers, 2.37)]
    [InlineData(UpsetKind.LateAnswers, 2.37)]
    [InlineData(UpsetKind.SlowAnswers, 0.05)]
    public void Slow_and_late_answers_come_later_and_in_their_order(UpsetKind kind, double late)
    {
        var bench = new ChannelBench(ChannelBench.Upset(kind, 20, 60, late));
        bench.Channel.Arm(ChannelBench.Segment(30));
        bench.Run(50);
        Assert.Equal(30.1 + late, Assert.Single(bench.HeardOf<InstrumentEnded>()), 0.11);
        bench.Run(120);
        Assert.Equal(bench.Samples.Select(heard => heard.Sample.InstrumentSeconds).Order(), bench.Samples.Select(heard => heard.Sample.InstrumentSeconds));
        Assert.Equal(1200, bench.Samples.Count);
        var plain = bench.Samples.First(heard => heard.Sample.InstrumentSeconds > 25);
        Assert.Equal(kind == UpsetKind.SlowAnswers ? late : 0, plain.Heard - plain.Sample.InstrumentSeconds, 1e-3);
        Assert.Equal(0, bench.Samples[^1].Heard - bench.Samples[^1].Sample.InstrumentSeconds, 1e-6);
    }

    [Fact]
    public void An_output_that_is_stuck_on_flows_until_the_relay_opens()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.OutputStuckOn, 20, 1000));
        bench.Channel.Arm(ChannelBench.Segment(60) with { ChargeMax = new(40 * Amperes) });
        bench.Run(30);
        bench.Channel.Abort();
        bench.Run(99.95);
        Assert.Equal(100 * Amperes, bench.Channel.Truth.PlatedCoulombs, 5e-6);
        Assert.Equal(-100 * Amperes, bench.Channel.State.Running!.Coulombs, 5e-6);
        bench.Feeds = false;
        bench.Relay.Open();
        bench.Run(200);
        Assert.Equal(100 * Amperes, bench.Channel.Truth.PlatedCoulombs, 5e-6);
        Assert.Equal(0, bench.Samples[^1].Sample.Amperes, 1e-7);
    }

    [Fact]
    public void Upsets_of_sweeps_reach_the_points()
    {
        double[] hertz = [1e5, 3e4, 1e4, 3e3, 1e3, 300];
        Assert.Equal(6, Points().Count);
        var frozen = Points(ChannelBench.Upset(UpsetKind.FrozenSpectra, 0, 100));
        Assert.Single(frozen.Select(point => point.RealOhms).Distinct());
        Assert.All(Points(ChannelBench.Upset(UpsetKind.ClippedSpectra, 0, 100, 2000)), point => Assert.InRange(Math.Sqrt((point.RealOhms * point.RealOhms) + (point.ImaginaryOhms * point.ImaginaryOhms)), 0, 2000.001));
        Assert.All(Points(ChannelBench.Upset(UpsetKind.InvalidPoints, 0, 100, 1)), point => Assert.True(double.IsNaN(point.RealOhms)));
        // The last one still says that the sweep is over.
        var missing = Assert.Single(Points(ChannelBench.Upset(UpsetKind.MissingPoints, 0, 100, 1)));
        Assert.True(missing.Last && double.IsNaN(missing.RealOhms));

        List<SweepPointMeasured> Points(params ChannelUpset[] upsets)
        {
            var bench = new ChannelBench(upsets);
            bench.Channel.Arm(ChannelBench.Sweeping(60, hertz));
            bench.Run(30);
            var points = bench.Reports.Select(heard => heard.Report).OfType<SweepPointMeasured>().ToList();
            Assert.Equal([.. Enumerable.Repeat(false, points.Count - 1), true], points.Select(point => point.Last));
            return points;
        }
    }

    [Fact]
    public void A_touched_connector_adds_exactly_its_resistance_at_once()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.LeadStep, 20.05, 0, 3.5));
        bench.Run(20);
        var before = bench.Channel.Cell.Impedance(1e12, 0).Real;
        bench.Run(20.1);
        Assert.Equal(3.5, bench.Channel.Cell.Impedance(1e12, 0).Real - before, 1e-6);
        bench.Run(200);
        Assert.Equal(3.5, bench.Channel.Cell.Impedance(1e12, 0).Real - before, 1e-3);
    }

    [Fact]
    public void A_soft_short_lowers_the_voltage_and_heals_and_a_sudden_one_stays()
    {
        var bench = new ChannelBench(ChannelBench.Upset(UpsetKind.SoftShort, 100, 0), ChannelBench.Upset(UpsetKind.SuddenShort, 2000, 0));
        bench.Channel.Arm(ChannelBench.Segment(4000));
        bench.Run(2500);
        Assert.Empty(bench.HeardOf<InstrumentEnded>());
        var (before, at, later) = (Volts(99), Volts(100.2), Volts(1900));
        // k 0.5 to 12 of R: by 8 to 67 %, less what has decayed within 0.2 s.
        Assert.InRange(at / before, 0.3, 0.93);
        Assert.InRange(later / before, 0.3, 1);
        Assert.Equal(1, bench.Channel.Truth.SoftShorts);
        // 440 Ω, the contacts and the leads.
        Assert.Equal(Amperes * 487, -Volts(2010), Amperes * 487 * 0.3);
        Assert.Equal(2000, bench.Channel.Truth.ShortSeconds!.Value, 0.2);

        double Volts(double seconds) => bench.Samples.First(heard => heard.Heard > seconds - 0.01).Sample.Volts;
    }

    [Fact]
    public void Only_the_first_of_those_that_overlap_acts_and_none_outside_its_time()
    {
        var schedule = new UpsetSchedule([ChannelBench.Upset(UpsetKind.Mains, 20, 10, 2), ChannelBench.Upset(UpsetKind.Mains, 10, 15, 1), ChannelBench.Upset(UpsetKind.HalfOpen, 0, 100)]);
        Assert.Null(schedule.Active(UpsetKind.Mains, 9.99));
        Assert.Equal(1, schedule.Active(UpsetKind.Mains, 10)!.Size);
        Assert.Equal(1, schedule.Active(UpsetKind.Mains, 24.99)!.Size);
        Assert.Equal(2, schedule.Active(UpsetKind.Mains, 25)!.Size);
        Assert.Null(schedule.Active(UpsetKind.Mains, 30));
    }

    [Fact]
    public void Chance_brings_its_rate_times_the_minutes()
    {
        var counts = Enumerable.Range(1, 100).Select(seed => UpsetSchedule.Drawn(
            [ChannelBench.Upset(UpsetKind.Reboot, 5, 1)], [new(UpsetKind.SampleGap, 0.05, TimeSpan.FromSeconds(3), 0)], TimeSpan.FromMinutes(1000), new(seed, "upsets")).All).ToList();
        // Each 50, sd 6.9 of a binomial law; the mean of 100 to 4 sd.
        Assert.Equal(50, counts.Average(all => all.Length - 1), 4 * 0.69);
        Assert.All(counts, all => Assert.InRange(all.Length - 1, 50 - 35, 50 + 35));
        Assert.All(counts, all => Assert.Equal(1, all.Count(upset => upset.Kind == UpsetKind.Reboot)));
        Assert.All(counts.SelectMany(all => all), upset => Assert.InRange(upset.At, TimeSpan.Zero, TimeSpan.FromMinutes(1000)));
    }
}
