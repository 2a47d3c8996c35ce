using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Tests.Sessions;

/// <summary>The points of the session's contract (docs/ARCHITECTURE.md), each by its number.</summary>
public sealed class SessionMachineTests
{
    [Fact]
    public void Point_1_a_stop_raises_the_number_before_the_abort_and_voids_every_arm_until_a_grant()
    {
        var session = Plating();
        var before = session.StopNumber;
        session.Machine.Trip(session.Now, Reason.TripEstop, "e-stop");
        Assert.Equal(before + 1, session.StopNumber);
        session.Pass(2);
        session.Wire.Clear();
        session.Arm(2, stopNumber: before);
        session.Arm(3, stopNumber: before + 1);
        Assert.DoesNotContain(session.Wire, bytes => bytes.StartsWith("arm", StringComparison.Ordinal));
        session.Grant(before);
        session.Arm(4);
        Assert.DoesNotContain(session.Wire, bytes => bytes.StartsWith("arm", StringComparison.Ordinal));
        session.Grant(before + 1);
        session.Arm(5);
        Assert.Contains("arm 5", session.Wire);
    }

    [Fact]
    public void Point_2_an_arm_that_saw_nothing_for_three_seconds_is_refused()
    {
        var session = Attached();
        var seen = session.NewestEvent;
        session.Pass(3.2);
        session.Arm(1, seen: seen);
        Assert.Contains("older than 3 s", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
        session.Arm(2);
        Assert.True(session.CellIsOn);
    }

    [Fact]
    public void Point_2_the_lease_runs_five_seconds_from_the_event_that_was_decided()
    {
        var session = Plating();
        session.Renews = false;
        session.Pass(4.4);
        Assert.True(session.CellIsOn);
        session.Pass(1.2);
        Assert.False(session.CellIsOn);
        Assert.Equal(Reason.LeaseLost, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Fact]
    public void Point_2_a_renewal_that_cites_an_old_event_does_not_lengthen_the_lease()
    {
        var session = Plating();
        session.Renews = false;
        var old = session.NewestEvent;
        for (var i = 0; i < 8 && session.CellIsOn; i++)
        {
            session.Pass(1);
            session.Machine.Order(session.Now, new RenewLease(session.Token, old));
        }

        Assert.False(session.CellIsOn);
    }

    [Fact]
    public void Point_3_the_newest_owner_wins_and_a_change_of_owner_stops_the_channel()
    {
        var session = Plating();
        var former = session.Token;
        session.Machine.Attach(session.Now);
        Assert.False(session.CellIsOn);
        session.Pass(2);
        session.Grant();
        session.Arm(2, token: former);
        Assert.False(session.CellIsOn);
        session.Arm(3, token: new(Guid.Empty, 9));
        Assert.False(session.CellIsOn);
        session.Arm(4);
        Assert.True(session.CellIsOn);
    }

    [Fact]
    public void Point_3_a_session_begins_by_turning_its_cell_off() => Assert.Equal("abort", new ScriptedSession().Wire[0]);

    [Fact]
    public void Point_4_an_off_that_is_not_confirmed_within_two_seconds_opens_the_relay()
    {
        var session = Plating();
        session.StuckOn = true;
        session.Machine.Trip(session.Now, Reason.TripEstop, "e-stop");
        var asked = session.Now;
        while (!session.Wire.Contains("open") && session.Now - asked < TimeSpan.FromSeconds(5))
            session.Pass(0.1);
        Assert.InRange(session.Now - asked, TimeSpan.Zero, TimeSpan.FromSeconds(2.1));
        Assert.Contains(session.Reports.OfType<SessionStopped>(), stop => stop.Cause.Reason == Reason.OffNotConfirmed);
    }

    [Fact]
    public void Point_4_an_unknown_outcome_of_an_arm_is_never_followed_by_a_second_arm()
    {
        var session = Attached();
        session.Answers = false;
        session.Arm(1);
        session.Pass(3);
        Assert.Contains(session.Reports.OfType<SessionStopped>(), stop => stop.Cause.Reason == Reason.ArmUnknown);
        session.Arm(2);
        Assert.DoesNotContain("arm 2", session.Wire);
    }

    [Fact]
    public void Point_4_an_arm_that_overtakes_its_abort_is_turned_off_at_once()
    {
        var session = Plating();
        session.Machine.Order(session.Now, new CellOff(false, new(Reason.OperatorHalt, session.Now, "halt")));
        session.Wire.Clear();
        session.Machine.Take(session.Now, new InstrumentArmed(session.Now.TotalSeconds, AnyEvent.Run, 1));
        Assert.Equal(["abort"], session.Wire);
    }

    /// <summary>What lies above 1 kHz is told once, before the sweep has ended; a sweep that comes up from below, or ends above, has no such part.</summary>
    [Theory]
    [InlineData(new[] { 7e6, 1e5, 1e3, 900, 30, 1 }, 3)]
    [InlineData(new[] { 3e6, 1e5, 1e3 }, 0)]
    [InlineData(new[] { 1, 30, 900, 1e3, 1e5, 7e6 }, 0)]
    [InlineData(new[] { 500, 30.0, 1 }, 0)]
    [InlineData(new[] { 1e6, 900.0 }, 0)]
    public void The_upper_part_of_a_sweep_is_told_before_its_end(double[] hertz, int upper)
    {
        var session = Attached();
        var segment = ScriptedSession.Segment(1) with { Sweep = new(4, [.. hertz], 1.57e-6, 0, 3) };
        session.Machine.Order(session.Now, new ArmSegment(session.Token, session.StopNumber, session.NewestEvent, segment, Queued: false));
        for (var i = 0; i < hertz.Length; i++)
            session.Machine.Take(session.Now, new SweepPointMeasured(session.Now.TotalSeconds + i, hertz[i], 2000 + i, -10, i == hertz.Length - 1));
        var told = session.Reports.Where(report => report is SpectrumPartMeasured or SpectrumMeasured).ToList();
        Assert.Equal(hertz.Length, Assert.IsType<SpectrumMeasured>(told[^1]).Spectrum.Points.Length);
        Assert.Equal(upper > 0 ? 2 : 1, told.Count);
        if (upper > 0)
        {
            var part = Assert.IsType<SpectrumPartMeasured>(told[0]).Part;
            Assert.Equal((4, upper), (part.Index, part.Points.Length));
            Assert.All(part.Points, point => Assert.True(point.FrequencyHz >= 1e3));
        }
    }

    [Fact]
    public void Sweeps_that_follow_each_other_in_a_segment_are_told_each_by_its_number_and_one_that_is_cut_is_not_told()
    {
        var session = Attached();
        var segment = ScriptedSession.Segment(1) with { Sweep = new(4, [1e4, 100, 10], 1.57e-6, 0, 3), Sentinels = new(5, 3, [3e6, 1e4], 1.57e-6, 3, 5) };
        session.Machine.Order(session.Now, new ArmSegment(session.Token, session.StopNumber, session.NewestEvent, segment, Queued: false));
        foreach (var (hertz, last) in new[] { (1e4, false), (100, false), (10, true), (3e6, false), (1e4, true), (3e6, false), (1e4, true), (3e6, false) })
            session.Machine.Take(session.Now, new SweepPointMeasured(session.Now.TotalSeconds, hertz, 2000, -10, last));
        session.Machine.Take(session.Now, new InstrumentEnded(session.Now.TotalSeconds, AnyEvent.Run, 1, SegmentEnd.Time, -1e-3));
        Assert.Equal([4, 5, 6], session.Reports.OfType<SpectrumMeasured>().Select(told => told.Spectrum.Index));
        Assert.Equal(4, Assert.Single(session.Reports.OfType<SpectrumPartMeasured>()).Part.Index);
        // The next segment counts its own sweeps from the first.
        session.Pass(2);
        session.Machine.Order(session.Now, new ArmSegment(
            session.Token, session.StopNumber, session.NewestEvent, ScriptedSession.Segment(2) with { Sentinels = new(8, 1, [3e6, 1e4], 1.57e-6, 3, 5) }, Queued: false));
        session.Machine.Take(session.Now, new SweepPointMeasured(session.Now.TotalSeconds, 3e6, 2000, -10, false));
        session.Machine.Take(session.Now, new SweepPointMeasured(session.Now.TotalSeconds, 1e4, 2000, -10, true));
        var told = session.Reports.OfType<SpectrumMeasured>().Last().Spectrum;
        Assert.Equal((8, 2), (told.Index, told.Points.Length));
        // One that nobody ordered is none.
        session.Machine.Take(session.Now, new SweepPointMeasured(session.Now.TotalSeconds, 1e4, 2000, -10, true));
        Assert.Equal(8, session.Reports.OfType<SpectrumMeasured>().Last().Spectrum.Index);
    }

    [Fact]
    public void The_sine_of_a_sentinel_is_no_current_beyond_the_order_and_no_reversed_one()
    {
        var session = Attached();
        var segment = ScriptedSession.Segment(1) with { Current = new(-1e-5), CurrentMax = new(2.5e-5), Sentinels = new(0, 9, [3e6, 1e4], 1.4e-5, 3, 5) };
        session.Machine.Order(session.Now, new ArmSegment(session.Token, session.StopNumber, session.NewestEvent, segment, Queued: false));
        for (var i = 0; i < 20; i++)
            session.PassWith(seconds => new(seconds, -1e-5 + (1.4e-5 * Math.Sin(i * 1.3)), -0.2 + (0.28 * Math.Sin(i * 1.3)), 30, 5, 0));
        Assert.True(session.CellIsOn);
    }

    [Fact]
    public void Point_5_arms_draw_on_the_allowance_and_nothing_else_refills_it()
    {
        var session = Attached();
        session.Machine.Order(session.Now, new GrantAllowance(
            session.Token, session.StopNumber, new(new(1.5e-3), TimeSpan.FromHours(1), new(2e-4), new(-5), new(5)), "op", true));
        session.Arm(1);
        Assert.True(session.CellIsOn);
        session.Pass(58);
        session.Arm(2, queued: true);
        Assert.Contains("left of the allowance", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Point_6_a_permit_that_is_withdrawn_or_old_is_off()
    {
        var withdrawn = Plating();
        withdrawn.Machine.SetPermit(withdrawn.Now, Permit.Press, false, Reason.TripPress, "press-1: 1 MPa");
        Assert.False(withdrawn.CellIsOn);

        var old = Plating();
        old.Permits = false;
        old.Pass(3.6);
        Assert.False(old.CellIsOn);
        Assert.Equal(Reason.PermitLost, old.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Fact]
    public void Point_7_after_a_stop_the_relay_is_not_fed()
    {
        var session = Plating();
        session.Machine.Trip(session.Now, Reason.TripEstop, "e-stop");
        session.Wire.Clear();
        session.Pass(5);
        Assert.DoesNotContain("feed", session.Wire);
    }

    [Fact]
    public void Point_7_without_samples_the_relay_is_not_fed_and_the_channel_stops()
    {
        var session = Plating();
        session.Answers = false;
        session.Wire.Clear();
        session.Pass(3);
        Assert.DoesNotContain("feed", session.Wire);
        Assert.Contains(session.Reports.OfType<SessionStopped>(), stop => stop.Cause.Reason == Reason.StaleSamples);
    }

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(1.6, false)]
    public void Point_7_one_missed_feed_under_current_is_a_stop(double silence, bool staysOn)
    {
        var session = Plating();
        session.Pass(3);
        session.Answers = false;
        session.Pass(silence);
        session.Answers = true;
        session.Pass(0.2);
        Assert.Equal(staysOn, session.Reports.All(report => report is not SessionStopped));
    }

    [Fact]
    public void An_instrument_that_is_idle_while_a_segment_should_run_is_a_fault()
    {
        var session = Plating();
        session.Machine.Take(session.Now, new InstrumentIdle(session.Now.TotalSeconds));
        Assert.Equal(Reason.DeviceFault, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Fact]
    public void A_segment_that_nobody_ordered_is_a_fault_and_goes_off()
    {
        var session = Attached();
        session.Pass(1);
        session.Machine.Take(session.Now, new InstrumentArmed(session.Now.TotalSeconds, AnyEvent.Run, 77));
        Assert.Equal(Reason.DeviceFault, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
        Assert.Equal("abort", session.Wire[^1]);
    }

    [Fact]
    public void An_instrument_that_misses_its_charge_bound_is_stopped_by_the_guard()
    {
        var session = Attached();
        // 0.2 mC at 15.7 µA are 12.7 s; this instrument does not end at it.
        session.Machine.Order(session.Now, new ArmSegment(
            session.Token, session.StopNumber, session.NewestEvent, ScriptedSession.Segment(1) with { ChargeMax = new(2e-4) }, false));
        var began = session.Now;
        while (session.CellIsOn && session.Now - began < TimeSpan.FromSeconds(30))
            session.Pass(0.1);
        Assert.Equal(Reason.LimitCharge, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
        Assert.InRange((session.Now - began).TotalSeconds, 12.7, 14.2);
    }

    [Fact]
    public void A_lost_instrument_stops_the_channel_and_nothing_is_armed_until_it_is_back_and_off()
    {
        var session = Plating();
        session.Machine.Take(session.Now, new InstrumentLost(session.Now.TotalSeconds, "cable"));
        Assert.Contains(session.Reports, report => report is DeviceLost);
        session.Pass(1);
        session.Grant();
        session.Arm(2);
        Assert.Contains("was not granted", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
        session.Machine.Take(session.Now, new InstrumentFound(session.Now.TotalSeconds));
        session.Pass(1);
        Assert.Contains(session.Reports, report => report is DeviceFound);
        session.Grant();
        session.Arm(3);
        Assert.True(session.CellIsOn);
    }

    [Fact]
    public void What_was_refused_or_never_ran_gives_its_allowance_back()
    {
        var session = Attached();
        session.Machine.Order(session.Now, new GrantAllowance(
            session.Token, session.StopNumber, new(new(2.1e-3), TimeSpan.FromHours(1), new(2e-4), new(-5), new(5)), "op", true));
        session.Arm(1);
        session.Pass(56);
        session.Arm(2, queued: true);
        Assert.Contains("queue 2", session.Wire);
        session.Machine.Take(session.Now, new InstrumentRefused(session.Now.TotalSeconds, AnyEvent.Run, 2, "no"));
        session.Pass(1);
        // 2.1 mC allow two segments of 1 mC; the refused one is not counted.
        session.Arm(3, queued: true);
        Assert.Contains("queue 3", session.Wire);
        Assert.DoesNotContain(session.Reports.OfType<SegmentEnded>(), ended => ended.Segment == 2);
    }

    [Fact]
    public void Point_11_what_no_sample_covers_counts_in_full_in_the_upper_bound()
    {
        var session = Plating();
        session.Pass(10);
        session.Answers = false;
        session.Pass(0.9);
        session.Answers = true;
        session.Pass(1.2);
        var charge = session.Reports.OfType<SampleMeasured>().Last().Charge;
        Assert.InRange(charge.ThroughputUpperBound.Coulombs, Math.Abs(charge.Measured.Coulombs), double.PositiveInfinity);
        Assert.InRange(charge.ThroughputUpperBound.Coulombs - Math.Abs(charge.Measured.Coulombs), 1e-6, 1e-5);
    }

    [Fact]
    public void Whatever_is_ordered_no_current_flows_without_token_grant_permits_and_lease() => Gen.Int[0, 9].Array[1, 60].Sample(moves =>
    {
        var session = new ScriptedSession();
        var granted = -1L;
        foreach (var (move, i) in moves.Select((move, i) => (move, i)))
        {
            if (move > 0 && !session.Reports.OfType<Attached>().Any())
                session.Machine.Attach(session.Now);
            switch (move)
            {
                case 0: session.Machine.Attach(session.Now); break;
                case 1: session.Grant(); granted = session.StopNumber; break;
                case 2: session.Arm(i + 1); break;
                case 3: session.Arm(i + 1, stopNumber: session.StopNumber - 1); break;
                case 4: session.Arm(i + 1, token: new(Guid.Empty, 1)); break;
                case 5: session.Machine.Trip(session.Now, Reason.TripEstop, "drawn"); break;
                case 6: session.Machine.SetPermit(session.Now, Permit.Press, false, Reason.TripPress, "drawn"); break;
                case 7: session.Machine.Order(session.Now, new CellOff(true, new(Reason.Completed, session.Now, "drawn"))); break;
                case 8: session.Renews = !session.Renews; break;
                default: session.Pass(1.5); break;
            }

            if (session.CellIsOn)
                Assert.Equal(granted, session.StopNumber);
        }

        session.Renews = false;
        session.Pass(8);
        Assert.False(session.CellIsOn);
    });

    private static ScriptedSession Attached()
    {
        var session = new ScriptedSession();
        session.Machine.Attach(session.Now);
        session.Grant();
        session.Pass(0.2);
        return session;
    }

    private static ScriptedSession Plating()
    {
        var session = new ScriptedSession();
        session.StartPlating();
        session.Pass(1);
        Assert.True(session.CellIsOn);
        return session;
    }
}
