using System.Collections.Immutable;
using CycleRig.Core.Channels;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>What a decision costs: the state and the commands that it returns, and nothing beside them.</summary>
public sealed class DecisionAllocationTests
{
    private const int Turns = 100;

    private static readonly ChannelPlan Plan = Plans.Of(Plans.Plating.Steps[3]);

    [Fact]
    public void A_sample_under_current_costs_its_new_state()
    {
        var running = Plating();
        var measured = new SampleMeasured(1000, running.Ledger.Sample!.Value with { CurrentAmperes = -15.7e-6 }, running.Ledger.Charge);
        Assert.Equal(StateBytes(running), Bytes(() => Decide(running, measured)), 1.0);
    }

    [Fact]
    public void A_tick_costs_its_new_state_and_the_renewal_of_the_lease()
    {
        var running = Plating();
        var renewal = new RenewLease(AnyEvent.Token, 1);
        var commands = Bytes(() => ImmutableArray.Create<ChannelCommand>(renewal)) + Bytes(() => renewal with { });
        Assert.Equal(StateBytes(running) + commands, Bytes(() => Decide(running, new SessionTicked(1000))) - Bytes(() => new SessionTicked(1000)), 1.0);
    }

    private static double StateBytes(Running running) => Bytes(() => running with { }) + Bytes(() => running.Ledger with { });

    private static ChannelState Decide(ChannelState state, ChannelEvent happened) =>
        ChannelMachine.Decide(state, new(1000, state.Ledger.Now, happened), Plan).Next;

    /// <summary>A channel in the middle of a segment, no other one wanted.</summary>
    private static Running Plating()
    {
        var channel = new ScriptedChannel(Plan);
        channel.Start();
        channel.Wait(TimeSpan.FromSeconds(20));
        var running = Assert.IsType<Running>(channel.State);
        Assert.NotNull(running.Progress.Live);
        return running;
    }

    private static double Bytes<T>(Func<T> make)
    {
        T? last = default;
        for (var i = 0; i < 100; i++)
            last = make();
        var bytes = AllocatedBytes.Of(() =>
        {
            for (var i = 0; i < Turns; i++)
                last = make();
        }) / (double)Turns;
        GC.KeepAlive(last);
        return bytes;
    }
}
