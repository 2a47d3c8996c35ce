using CycleRig.Core.Channels;
using CycleRig.Core.Safety;

namespace CycleRig.Testing;

/// <summary>A channel machine with a disk and a session that answer as they should, one second at a time.</summary>
public sealed class ScriptedChannel(ChannelPlan plan)
{
    private long _number;
    private long _ordinal;

    public ChannelState State { get; private set; } = ChannelState.Initial;

    public List<ChannelCommand> Sent { get; } = [];

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public TimeSpan StartedAt { get; private set; }

    /// <summary>Whether what is decided becomes durable.</summary>
    public bool DiskAnswers { get; init; } = true;

    /// <summary>Whether the session understands an allowance as it was given.</summary>
    public bool EchoesAllowance { get; init; } = true;

    /// <summary>Whether the session takes grants.</summary>
    public bool Grants { get; init; } = true;

    /// <summary>Whether the session says that a sweep after a halt has begun.</summary>
    public bool ArmsProbes { get; init; } = true;

    public long NextOrdinal() => ++_ordinal;

    /// <summary>Attaches the session and starts a run.</summary>
    public void Start()
    {
        Tell(new Attached(NextOrdinal(), AnyEvent.Token, 0, [], default));
        Tell(new OffConfirmed(NextOrdinal(), default));
        Tell(AnyEvent.Measured(NextOrdinal(), 0, Now.TotalSeconds));
        StartedAt = Now;
        Tell(new StartOrdered("op", AnyEvent.Run, null, 0, State.Ledger.Version));
    }

    /// <summary>Tells the machine of an event, and answers what it sends.</summary>
    public void Tell(ChannelEvent happened)
    {
        var decision = ChannelMachine.Decide(State, new(++_number, Now, happened), plan);
        var number = _number;
        State = decision.Next;
        Sent.AddRange(decision.Commands);
        foreach (var grant in decision.Commands.OfType<GrantAllowance>().Where(_ => Grants))
            Tell(new Granted(NextOrdinal(), grant.StopNumber, EchoesAllowance ? grant.Allowance : grant.Allowance with { Charge = new(1000) }));
        foreach (var arm in decision.Commands.OfType<ArmSegment>())
            Tell(new SegmentArmed(NextOrdinal(), arm.Segment.Number, arm.Queued));
        foreach (var probe in decision.Commands.OfType<ArmProbe>().Where(_ => ArmsProbes))
            Tell(new SegmentArmed(NextOrdinal(), probe.Segment.Number, Queued: false));
        if (decision.AwaitsDurable && DiskAnswers)
            Tell(new Durable(number));
    }

    /// <summary>Lets time pass with one sample and one tick a second; in long waits once a minute.</summary>
    public void Wait(TimeSpan time)
    {
        var end = Now + time;
        var step = time > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1);
        while (Now < end)
        {
            Now += step;
            var amperes = (State as Running)?.Progress.Live?.Segment.Current.Amperes ?? 0;
            var charge = State.Ledger.Charge;
            var passed = amperes * step.TotalSeconds;
            Tell(new SampleMeasured(
                NextOrdinal(), new(Now.TotalSeconds, amperes, 0, 30, 5, charge.Measured.Coulombs + passed),
                new(new(charge.Measured.Coulombs + passed), new(charge.ThroughputUpperBound.Coulombs + Math.Abs(passed)))));
            Tell(new SessionTicked(NextOrdinal()));
        }
    }

    /// <summary>Lets the instrument run every galvanostatic segment to its planned end, until none is wanted.</summary>
    public List<Segment> RunSegments()
    {
        var ran = new List<Segment>();
        while (State is Running { Progress.Live: { } live })
        {
            ran.Add(live.Segment);
            Wait(live.Segment.DurationMax);
            if (State is Running)
                Finish(live.Segment);
            if (State is Running)
                Wait(TimeSpan.FromSeconds(1));
        }

        return ran;
    }

    /// <summary>The instrument ends a segment as planned.</summary>
    public void Finish(Segment segment)
    {
        var coulombs = Math.Min(segment.ChargeMax.Coulombs, Math.Abs(segment.Current.Amperes) * segment.DurationMax.TotalSeconds);
        var end = segment.EndsStepAtCharge ? SegmentEnd.Charge : SegmentEnd.Time;
        var charge = new ChargePair(new(-coulombs), new(coulombs));
        Tell(new SegmentEnded(NextOrdinal(), segment.Number, end, segment.DurationMax.TotalSeconds, charge));
        if (State is Running { Progress.Queued: { } next })
            Tell(new SegmentArmed(NextOrdinal(), next.Number, Queued: false));
        else
            Tell(new OffConfirmed(NextOrdinal(), State.Ledger.Charge));
    }
}
