using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Quantities;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Tests.Sessions;

/// <summary>What a session lets through after a halt for dendrite onset (docs/ARCHITECTURE.md, point 9), whatever its host orders.</summary>
public sealed class ProbePermitTests
{
    private static readonly Current Most = new(3.2e-6);

    [Fact]
    public void Three_sweeps_around_rest_may_run_after_the_owners_halt_for_dendrite_onset_and_no_fourth()
    {
        var session = Halted();
        for (var number = 10; number < 14; number++)
        {
            Probe(session, Sweep(number));
            session.Pass(0.5);
            session.Machine.Take(session.Now, new Devices.Instruments.InstrumentEnded(session.Now.TotalSeconds, AnyEvent.Run, number, SegmentEnd.Time, 0));
            session.Pass(1);
        }

        Assert.Equal(["arm 10", "arm 11", "arm 12"], Arms(session));
        Assert.Contains("all 3 sweeps", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Reason.OperatorHalt, true)]
    [InlineData(Reason.Blind, true)]
    [InlineData(Reason.DendriteOnset, false)]
    public void After_another_stop_or_without_the_starts_word_none_may(Reason reason, bool granted)
    {
        var session = Halted(reason, granted ? Most : null);
        Probe(session, Sweep(10));
        Assert.Empty(Arms(session));
    }

    [Fact]
    public void A_stop_by_anyone_else_ends_them()
    {
        var session = Halted();
        session.Machine.Trip(session.Now, Reason.TripPress, "leak");
        session.Pass(1);
        Probe(session, Sweep(10));
        Assert.Empty(Arms(session));
    }

    [Fact]
    public void A_new_owner_has_none()
    {
        var session = Halted();
        session.Machine.Attach(session.Now);
        session.Pass(1);
        Probe(session, Sweep(10));
        Assert.Empty(Arms(session));
    }

