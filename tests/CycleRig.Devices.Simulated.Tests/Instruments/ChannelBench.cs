using CycleRig.Core.Cells;
using CycleRig.Core.Channels;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Conditions;
using CycleRig.Devices.Simulated.Faults;
using CycleRig.Devices.Simulated.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Simulated.Tests.Cells;
using CycleRig.Devices.Time;
using CycleRig.Testing;

namespace CycleRig.Devices.Simulated.Tests.Instruments;

/// <summary>A simulated channel on discrete time with everything that it says, noted with the rig time at which it was heard.</summary>
internal sealed class ChannelBench : IInstrumentListener
{
    public ChannelBench(params ChannelUpset[] upsets)
    {
        Time = new(DateTimeOffset.UnixEpoch);
        Relay = new(Time);
        var chamber = new SimulatedChamber("chamber-1", Time, new(new() { StartCelsius = 30 }, new(1, "chamber")), []);
        var capabilities = new ChannelCapabilities(
            Plans.Instrument, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300), Bound.Instrument, Bound.Instrument, Bound.Instrument, true);
        // Without a press, so assembled without one.
        var cell = new SimulatedCell(CellKinds.Recipe(TestCells.Record(Surface.Untreated), 0, [], new(1, "recipe")), 1);
        Channel = new(Time, capabilities, cell, new CellSurroundings(chamber, null, 0), Relay, new UpsetSchedule(upsets), new() { RelativeNoise = 0, Outliers = 0, FloorVolts = 0 }, 1);
        Channel.Connect(this);
        Time.Every(TimeSpan.FromSeconds(1), Feed);
        Relay.Feed();
    }

    public DiscreteRigTime Time { get; }

    public SimulatedChannel Channel { get; }

    public SimulatedRelay Relay { get; }

    /// <summary>Whether the relay is fed once a second.</summary>
    public bool Feeds { get; set; } = true;

    public List<(double Heard, InstrumentSample Sample)> Samples { get; } = [];

    public List<(double Heard, InstrumentReport Report)> Reports { get; } = [];

    public static ChannelUpset Upset(UpsetKind kind, double at, double lasts, double size = 0) => new(kind, TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(lasts), size);

    /// <summary>Plating at 0.5 mA/cm² without a charge bound that matters.</summary>
    public static Segment Segment(double seconds, long number = 1) => ScriptedSession.Segment(number) with { DurationMax = TimeSpan.FromSeconds(seconds), ChargeMax = new(1) };

    /// <summary>The same with a sweep in it.</summary>
    public static Segment Sweeping(double seconds, params double[] hertz) => Segment(seconds) with { Sweep = new(1, [.. hertz], 1.57e-6, 0, 3) };

    public void Run(double until) => Time.RunUntil(() => false, TimeSpan.FromSeconds(until));

    public IEnumerable<double> HeardOf<T>()
        where T : InstrumentReport => Reports.Where(heard => heard.Report is T).Select(heard => heard.Heard);

    public List<InstrumentSample> SamplesBetween(double from, double to) =>
        [.. Samples.Where(heard => heard.Heard > from + 1e-6 && heard.Heard < to - 1e-6).Select(heard => heard.Sample)];

    public void OnSample(in InstrumentSample sample) => Samples.Add((Time.Now.TotalSeconds, sample));

    public void OnReport(InstrumentReport report) => Reports.Add((Time.Now.TotalSeconds, report));

    private void Feed()
    {
        if (Feeds)
            Relay.Feed();
    }
}
