using CycleRig.Core.Safety;

namespace CycleRig.Core.Channels;

/// <summary>What each event tells, whatever the state. One new ledger an event, nothing else.</summary>
internal static class LedgerRules
{
    public static ChannelLedger Take(ChannelLedger ledger, Happened happened, ChannelPlan plan)
    {
        var now = happened.At > ledger.Now ? happened.At : ledger.Now;
        var seen = happened.Event is SessionEvent { Ordinal: var ordinal } ? Math.Max(ledger.SessionEvent, ordinal) : ledger.SessionEvent;
        return happened.Event switch
        {
            // A new boot of the device host counts its events from the start again.
            Attached attached => ledger with
            {
                Now = now, SessionEvent = attached.Ordinal, Token = attached.Token, Boot = attached.Token.BootId, StopNumber = attached.StopNumber, GrantedNumber = null,
                Charge = attached.Charge, DeviceOnline = true, Withdrawn = ledger.Withdrawn.Clear(), OffConfirmed = false,
            },
            SampleMeasured measured when Blindness.After(ledger, measured, plan) is var blind => ledger with
            {
                Now = now, SessionEvent = seen, Sample = measured.Sample, Charge = measured.Charge, BlindSeconds = blind.Seconds, BlindCoulombs = blind.Coulombs,
            },
            SegmentArmed => ledger with { Now = now, SessionEvent = seen, OffConfirmed = false },
            OffConfirmed off => ledger with { Now = now, SessionEvent = seen, OffConfirmed = true, Charge = off.Charge },
            SessionStopped stopped => ledger with
            {
                Now = now, SessionEvent = seen, StopNumber = Math.Max(ledger.StopNumber, stopped.StopNumber), GrantedNumber = null,
                OffConfirmed = false,
            },
            Granted granted => ledger with { Now = now, SessionEvent = seen, GrantedNumber = granted.StopNumber },
            DeviceLost => ledger with { Now = now, SessionEvent = seen, DeviceOnline = false, OffConfirmed = false },
            DeviceFound => ledger with { Now = now, SessionEvent = seen, DeviceOnline = true },
            PermitChanged permit => ledger with
            {
                Now = now, SessionEvent = seen,
                Withdrawn = permit.Held ? ledger.Withdrawn.Remove(permit.Permit) : ledger.Withdrawn.SetItem(permit.Permit, new Cause(permit.Reason, happened.At, permit.Detail)),
            },
            SpectrumAssessed { Valid: true } assessed when Blindness.After(ledger, assessed) is var blind => ledger with
            {
                Now = now, Level = assessed.Level, BlindSeconds = blind.Seconds, BlindCoulombs = blind.Coulombs,
            },
            SpectrumAssessed assessed => ledger with { Now = now, Level = assessed.Level },
            CauseFound found when found.Reason is Reason.Storage or Reason.DeviceLost => ledger with { Now = now, Present = ledger.Present.Add(found.Reason) },
            CauseGone gone => ledger with { Now = now, Present = ledger.Present.Remove(gone.Reason) },
            _ => ledger with { Now = now, SessionEvent = seen },
        };
    }
}