    [Fact]
    public void Not_before_the_cell_is_confirmed_off()
    {
        var session = Plating(Most);
        session.Machine.Order(session.Now, new CellOff(Finish: false, new(Reason.DendriteOnset, session.Now, "drawn")));
        Probe(session, Sweep(10));
        Assert.Contains("not confirmed off", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
        session.Pass(1);
        Probe(session, Sweep(11));
        Assert.Equal(["arm 1", "arm 11"], Arms(session));
    }

    [Fact]
    public void Neither_without_lease_nor_without_permits()
    {
        var session = Halted();
        session.Permits = false;
        session.Pass(3.5);
        Probe(session, Sweep(10));
        Assert.Contains("no permit", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
        session.Permits = true;
        session.Renews = false;
        session.Pass(6);
        Probe(session, Sweep(11));
        Assert.Contains("the lease is not live", session.Reports.OfType<ArmRefused>().Last().Why, StringComparison.Ordinal);
        Assert.Empty(Arms(session));
    }

    [Fact]
    public void Only_a_sweep_without_direct_current_below_what_the_start_allowed()
    {
        var session = Halted();
        session.Arm(10);
        Probe(session, ScriptedSession.Segment(11));
        Probe(session, Sweep(12) with { CurrentMax = new(4e-6) });
        Probe(session, Sweep(13) with { Current = new(-1e-7) });
        Probe(session, Sweep(14) with { Kind = SegmentKind.Peis });
        Assert.Empty(Arms(session));
        Assert.Equal(5, session.Reports.OfType<ArmRefused>().Count());
    }

    [Fact]
    public void A_current_above_twice_the_amplitude_stops_the_sweep_and_opens_the_relay()
    {
        var session = Halted();
        Probe(session, Sweep(10));
        session.Pass(0.5);
        Assert.DoesNotContain("open", session.Wire);
        var stop = session.StopNumber;
        session.PassWith(now => new(now, 5e-6, 0.1, 30, 5, 0));
        session.PassWith(now => new(now, 5e-6, 0.1001, 30, 5, 0));
        Assert.Contains("open", session.Wire);
        Assert.Equal(stop + 1, session.StopNumber);
        session.Pass(1);
        Probe(session, Sweep(11));
        Assert.Equal(["arm 10"], Arms(session));
    }

    [Theory]
    [InlineData(3.3e-6, true)]
    [InlineData(3.0e-6, false)]
    public void Twice_the_amplitude_is_meant_without_the_room_that_an_open_cell_has(double amperes, bool opens)
    {
        var session = Halted();
        Probe(session, Sweep(10));
        session.Pass(0.5);
        for (var i = 0; i < 3; i++)
            session.PassWith(now => new(now, amperes, 0.1 + (1e-4 * i), 30, 5, 0));
        Assert.Equal(opens, session.Wire.Contains("open"));
    }

    [Fact]
    public void An_instrument_that_ends_the_sweep_at_that_current_by_itself_opens_the_relay_too()
    {
        var session = Halted();
        Probe(session, Sweep(10));
        session.Pass(0.5);
        session.Machine.Take(session.Now, new Devices.Instruments.InstrumentEnded(session.Now.TotalSeconds, AnyEvent.Run, 10, SegmentEnd.CurrentMax, 0));
        Assert.Contains("open", session.Wire);
        session.Pass(1);
        Probe(session, Sweep(11));
        Assert.Equal(["arm 10"], Arms(session));
    }

    [Fact]
    public void A_sine_above_half_of_what_may_flow_is_refused_and_so_is_one_of_voltage_or_none()
    {
        var session = Halted();
        var sweep = Sweep(10).Sweep!;
        Probe(session, Sweep(10) with { Sweep = sweep with { AmplitudeAmperes = 1e-3 } });
        Probe(session, Sweep(11) with { Sweep = sweep with { AmplitudeAmperes = 1.6e-6 } });
        Probe(session, Sweep(12) with { Sweep = sweep with { AmplitudeVolts = 0.01 } });
        Probe(session, Sweep(13) with { Sweep = null });
        Assert.Empty(Arms(session));
        Assert.Equal(4, session.Reports.OfType<ArmRefused>().Count());
    }

    [Fact]
    public void A_start_cannot_grant_more_than_twice_0_05_mA_per_cm2()
    {
        var session = Halted(Reason.DendriteOnset, new(1e-4));
        var sweep = Sweep(10).Sweep!;
        Probe(session, Sweep(10) with { CurrentMax = new(1e-4), Sweep = sweep with { AmplitudeAmperes = 5e-5 } });
        Assert.Empty(Arms(session));
        Probe(session, Sweep(11));
        Assert.Equal(["arm 11"], Arms(session));
    }

    [Fact]
    public void A_sweep_that_is_stopped_before_the_instrument_answers_ends_without_having_begun()
    {
        var session = Halted();
        session.Answers = false;
        Probe(session, Sweep(10));
        session.Answers = true;
        session.Machine.Order(session.Now, new CellOff(Finish: false, new(Reason.DendriteOnset, session.Now, "again")));
        session.Pass(1);
        Assert.DoesNotContain(session.Reports.OfType<SegmentArmed>(), armed => armed.Segment == 10);
        Assert.Single(session.Reports.OfType<SegmentEnded>(), ended => ended.Segment == 10);
    }

    [Fact]
    public void Whatever_is_ordered_after_the_halt_nothing_but_three_sweeps_runs_before_a_grant()
    {
        var ran = 0;
        Gen.Int[0, 39].Array[1, 80].Sample(
            moves =>
            {
                var session = Halted();
                var (number, others) = (10L, 0);
                foreach (var move in moves)
                {
                    switch (move)
                    {
                        case < 10:
                            Probe(session, Sweep(number++));
                            break;
                        case 10:
                            session.Arm(number++);
                            break;
                        case 11:
                            Probe(session, ScriptedSession.Segment(number++));
                            break;
                        case 12:
                            session.Machine.Order(session.Now, new CellOff(Finish: false, new(Reason.DendriteOnset, session.Now, "again")));
                            break;
                        case 13:
                            session.Machine.Order(session.Now, new CellOff(Finish: false, new(Reason.OperatorHalt, session.Now, "drawn")));
                            others++;
                            break;
                        case 14:
                            session.Machine.Trip(session.Now, Reason.TripEstop, "e-stop");
                            others++;
                            break;
                        case < 20:
                            session.Machine.Order(session.Now, new CellOff(Finish: true, new(Reason.Completed, session.Now, "drawn")));
                            break;
                        default:
                            session.Pass(1);
                            break;
                    }

                    if (others == 1)
                    {
                        Interlocked.Add(ref ran, Arms(session).Count);
                        Assert.InRange(Arms(session).Count, 0, 3);
                        session.Wire.Clear();
                        others++;
                    }
                }

                Assert.InRange(Arms(session).Count, 0, others > 0 ? 0 : 3);
                Interlocked.Add(ref ran, Arms(session).Count);
                Assert.False(session.CellIsOn);
            },
            iter: 300);
        Assert.True(ran > 50, $"only {ran} sweeps ran: this test sees too few");
    }

    private static ScriptedSession Plating(Current? probeMax)
    {
        var session = new ScriptedSession();
        session.Machine.Attach(session.Now);
        session.Grant(probeMax: probeMax);
        session.Pass(0.2);
        session.Arm(1);
        session.Pass(1);
        Assert.True(session.CellIsOn);
        return session;
    }

    /// <summary>A channel that plated and was halted by its owner; what it sent to the instrument is forgotten.</summary>
    private static ScriptedSession Halted(Reason reason, Current? probeMax)
    {
        var session = Plating(probeMax);
        session.Machine.Order(session.Now, new CellOff(Finish: false, new(reason, session.Now, "drawn")));
        session.Pass(1);
        session.Wire.Clear();
        return session;
    }

    private static ScriptedSession Halted() => Halted(Reason.DendriteOnset, Most);

    /// <summary>A sweep around rest with a sine of 1.57 µA, 0.05 mA/cm² on 3.14 mm².</summary>
    private static Segment Sweep(long number) => new(
        AnyEvent.Run, number, SegmentKind.Geis, default, default, new(0, [1e6, 1e5], 1.57e-6, 0, 3), TimeSpan.FromSeconds(60), new(1e-3), new(-5), new(5), new(3.14e-6), false, false);

    private static void Probe(ScriptedSession session, Segment segment) =>
        session.Machine.Order(session.Now, new ArmProbe(session.Token, session.StopNumber, session.NewestEvent, segment));

    private static List<string> Arms(ScriptedSession session) => [.. session.Wire.Where(bytes => bytes.StartsWith("arm", StringComparison.Ordinal))];
}
