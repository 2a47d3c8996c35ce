using BenchmarkDotNet.Attributes;
using CycleRig.Core.Channels;
using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Devices.Instruments;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Devices.Time;
using CycleRig.Testing;

namespace CycleRig.Benchmarks;

/// <summary>A simulated minute of a rig whose channels plate at 0.5 mA/cm²: ten samples a second, and a full sweep of 73 points in each.</summary>
[MemoryDiagnoser]
public class SimulatedChannelBenchmarks : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Segment Plating = ScriptedSession.Segment(1) with
    {
        DurationMax = Minute, ChargeMax = new(1), Sweep = new(1, new SweepRange(new(7e6), new(0.5), 10, 3).FrequenciesHz(), 1.57e-6, 0, 3),
    };

    private DiscreteRigTime _time = null!;
    private SimulatedRig _rig = null!;
    private int _minutes;

    [Params(1, 1000)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Build()
    {
        _time = new(DateTimeOffset.UnixEpoch);
        var names = Enumerable.Range(1, Channels).Select(number => $"ch-{number}").ToList();
        _rig = new(
            new("rig-1", 1, [new("chamber-1", 10, 60, 30, [])], [new("press-1", 1, 10, 5, [])],
                [.. names.Select(name => new ChannelDescription(name, name, "chamber-1", "press-1", Plans.Instrument, Plans.Cell, null))]),
            1, _time);
        foreach (var wiring in _rig.Wirings)
        {
            wiring.Instrument.Connect(new Nobody());
            _time.Every(TimeSpan.FromSeconds(1), () => wiring.Relay!.Feed());
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _time.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A segment lasts a minute; the next one follows it.</summary>
    [Benchmark]
    public bool RigMinute()
    {
        foreach (var wiring in _rig.Wirings)
        {
            wiring.Instrument.Abort();
            wiring.Instrument.Arm(Plating with { Number = _minutes + 1 });
        }

        _minutes++;
        return _time.RunUntil(() => false, Minute * _minutes);
    }

    private sealed class Nobody : IInstrumentListener
    {
        public void OnSample(in InstrumentSample sample)
        {
        }

        public void OnReport(InstrumentReport report)
        {
        }
    }
}
