using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Experiments;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Simulated.Tests.Cells;
using CycleRig.Devices.Simulated.Tests.Instruments;
using CycleRig.Devices.Time;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Rigs;

/// <summary>A whole rig: what is restored goes on exactly, what is added changes nothing, what is shared is felt.</summary>
public sealed class SimulatedRigTests
{
    private const int Seed = 11;
    private static readonly string[] Three = ["ch-1", "ch-2", "ch-3"];

    public static TheoryData<double> Moments => [12.34, 20, 37.0123456, 41, 59.95, 61.5, 140.2600001, 300];

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_restored_rig_goes_on_with_exactly_the_same_samples_reports_and_readings(double moment)
    {
        var original = new Bench(Seed, Three);
        original.Start();
        original.Run(moment);
        var snapshot = original.Rig.Snapshot();
        original.Notes.Clear();
        original.Run(700);

        var restored = new Bench(Seed, Three);
        restored.Rig.Restore(snapshot);
        restored.Run(700 - snapshot.Seconds);
        Assert.True(original.Notes.Count > 10_000, $"{original.Notes.Count}");
        Assert.Equal(original.Notes, restored.Notes);
        Assert.Equal(Plated(original), Plated(restored));

        static IEnumerable<(double, double)> Plated(Bench bench) => Three.Select(name => (bench.Rig[name].Truth.PlatedCoulombs, bench.Rig[name].Truth.Loss));
    }

    [Fact]
    public void A_rig_restored_twice_goes_on_as_one_restored_once()
    {
        var once = new Bench(Seed, Three);
        once.Start();
        once.Run(33.3);
        var twice = new Bench(Seed, Three);
        twice.Rig.Restore(once.Rig.Snapshot());
        twice.Run(30.07);
        once.Run(63.37);
        var last = new Bench(Seed, Three);
        var snapshot = twice.Rig.Snapshot();
        last.Rig.Restore(snapshot);
        once.Notes.Clear();
        once.Run(200);
        last.Run(200 - snapshot.Seconds);
        Assert.Equal(once.Notes, last.Notes);
    }

    [Fact]
    public void Two_rigs_of_a_seed_are_the_same_and_of_two_seeds_are_not()
    {
        Assert.Equal(Notes(Seed), Notes(Seed));
        Assert.NotEqual(Notes(Seed), Notes(Seed + 1));

        static List<string> Notes(int seed)
        {
            var bench = new Bench(seed, Three);
            bench.Start();
            bench.Run(100);
            return bench.Notes;
        }
    }

    [Fact]
    public void A_channel_more_changes_no_other()
    {
        var (two, three) = (new Bench(Seed, "ch-1", "ch-2"), new Bench(Seed, "ch-1", "ch-2", "ch-3"));
        two.Start();
        three.Start();
        two.Run(200);
        three.Run(200);
        // The second of two mistakes the first for its own; of three, the third.
        Assert.Equal(two.Notes.Where(note => note.StartsWith("ch-1", StringComparison.Ordinal)), three.Notes.Where(note => note.StartsWith("ch-1", StringComparison.Ordinal)));
        Assert.Equal(two.Rig["ch-2"].Truth.Coulombs, three.Rig["ch-2"].Truth.Coulombs);
        Assert.Equal(two.Rig["ch-2"].Cell.InterfaceOhms, three.Rig["ch-2"].Cell.InterfaceOhms);
    }

    [Fact]
    public void Neighbours_in_one_press_feel_a_collapse()
    {
        var bench = new Bench(Seed, [new CellCollapse(TimeSpan.FromSeconds(100), 0, 0.6)], [], Three);
        bench.Run(99);
        var before = Interfaces();
        bench.Run(103);
        var after = Interfaces();
        // 60 % less on the first; the others take over 30 % each, by the pressure's power of 0.35 to 0.65.
        Assert.InRange(after[0] / before[0], Math.Pow(0.4, -0.35) * 0.98, Math.Pow(0.4, -0.65));
        Assert.InRange(after[1] / before[1], Math.Pow(1.3, -0.65), Math.Pow(1.3, -0.35) * 1.01);
        Assert.InRange(after[2] / before[2], Math.Pow(1.3, -0.65), Math.Pow(1.3, -0.35) * 1.01);

        List<double> Interfaces() => [.. Three.Select(name => bench.Rig[name].Cell.InterfaceOhms)];
    }

    [Fact]
    public void A_channel_that_is_wired_wrongly_hears_the_next_one()
    {
        var bench = new Bench(Seed, [], [ChannelBench.Upset(UpsetKind.WrongChannel, 20, 10), ChannelBench.Upset(UpsetKind.CablePulled, 25, 3)], Three);
        bench.Wirings["ch-3"].Instrument.Arm(ScriptedSession.Segment(3) with { DurationMax = TimeSpan.FromSeconds(100), ChargeMax = new(1) });
        bench.Run(40);
        var heard = bench.Heard["ch-2"];
        Assert.All(Between(0, 20), amperes => Assert.Equal(0, amperes, 1e-9));
        Assert.NotEmpty(Between(20, 24.9));
        Assert.All(Between(20, 24.9), amperes => Assert.Equal(-15.7e-6, amperes, 1e-7));
        // A cable that is pulled carries no other channel either.
        Assert.Empty(Between(25.1, 27.9));
        Assert.All(Between(30.1, 40), amperes => Assert.Equal(0, amperes, 1e-9));

        List<double> Between(double from, double to) => [.. heard.Where(sample => sample.At > from && sample.At < to).Select(sample => sample.Amperes)];
    }

