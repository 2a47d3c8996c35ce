using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Protocols;
using CycleRig.EarlyWarning.Detection;
using CycleRig.EarlyWarning.Scheduling;
using CycleRig.EarlyWarning.Tests.Replay;
using CycleRig.Impedance.Cells;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Scheduling;

public sealed class SweepSchedulerTests
{
    private static readonly SuperimposedSweep Open = Plans.Plate().Sweep!;

    private static readonly (AssessorState State, Spectrum Sweep, CellReading Reading) Learnt = After(12);

    [Fact]
    public void A_sentinel_stays_above_1_kHz_and_within_the_instrument_and_has_eight_frequencies()
    {
        foreach (var highest in (double[])[7e6, 1e6, 2e5])
        {
            var hertz = Plan(Open, Plans.Instrument with { FrequencyMax = new(highest) })!.Schedule.SentinelHertz;
            Assert.InRange(hertz.Min(), 1e3, 2e3);
            Assert.InRange(hertz.Max(), 0, Math.Min(3e6, highest));
            Assert.True(hertz.Distinct().Count() >= 8);
            Assert.Equal(hertz.OrderDescending(), hertz);
        }
    }

    /// <summary>What the schedule expects of a sentinel sweep is what the fit makes of sentinel sweeps of this cell.</summary>
    [Fact]
    public void Sentinel_sweeps_tell_R_bulk_as_well_as_it_was_planned()
    {
        var planned = Plan(Open)!;
        var promised = double.Parse(planned.Why.Split("s, to ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) / 100;
        var draw = new Random(7);
        double[] logs =
        [
            .. Enumerable.Range(0, 60).Select(i =>
            {
                var reading = CellSpectrumFit.Read(SyntheticRecording.Sweep(draw, 800 + (5 * i), planned.Schedule.SentinelHertz), Learnt.Reading, SyntheticRecording.AreaSquareCentimetres);
                Assert.True(reading is { Valid: true, BulkOnly: true }, reading.WhyNotValid);
                return Math.Log(reading.BulkOhms);
            }),
        ];
        var mean = logs.Average();
        var scatter = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1));
        // A standard deviation of 60 is known to 9 %; the prior on the interface makes the fit somewhat better than its plan.
        Assert.InRange(scatter / promised, 0.6, 1.3);
    }

    [Fact]
    public void What_the_protocol_says_of_whole_sweeps_holds_and_is_planned_where_it_says_nothing()
    {
        Assert.Equal(300, Plan(Open with { Every = TimeSpan.FromSeconds(300) })!.Schedule.WholeEverySeconds);
        Assert.Contains(Plan(Open)!.Schedule.WholeEverySeconds, (double[])[60, 120, 180]);
    }

    [Fact]
    public void Sentinels_are_seldomer_where_they_are_slow_and_there_are_none_where_the_instrument_ends_too_low()
    {
        var five = Open with { Every = TimeSpan.FromSeconds(300) };
        var (fast, slow) = (Plan(five)!, Plan(five, Plans.Instrument with { OverheadPerSweep = TimeSpan.FromSeconds(50) })!);
        Assert.True(slow.Schedule.SentinelEverySeconds > fast.Schedule.SentinelEverySeconds, $"{slow.Why} against {fast.Why}");
        Assert.True(slow.Schedule.SentinelEverySeconds > 50);
        Assert.Empty(Plan(five, Plans.Instrument with { FrequencyMax = new(5e3) })!.Schedule.SentinelHertz);
        Assert.Contains("no sentinel sweeps", Plan(five, Plans.Instrument with { FrequencyMax = new(5e3) })!.Why, StringComparison.Ordinal);
        Assert.Contains("between them a sentinel sweep", fast.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_schedule_before_the_shape_is_learnt_nor_at_rest_nor_of_a_sentinel()
    {
        var early = After(4);
        Assert.Null(SweepScheduler.Plan(early.State.Detector, early.Sweep, early.Reading, Open, Plans.Instrument, DetectorSettings.Default));
        foreach (var reading in (CellReading[])[Learnt.Reading with { AmperesPerSquareCentimetre = 0 }, Learnt.Reading with { BulkOnly = true }, Learnt.Reading with { Valid = false }])
            Assert.Null(SweepScheduler.Plan(Learnt.State.Detector, Learnt.Sweep, reading, Open, Plans.Instrument, DetectorSettings.Default));
    }

    [Fact]
    public void A_schedule_holds_until_noise_current_or_protocol_change()
    {
        var planned = Plan(Open)!;
        var reading = Learnt.Reading;
        Assert.True(SweepScheduler.Holds(planned, reading, Open));
        Assert.True(SweepScheduler.Holds(planned, reading with { Residual = 1.3 * reading.Residual }, Open));
        Assert.True(SweepScheduler.Holds(planned, reading with { Residual = 9, BulkOnly = true }, Open));
        Assert.False(SweepScheduler.Holds(planned, reading with { Residual = 1.5 * reading.Residual }, Open));
        Assert.False(SweepScheduler.Holds(planned, reading with { AmperesPerSquareCentimetre = 2 * reading.AmperesPerSquareCentimetre }, Open));
        Assert.False(SweepScheduler.Holds(planned, reading, Open with { Every = TimeSpan.FromSeconds(90) }));
    }

    private static PlannedSweeps? Plan(SuperimposedSweep superimposed, InstrumentLimits? instrument = null) =>
        SweepScheduler.Plan(Learnt.State.Detector, Learnt.Sweep, Learnt.Reading, superimposed, instrument ?? Plans.Instrument, DetectorSettings.Default);

    private static (AssessorState State, Spectrum Sweep, CellReading Reading) After(int sweeps)
    {
        var (state, last, reading) = (AssessorState.Initial, default(Spectrum)!, default(CellReading)!);
        foreach (var sweep in SyntheticRecording.Make(seed: 3, sweeps).Spectra())
            (last, (state, _, reading)) = (sweep, SpectrumAssessor.Assess(state, sweep, SyntheticRecording.AreaSquareCentimetres, DetectorSettings.Default));
        return (state, last, reading);
    }
}
