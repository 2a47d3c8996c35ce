using CycleRig.Core.Channels;
using CycleRig.Core.Safety;
using CycleRig.Devices.Instruments;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Tests.Sessions;

/// <summary>Instruments that lie about time, direction or who stopped them; the session alone must end the current.</summary>
public sealed class InstrumentFaultTests
{
    [Fact]
    public void An_instrument_clock_that_stands_still_is_a_stop_and_gives_nothing_back()
    {
        var session = Plating();
        session.Pass(1);
        var stuck = session.Now.TotalSeconds;
        for (var i = 0; i < 30 && session.CellIsOn; i++)
            session.PassWith(seconds => new(stuck, -15.7e-6 + (1e-9 * (i % 7)), -0.3 + (1e-6 * i), 30, 5, 0));
        Assert.False(session.CellIsOn);
        Assert.Equal(Reason.DeviceFault, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Fact]
    public void A_fast_instrument_clock_is_a_stop_too()
    {
        var session = Plating();
        for (var i = 0; i < 60 && session.CellIsOn; i++)
            session.PassWith(seconds => new(1 + (seconds * 2), -15.7e-6 + (1e-9 * (i % 7)), -0.3 + (1e-6 * i), 30, 5, 0));
        Assert.False(session.CellIsOn);
    }

    [Fact]
    public void A_current_of_the_wrong_sign_is_a_stop_at_the_second_sample()
    {
        var session = Plating();
        for (var i = 0; i < 2; i++)
            session.PassWith(seconds => new(seconds, 15.7e-6, 0.3, 30, 5, 0));
        Assert.False(session.CellIsOn);
        Assert.Equal(Reason.LimitCurrent, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Fact]
    public void Direct_current_under_a_spectrum_at_rest_is_bounded_by_its_charge()
    {
        var session = new ScriptedSession();
        session.Machine.Attach(session.Now);
        session.Grant();
        session.Pass(0.2);
        var peis = ScriptedSession.Segment(1) with
        {
            Kind = SegmentKind.Peis, Current = new(-1.9e-4), CurrentMax = new(2e-4), ChargeMax = new(1e-3), DurationMax = TimeSpan.FromSeconds(300),
        };
        session.Machine.Order(session.Now, new ArmSegment(session.Token, session.StopNumber, session.NewestEvent, peis, false));
        session.Pass(10);
        Assert.False(session.CellIsOn);
        Assert.Equal(Reason.LimitCharge, session.Reports.OfType<SessionStopped>().Last().Cause.Reason);
    }

    [Theory]
    [InlineData(SegmentEnd.Aborted, Reason.DeviceFault)]
    [InlineData(SegmentEnd.Fault, Reason.DeviceFault)]
    [InlineData(SegmentEnd.VoltageMax, Reason.LimitVoltage)]
    [InlineData(SegmentEnd.CurrentMax, Reason.LimitCurrent)]
    public void An_end_that_nobody_here_ordered_is_a_stop_and_voids_the_grant(SegmentEnd end, Reason expected)
    {
        var session = Plating();
        session.Pass(5);
        session.Machine.Take(session.Now, new InstrumentEnded(session.Now.TotalSeconds, AnyEvent.Run, 1, end, -7e-5));
        Assert.Equal(expected, Assert.Single(session.Reports.OfType<SessionStopped>()).Cause.Reason);
        session.Pass(1);
        session.Arm(2);
        Assert.False(session.CellIsOn);
    }

    [Theory]
    [InlineData(SegmentEnd.Time)]
    [InlineData(SegmentEnd.Charge)]
    public void A_planned_end_is_no_stop(SegmentEnd end)
    {
        var session = Plating();
        session.Pass(5);
        session.Machine.Take(session.Now, new InstrumentEnded(session.Now.TotalSeconds, AnyEvent.Run, 1, end, -7e-5));
        session.Pass(1);
        Assert.Empty(session.Reports.OfType<SessionStopped>());
        session.Arm(2);
        Assert.True(session.CellIsOn);
    }

    [Fact]
    public void A_new_owner_is_told_that_the_instrument_is_lost_and_is_granted_nothing()
    {
        var session = new ScriptedSession();
        session.Machine.Attach(session.Now);
        session.Pass(1);
        session.Answers = false;
        session.Machine.Take(session.Now, new InstrumentLost(session.Now.TotalSeconds, "cable"));
        session.Pass(5);
        var from = session.Reports.Count;
        session.Machine.Attach(session.Now);
        Assert.Contains(session.Reports.Skip(from), report => report is DeviceLost);
        session.Grant();
        Assert.DoesNotContain(session.Reports.Skip(from), report => report is Granted);
    }

    [Fact]
    public void A_lost_instrument_opens_the_relay_and_stays_the_one_cause()
    {
        var session = Plating();
        session.Pass(5);
        session.Answers = false;
        session.Machine.Take(session.Now, new InstrumentLost(session.Now.TotalSeconds, "cable"));
        session.Pass(3);
        Assert.Contains("open", session.Wire);
        Assert.Equal(Reason.DeviceLost, Assert.Single(session.Reports.OfType<SessionStopped>()).Cause.Reason);
    }

    [Fact]
    public void Current_through_a_cell_that_is_off_opens_the_relay_whatever_its_voltage_is()
    {
        var session = new ScriptedSession();
        // The abort at the first sample; the relay, because that changes nothing, within 2 s.
        for (var i = 0; i < 22; i++)
            session.PassWith(seconds => new(seconds, 5e-3, 8, 30, 5, 0));
        Assert.Contains("open", session.Wire);
    }

    [Fact]
    public void The_sample_that_confirms_an_off_is_told_before_it()
    {
        var session = Plating();
        session.Pass(2);
        session.Machine.Trip(session.Now, Reason.TripEstop, "e-stop");
        session.Pass(1);
        var off = session.Reports.FindLastIndex(report => report is OffConfirmed);
        var sample = Assert.IsType<SampleMeasured>(session.Reports[off - 1] is SegmentEnded ? session.Reports[off - 2] : session.Reports[off - 1]);
        Assert.InRange(Math.Abs(sample.Sample.CurrentAmperes), 0, 1e-6);
    }

    private static ScriptedSession Plating()
    {
        var session = new ScriptedSession();
        session.StartPlating();
        Assert.True(session.CellIsOn);
        return session;
    }
}
