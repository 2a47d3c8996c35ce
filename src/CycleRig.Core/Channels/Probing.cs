using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>
/// Sweeps around rest after a halt for dendrite onset (docs/ARCHITECTURE.md, point 9). Any further cause ends them, and so does a new owner of the session;
/// the session holds them to the same by itself.
/// </summary>
internal static class Probing
{
    /// <summary>A sweep that could not be taken so long after its time is left out.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(10);

    /// <summary>Halts on a verdict; where the run was under way and its protocol asks for them, probes follow.</summary>
    public static Decision Halt(ChannelState state, SpectrumAssessed verdict, ChannelPlan plan)
    {
        var decision = Halting.Halt(state, verdict.Reason, verdict.Detail);
        return state is Running && verdict.Reason == Reason.DendriteOnset && plan.Safety.AfterHalt is not null && decision.Next is Halted halted
            ? decision with { Next = halted with { Probe = new() } }
            : decision;
    }

    /// <summary>What an event means to a halted channel that is to be probed.</summary>
    public static Decision Decide(Halted halted, ProbeProgress probe, Happened happened, ChannelPlan plan) => happened.Event switch
    {
        OffConfirmed when probe.OffAt is null => Decision.Of(halted with { Probe = probe with { OffAt = happened.At } }),
        SessionTicked ticked => Ticked(halted, probe, ticked, happened, plan),
        Durable durable when probe.Wanted is { Sent: false } wanted && wanted.Event <= durable.UpTo => Release(halted, probe, wanted),
        SegmentArmed armed when probe.Wanted is { Sent: true } wanted && wanted.Segment.Number == armed.Segment =>
            Decision.Of(halted with { Probe = probe with { Wanted = null, Live = new(wanted.Segment, happened.At) } }),
        SegmentEnded ended when probe.IsOut(ended.Segment) => Decision.Of(halted with { Probe = Left(probe with { Wanted = null, Live = null }) }),
        ArmRefused refused when probe.Wanted?.Segment.Number == refused.Segment => Decision.Of(halted with { Probe = Left(probe with { Wanted = null }) }),
        Attached => Decision.Of(halted with { Probe = null }),
        _ => Decision.Of(halted),
    };

    private static Decision Ticked(Halted halted, ProbeProgress probe, SessionTicked ticked, Happened happened, ChannelPlan plan)
    {
        if (halted.Ledger.Token is not { } token || probe.OffAt is not { } off)
            return Decision.Of(halted);
        var since = happened.At - off;
        if (since > AfterHaltProbe.At[^1] + LateMax && !probe.IsOut())
            return Decision.Of(halted with { Probe = null });
        var lease = new RenewLease(token, ticked.Ordinal);
        var had = AfterHaltProbe.At.Count(at => since >= at);
        if (had <= probe.Had || probe.Wanted is not null || probe.Live is not null)
            return Decision.Of(halted, lease);
        if (since > AfterHaltProbe.At[had - 1] + LateMax)
            return Decision.Of(halted with { Probe = Left(probe with { Had = had }) }, lease);
        if (!MayArm(halted.Ledger))
            return Decision.Of(halted, lease);
        var progress = halted.Progress!;
        var segment = SegmentPlanner.Probe(progress.Run, progress.Segments + 1, progress.Sweeps, plan)!;
        return new(
            halted with
            {
                Progress = progress with { Segments = segment.Number, Sweeps = progress.Sweeps + 1 },
                Probe = probe with { Had = had, Wanted = new(segment, happened.Number, Queued: false, Sent: false) },
            },
            [lease],
            AwaitsDurable: true);
    }

    private static Decision Release(Halted halted, ProbeProgress probe, WantedSegment wanted)
    {
        var ledger = halted.Ledger;
        return ledger.Token is { } token && MayArm(ledger)
            ? Decision.Of(
                halted with { Probe = probe with { Wanted = wanted with { Sent = true } } },
                new ArmProbe(token, ledger.StopNumber, ledger.SessionEvent, wanted.Segment))
            : Decision.Of(halted with { Probe = Left(probe with { Wanted = null }) });
    }

    private static bool MayArm(ChannelLedger ledger) => ledger.DeviceOnline && ledger.OffConfirmed && ledger.Withdrawn.IsEmpty && ledger.Present.IsEmpty;

    private static ProbeProgress? Left(ProbeProgress probe) => probe.Had < AfterHaltProbe.At.Length ? probe : null;
}
