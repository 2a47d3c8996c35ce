using BenchmarkDotNet.Attributes;
using CycleRig.Core.Channels;
using CycleRig.Testing;

namespace CycleRig.Benchmarks;

/// <summary>Decisions of a channel that plates at 0.5 mA/cm², 30 s into its first segment.</summary>
[MemoryDiagnoser]
public class ChannelBenchmarks
{
    private readonly ChannelPlan _plan = Plans.Of(Plans.Plating.Steps[^1]);
    private ChannelState _state = ChannelState.Initial;
    private Happened _sample;
    private Happened _tick;

    [GlobalSetup]
    public void Plate()
    {
        var channel = new ScriptedChannel(_plan);
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(30));
        _state = channel.State is Running { Progress.Live: not null } running
            ? running
            : throw new InvalidOperationException($"The channel does not plate; it is {channel.State}.");
        var at = channel.Now + TimeSpan.FromMilliseconds(100);
        var measured = AnyEvent.Measured(channel.NextOrdinal(), -0.3, at.TotalSeconds);
        _sample = new(1000, at, measured with { Sample = measured.Sample with { CurrentAmperes = -15.7e-6 }, Charge = _state.Ledger.Charge });
        _tick = new(1001, at, new SessionTicked(channel.NextOrdinal()));
        if (Sample().Next is not Running || Tick().Next is not Running)
            throw new InvalidOperationException("A plain sample or tick ends the run; the benchmark would measure a halt.");
    }

    [Benchmark]
    public Decision Sample() => ChannelMachine.Decide(_state, _sample, _plan);

    /// <summary>With the renewal of the lease.</summary>
    [Benchmark]
    public Decision Tick() => ChannelMachine.Decide(_state, _tick, _plan);
}
