using System.Collections.Immutable;
using CsCheck;
using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Core.Safety;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Channels;

/// <summary>The machine's share of the session's contract (docs/ARCHITECTURE.md), over random histories.</summary>
public sealed class ChannelMachineTests
{
    private const int Histories = 10_500;

    private static readonly Gen<ChannelEvent[]> History = AnyEvent.One.Array[1, 60];

    [Fact]
    public void A_halted_channel_never_energises_the_cell() => Check((before, _, decision) =>
    {
        if (before is Halted)
            Assert.DoesNotContain(decision.Commands, command => command.Energises);
    });

    [Fact]
    public void Only_an_acknowledge_leaves_a_halt_and_it_never_runs() => Check((before, happened, decision) =>
    {
        if (before is Halted && decision.Next is not Halted)
        {
            Assert.IsType<Acknowledged>(happened.Event);
            Assert.True(decision.Next is Paused or Idle, decision.Next.GetType().Name);
        }
    });

    [Fact]
    public void Energising_commands_only_answer_a_durable_event() => Check((_, happened, decision) =>
    {
        if (decision.Commands.Any(command => command.Energises))
            Assert.IsType<Durable>(happened.Event);
    });

    [Fact]
    public void An_arm_carries_the_granted_stop_number_and_needs_every_permit_and_the_device()
    {
        var arms = 0;
        Check((_, _, decision) =>
        {
            foreach (var arm in decision.Commands.OfType<ArmSegment>())
            {
                var ledger = decision.Next.Ledger;
                Interlocked.Increment(ref arms);
                Assert.Equal(ledger.StopNumber, arm.StopNumber);
                Assert.Equal(ledger.GrantedNumber, arm.StopNumber);
                Assert.Empty(ledger.Withdrawn);
                Assert.True(ledger.DeviceOnline);
                Assert.Equal(ledger.SessionEvent, arm.SeenSessionEvent);
                Assert.IsType<Running>(decision.Next);
            }
        });
        Assert.True(arms > 100, $"only {arms} arms in {Histories} histories: this test sees too few");
    }

    [Fact]
    public void No_cause_is_dropped_in_any_state() => Check((before, happened, decision) =>
    {
        // Where no run is open a device host that is silent hinders a start, and is nothing to acknowledge.
        if (happened.Event is CauseFound { Reason: Reason.DeviceLost } && before is Idle or Completed)
        {
            Assert.Contains(Reason.DeviceLost, decision.Next.Ledger.Present);
            return;
        }

        Reason? reason = happened.Event switch
        {
            SessionStopped { Ordered: false, Cause.Reason: Reason.LeaseLost } when decision.Next.OpenRun?.Restart is not null => null,
            SessionStopped { Ordered: false } stopped => stopped.Cause.Reason,
            DeviceLost => Reason.DeviceLost,
            CauseFound found => found.Reason,
            // A verdict on another run than the open one means nothing.
            SpectrumAssessed { Level: WarningLevel.Halt } verdict when decision.Next.OpenRun?.Run == verdict.Run => verdict.Reason,
            HaltOrdered => Reason.OperatorHalt,
            _ => null,
        };
        if (reason is { } expected)
            Assert.Contains(Assert.IsType<Halted>(decision.Next).Causes, cause => cause.Reason == expected);
    });

    [Fact]
    public void The_first_cause_stays_first() => Check((before, _, decision) =>
    {
        if (before is Halted was && decision.Next is Halted now)
            Assert.Equal(was.Causes[0], now.Causes[0]);
    });

    [Fact]
    public void A_halt_by_the_machine_turns_the_cell_off_in_the_same_step() => Check((before, happened, decision) =>
    {
        if (before is not Halted && decision.Next is Halted && happened.Event is not SessionStopped)
            Assert.Contains(decision.Commands, command => command is CellOff { Finish: false });
    });

    [Fact]
    public void Current_through_a_cell_that_is_off_opens_the_relay() => Check((before, _, _) =>
    {
        var leaking = AnyEvent.Measured(6000, 0, 1) with { Sample = new(1, 1e-3, 0, 30, 5, 0) };
        var off = before with { Ledger = before.Ledger with { OffConfirmed = true } };
        var decision = ChannelMachine.Decide(off, new(1, TimeSpan.Zero, leaking), Plans.Plating);
        Assert.Contains(decision.Commands, command => command is OpenRelay);
        Assert.IsType<Halted>(decision.Next);
    });

