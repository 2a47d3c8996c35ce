using CycleRig.Core.Channels;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Tests.Cells;
using CycleRig.Devices.Time;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Instruments;

public sealed class SimulatedChannelTests
{
    private static readonly ChannelCapabilities Capabilities = new(
        Plans.Instrument, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300), Bound.Instrument, Bound.Instrument, Bound.Instrument, true);

    [Fact]
    public void A_segment_ends_by_itself_with_the_cell_off_when_nobody_listens()
    {
        var (time, channel, _) = New();
        channel.Arm(Segment(60, 1));
        Run(time, 59);
        var plated = -channel.Truth.Coulombs;
        Assert.True(plated > 0);
        Run(time, 3600);
        // 60 s at 15.7 µA, and not a microcoulomb more.
        Assert.Equal(60 * 15.7e-6, -channel.Truth.Coulombs, 1e-6);
    }

    [Fact]
    public void A_charge_bound_is_met_to_a_tenth_of_a_microampere_hour_per_square_centimetre()
    {
        var (time, channel, listener) = New();
        channel.Arm(Segment(3600, 1e-3));
        Run(time, 600);
        Assert.Equal(1e-3, -channel.Truth.Coulombs, 1e-9);
        Assert.Equal(SegmentEnd.Charge, Assert.Single(listener.Reports.OfType<InstrumentEnded>()).End);
    }

    [Fact]
    public void An_open_relay_means_no_current_whatever_the_instrument_does()
    {
        var time = new DiscreteRigTime(DateTimeOffset.UnixEpoch);
        var relay = new SimulatedRelay(time);
        var channel = Channel(time, relay, new ChannelUpset(UpsetKind.OutputStuckOn, TimeSpan.Zero, TimeSpan.FromDays(1), 0));
        channel.Arm(Segment(3600, 1));
        Run(time, 100);
        Assert.Equal(0, -channel.Truth.Coulombs);
        relay.Feed();
        Run(time, 200);
        Assert.InRange(-channel.Truth.Coulombs, 1e-5, 2.2 * 15.7e-6);
    }

    [Fact]
    public void An_order_beyond_its_range_is_refused_and_nothing_flows()
    {
        var (time, channel, listener) = New();
        channel.Arm(Segment(60, 1) with { Current = new(-0.02), CurrentMax = new(0.03) });
        Run(time, 10);
        Assert.Single(listener.Reports.OfType<InstrumentRefused>());
        Assert.Equal(0, -channel.Truth.Coulombs);
    }

    private static (DiscreteRigTime Time, SimulatedChannel Channel, Listener Listener) New()
    {
        var time = new DiscreteRigTime(DateTimeOffset.UnixEpoch);
        var channel = Channel(time, null);
        var listener = new Listener();
        channel.Connect(listener);
        return (time, channel, listener);
    }

    private static SimulatedChannel Channel(DiscreteRigTime time, SimulatedRelay? relay, params ChannelUpset[] upsets) => new(
        time, Capabilities, TestCells.Untreated(1), new(new("chamber-1", time, new(new() { StartCelsius = 30 }, new(1, "chamber")), []), null, 0), relay, new UpsetSchedule(upsets), new(), 1);

    private static Segment Segment(double seconds, double coulombs) => ScriptedSession.Segment(1) with { DurationMax = TimeSpan.FromSeconds(seconds), ChargeMax = new(coulombs) };

    private static void Run(DiscreteRigTime time, double until) => time.RunUntil(() => false, TimeSpan.FromSeconds(until));

    private sealed class Listener : IInstrumentListener
    {
        public List<InstrumentReport> Reports { get; } = [];

        public void OnSample(in InstrumentSample sample)
        {
        }

        public void OnReport(InstrumentReport report) => Reports.Add(report);
    }
}
