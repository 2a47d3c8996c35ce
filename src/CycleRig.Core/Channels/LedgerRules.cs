using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What each event tells, whatever the state.</summary>
internal static class LedgerRules
{
    public static ChannelLedger Take(ChannelLedger ledger, Happened happened)
    {
        var timed = ledger with
        {
            Now = happened.At > ledger.Now ? happened.At : ledger.Now,
            SessionEvent = happened.Event is SessionEvent { Ordinal: var ordinal } ? NewestOf(ledger, happened.Event, ordinal) : ledger.SessionEvent,
        };
        return happened.Event switch
        {
            // The former token stays known until the machine has compared boots (Restarting); Attached is taken there and here.
            Attached attached => timed with
            {
                Token = attached.Token, StopNumber = attached.StopNumber, GrantedNumber = null, DeviceOnline = true,
                Withdrawn = timed.Withdrawn.Clear(), OffConfirmed = false,
            },
            SampleMeasured measured => timed with { Sample = measured.Sample, Charge = measured.Charge },
            SegmentArmed => timed with { OffConfirmed = false },
            OffConfirmed off => timed with { OffConfirmed = true, Charge = off.Charge },
            SessionStopped stopped => timed with { StopNumber = Math.Max(ledger.StopNumber, stopped.StopNumber), GrantedNumber = null },
            Granted granted => timed with { GrantedNumber = granted.StopNumber },
            DeviceLost => timed with { DeviceOnline = false, OffConfirmed = false },
            DeviceFound => timed with { DeviceOnline = true },
            PermitChanged { Held: true } permit => timed with { Withdrawn = timed.Withdrawn.Remove(permit.Permit) },
            PermitChanged permit => timed with
            {
                Withdrawn = timed.Withdrawn.SetItem(permit.Permit, new Cause(permit.Reason, happened.At, permit.Detail)),
            },
            SpectrumAssessed assessed => timed with
            {
                Level = assessed.Level,
                AssessedSeconds = assessed.Valid ? Math.Max(timed.AssessedSeconds ?? assessed.AsOfSeconds, assessed.AsOfSeconds) : timed.AssessedSeconds,
            },
            CauseFound found when found.Reason == Reason.Storage => timed with { Present = timed.Present.Add(found.Reason) },
            CauseGone gone => timed with { Present = timed.Present.Remove(gone.Reason) },
            _ => timed,
        };
    }

    /// <summary>A new boot of the device host counts from the start again.</summary>
    private static long NewestOf(ChannelLedger ledger, ChannelEvent happened, long ordinal) =>
        happened is Attached ? ordinal : Math.Max(ledger.SessionEvent, ordinal);
}