    [Fact]
    public void A_segment_stays_within_the_bounds_of_the_protocol() => Check((_, _, decision) =>
    {
        foreach (var arm in decision.Commands.OfType<ArmSegment>().Where(arm => arm.Segment.Kind == SegmentKind.Galvanostatic))
        {
            var bound = (Plans.Plating.Safety.SegmentCapacity * Plans.Cell.Area).Coulombs;
            Assert.InRange(arm.Segment.ChargeMax.Coulombs, 0, bound * 1.02);
            Assert.InRange(arm.Segment.DurationMax, TimeSpan.Zero, Plans.Plating.Safety.SegmentDuration * 1.05 + TimeSpan.FromSeconds(1));
        }
    });

    [Fact]
    public void Every_event_has_a_rule_in_every_state()
    {
        var events = typeof(ChannelEvent).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ChannelEvent))).ToHashSet();
        var seen = new HashSet<(Type, Type)>();
        var states = States().ToList();
        AnyEvent.One.Sample(
            happened =>
            {
                foreach (var state in states)
                {
                    lock (seen)
                        seen.Add((state.GetType(), happened.GetType()));
                    ChannelMachine.Decide(state, new(1, TimeSpan.FromSeconds(1), happened), Plans.Plating);
                }
            },
            iter: 3000);
        Assert.Equal(events.Count * 6, seen.Count);
    }

    private static IEnumerable<ChannelState> States()
    {
        var ledger = ChannelLedger.Empty with { Token = AnyEvent.Token };
        var progress = new RunProgress { Run = AnyEvent.Run, Operator = "op", Step = 3, StepBegan = TimeSpan.Zero };
        yield return new Idle(ledger);
        yield return new Settling(ledger, progress with { Step = 0 });
        yield return new Running(ledger, progress);
        yield return new Paused(ledger, progress, TimeSpan.Zero);
        yield return new Halted(ledger, progress, [new(Reason.Blind, TimeSpan.Zero, "drawn")]);
        yield return new Completed(ledger, AnyEvent.Run);
    }

    /// <summary>Runs random histories from every state and looks at each decision.</summary>
    /// <summary>
    /// Every history twice: from each state with events that fit nothing, and from a run that has just begun, with people who cite what they
    /// see and a disk and a session that answer. The first finds what no order of events may do, the second gets far enough to arm.
    /// </summary>
    private static void Check(Action<ChannelState, Happened, Decision> look) => History.Sample(
        history =>
        {
            foreach (var start in States())
                Follow(start, history, look, answered: false);
            Follow(ChannelState.Initial, [.. Begun, .. history], look, answered: true);
        },
        iter: Histories / 7);

    private static ImmutableArray<ChannelEvent> Begun =>
    [
        new Attached(1, AnyEvent.Token, 0, [], default), new OffConfirmed(2, default), AnyEvent.Measured(3, 0, 0), new StartOrdered("op", AnyEvent.Run, 3, 0, 0),
        new SessionTicked(4),
    ];

    private static void Follow(ChannelState start, ReadOnlySpan<ChannelEvent> history, Action<ChannelState, Happened, Decision> look, bool answered)
    {
        var (state, number) = (start, 0L);
        for (var i = 0; i < history.Length; i++)
        {
            var waiting = new Queue<ChannelEvent>([history[i]]);
            while (waiting.TryDequeue(out var next))
            {
                var happened = new Happened(++number, TimeSpan.FromSeconds(i), answered ? Cited(next, state.Ledger) : next);
                var decision = ChannelMachine.Decide(state, happened, Plans.Plating);
                look(state, happened, decision);
                state = decision.Next;
                if (answered)
                    Answers(decision, number, state.Ledger.SessionEvent).ForEach(waiting.Enqueue);
            }
        }
    }

    private static ChannelEvent Cited(ChannelEvent happened, ChannelLedger seen) => happened switch
    {
        StartOrdered start => start with { StateVersion = seen.Version, StopNumber = seen.StopNumber },
        ResumeOrdered resume => resume with { StateVersion = seen.Version, StopNumber = seen.StopNumber },
        SkipOrdered skip => skip with { StateVersion = seen.Version },
        _ => happened,
    };

    private static List<ChannelEvent> Answers(Decision decision, long number, long ordinal)
    {
        List<ChannelEvent> answers = decision.AwaitsDurable ? [new Durable(number)] : [];
        answers.AddRange(decision.Commands.OfType<GrantAllowance>().Select(grant => new Granted(++ordinal, grant.StopNumber, grant.Allowance)));
        answers.AddRange(decision.Commands.OfType<ArmSegment>().Select(arm => new SegmentArmed(++ordinal, arm.Segment.Number, arm.Queued)));
        return answers;
    }
}