    [Fact]
    public void A_rig_without_channels_keeps_its_time()
    {
        var bench = new Bench(Seed);
        bench.Run(50);
        var restored = new Bench(Seed);
        restored.Rig.Restore(bench.Rig.Snapshot());
        restored.Run(10);
        Assert.Equal(60, restored.Rig.Snapshot().Seconds, 1e-9);
    }

    /// <summary>A rig of cells in one chamber and one press, with a note of everything that is heard, in its order.</summary>
    private sealed class Bench
    {
        private static readonly ImmutableArray<ChannelUpset> Eventful =
        [
            ChannelBench.Upset(UpsetKind.ClockDrift, 5, 200, 1e-3), ChannelBench.Upset(UpsetKind.ClockJump, 30, 0, 7), ChannelBench.Upset(UpsetKind.LeadStep, 70, 0, 2),
            ChannelBench.Upset(UpsetKind.SoftShort, 36, 0), ChannelBench.Upset(UpsetKind.WrongChannel, 50, 40), ChannelBench.Upset(UpsetKind.CablePulled, 130, 60),
            ChannelBench.Upset(UpsetKind.Reboot, 400, 5), ChannelBench.Upset(UpsetKind.NoisySpectra, 10, 100, 3), ChannelBench.Upset(UpsetKind.MissingPoints, 10, 100, 0.2),
        ];

        public Bench(int seed, params string[] channels)
            : this(seed, [new CellCollapse(TimeSpan.FromSeconds(250), 0, 0.3), new PressureSpike(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(90), 0.5)], Eventful, channels)
        {
        }

        public Bench(int seed, ImmutableArray<ConditionEvent> pressed, ImmutableArray<ChannelUpset> upsets, params string[] channels)
        {
            Time = new(DateTimeOffset.UnixEpoch);
            var rig = new RigDescription(
                "rig-1", seed, [new("chamber-1", 10, 60, 30, [new TargetProgram(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(600), 5)])], [new("press-1", 1, 10, 5, pressed)],
                [.. channels.Select(name => new ChannelDescription(name, name, "chamber-1", "press-1", Plans.Instrument, TestCells.Record(Surface.Untreated), null))]);
            var scripts = channels.ToDictionary(name => name, name => new CellScript(
                [new("loss_at_short", new Core.Scenarios.Uniform(0.1, 0.2)), new("creep_per_decade", new Fixed(0.005)), new("pouch_doubling", new Fixed(86_400))],
                name == "ch-2" ? upsets : [], []));
            Rig = new(rig, seed, Time, scripts);
            Wirings = channels.Zip(Rig.Wirings).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var name in channels)
            {
                Heard[name] = [];
                Wirings[name].Instrument.Connect(new Listener(name, this));
                Wirings[name].Relay!.Feed();
            }

            foreach (var (device, _) in Rig.Devices)
                device.Connect(reading => Notes.Add($"{device.Name} {reading.Value:R}"));
            Time.Every(TimeSpan.FromSeconds(0.5), () =>
            {
                foreach (var name in channels)
                    Wirings[name].Relay!.Feed();
            });
        }

        public DiscreteRigTime Time { get; }

        public SimulatedRig Rig { get; }

        public Dictionary<string, Devices.Sessions.ChannelWiring> Wirings { get; }

        public List<string> Notes { get; } = [];

        public Dictionary<string, List<(double At, double Amperes)>> Heard { get; } = [];

        /// <summary>Each plates for five minutes with a sweep at once and sentinel sweeps behind it, and has another segment queued.</summary>
        public void Start()
        {
            foreach (var wiring in Wirings.Values)
            {
                var segment = ScriptedSession.Segment(1) with
                {
                    DurationMax = TimeSpan.FromSeconds(300), ChargeMax = new(1), Sweep = new(1, Plans.Sweep.FrequenciesHz(), 1.57e-6, 0, 3),
                    Sentinels = new(2, 20, [3e6, 1e5, 1.01e3], 1.57e-6, 3, 10),
                };
                wiring.Instrument.Arm(segment);
            }

            Run(1);
            foreach (var wiring in Wirings.Values)
                wiring.Instrument.Queue(ScriptedSession.Segment(2) with { DurationMax = TimeSpan.FromSeconds(300), ChargeMax = new(3e-3) });
        }

        public void Run(double until) => Time.RunUntil(() => false, TimeSpan.FromTicks((long)Math.Round(until * TimeSpan.TicksPerSecond)));

        private sealed class Listener(string name, Bench bench) : IInstrumentListener
        {
            public void OnSample(in InstrumentSample sample)
            {
                bench.Notes.Add($"{name} {sample}");
                bench.Heard[name].Add((bench.Time.Now.TotalSeconds, sample.Amperes));
            }

            public void OnReport(InstrumentReport report) => bench.Notes.Add($"{name} {report}");
        }
    }
}
