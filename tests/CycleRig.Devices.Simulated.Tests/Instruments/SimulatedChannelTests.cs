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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sentinel_sweeps_follow_the_whole_one_or_the_segments_begin_at_their_pace(bool whole)
    {
        var (time, channel, listener) = New();
        channel.Arm(Segment(60, 1) with { Sweep = whole ? new(4, [1e5, 100, 10], 1.57e-6, 0, 3) : null, Sentinels = new(whole ? 5 : 4, 4, [3e6, 1e5, 1e4], 1.57e-6, 3, 7) });
        Run(time, 70);
        var points = listener.Reports.OfType<SweepPointMeasured>().ToList();
        double[] sentinel = [3e6, 1e5, 1e4];
        Assert.Equal([.. whole ? (double[])[1e5, 100, 10] : [], .. sentinel, .. sentinel, .. sentinel, .. sentinel], points.Select(point => point.FrequencyHz));
        Assert.Equal(whole ? 5 : 4, points.Count(point => point.Last));
        // From one sweep's first point to the next one's: the pace, whatever the sweep takes. The whole one has 0.3 s for 10 Hz and overheads.
        var begins = points.Where(point => point.FrequencyHz == 3e6).Select(point => point.InstrumentSeconds).ToList();
        Assert.All(begins.Zip(begins.Skip(1), (one, next) => next - one), gap => Assert.Equal(7, gap, 1e-3));
        Assert.InRange(begins[0], whole ? 0.8 : 0.2, whole ? 1.4 : 0.4);
        Assert.Equal(SegmentEnd.Time, Assert.Single(listener.Reports.OfType<InstrumentEnded>()).End);
        Assert.Equal(whole ? 5 : 4, channel.Sweeps.Count);
    }

    [Fact]
    public void Sentinels_that_are_slower_than_their_pace_follow_each_other_and_the_segment_ends_at_its_time_all_the_same()
    {
        var (time, channel, listener) = New();
        channel.Arm(Segment(3, 1) with { Sentinels = new(0, 100, [3e6, 1e5, 1e4], 1.57e-6, 3, 0.1) });
        Run(time, 10);
        // 0.2 s to begin, 60 ms and 50 ms for each of three points.
        Assert.InRange(channel.Sweeps.Count, 4, 5);
        Assert.Equal(3 * 15.7e-6, -channel.Truth.Coulombs, 1e-6);
        Assert.Equal(SegmentEnd.Time, Assert.Single(listener.Reports.OfType<InstrumentEnded>()).End);
    }

    [Fact]
    public void A_sentinel_beyond_the_instruments_frequencies_is_refused_and_nothing_flows()
    {
        var (time, channel, listener) = New();
        channel.Arm(Segment(60, 1) with { Sentinels = new(0, 1, [3e7, 1e5, 1e4], 1.57e-6, 3, 7) });
        Run(time, 10);
        Assert.Contains("frequency", Assert.Single(listener.Reports.OfType<InstrumentRefused>()).Why, StringComparison.Ordinal);
        Assert.Equal(0, channel.Truth.Coulombs);
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
