using System.Collections.Immutable;
using CycleRig.Core.Protocols;
using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What a durable decision sets free, judged anew by the state of this moment.</summary>
internal static class Releasing
{
    public static Decision Release(ChannelState state, Durable durable, ChannelPlan plan)
    {
        var progress = state.OpenRun!;
        var ledger = state.Ledger;
        var commands = ImmutableArray.CreateBuilder<ChannelCommand>();
        if (ledger.Token is not { } token || progress.Restart is not null)
            return Decision.Of(state);
        if (progress.Grant is { Sent: false } grant && grant.Event <= durable.UpTo)
        {
            commands.Add(new GrantAllowance(token, grant.StopNumber, grant.Allowance, progress.Operator, grant.NewRun));
            commands.Add(new RenewLease(token, ledger.SessionEvent));
            progress = progress with { Grant = grant with { Sent = true }, ActedAt = ledger.Now };
        }

        if (progress.Wanted is { Sent: false } wanted && wanted.Event <= durable.UpTo)
        {
            var allowed = MayArm(state, wanted, plan);
            progress = progress with
            {
                Wanted = allowed ? wanted with { Sent = true } : null, Refusals = allowed ? progress.Refusals : progress.Refusals + 1,
                Check = allowed || progress.Check is null ? progress.Check : CheckPhase.Due,
            };
            if (progress.Refusals >= SegmentRules.RefusalsMax)
                return Halting.Halt(state, Reason.ArmRefused, $"segment {wanted.Segment.Number} could not go out: {Obstacle(state)}");
            if (allowed)
                commands.Add(new ArmSegment(token, ledger.StopNumber, ledger.SessionEvent, wanted.Segment, wanted.Queued));
        }

        ChannelState next = state is Settling settling
            ? settling with { Progress = progress }
            : ((Running)state) with { Progress = progress };
        return new(next, commands.ToImmutable());
    }

    private static string Obstacle(ChannelState state) =>
        !state.Ledger.DeviceOnline ? "the instrument does not answer"
        : state.Ledger.Withdrawn.Values.FirstOrDefault() is { } withdrawn ? $"no permit: {withdrawn}"
        : "the state had changed when its decision was on disk";

    /// <summary>Whether a segment may go out now.</summary>
    private static bool MayArm(ChannelState state, WantedSegment wanted, ChannelPlan plan) =>
        state is Running { Progress: var progress, Ledger: var ledger }
        && ledger.DeviceOnline
        && ledger.Withdrawn.IsEmpty
        && ledger.Present.IsEmpty
        && ledger.GrantedNumber == ledger.StopNumber
        && wanted.Queued == (progress.Live is not null)
        && (wanted.Queued || ledger.OffConfirmed)
        && !(plan.Steps[progress.Step] is Galvanostatic or PotentiostaticHold && progress.Check is null
            && Blindness.IsBlind(ledger, plan.Steps[progress.Step], plan));
}
