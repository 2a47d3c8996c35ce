namespace CycleRig.Core.Channels;

/// <summary>Moves a state of a former host to the clock of this one: rig time begins anew with every process.</summary>
public static class Rebase
{
    /// <summary>The same state, its times seen from now; token and grant of the former host are void.</summary>
    /// <param name="state">State from a checkpoint.</param>
    /// <param name="now">Rig time of this host.</param>
    public static ChannelState ToThisClock(ChannelState state, TimeSpan now)
    {
        var shift = now - state.Ledger.Now;
        var moved = state with { Ledger = state.Ledger with { Now = now, Token = null, GrantedNumber = null } };
        return moved switch
        {
            Settling settling => settling with { Progress = Moved(settling.Progress, shift) },
            Running running => running with { Progress = Moved(running.Progress, shift) },
            Paused paused => paused with { Progress = Moved(paused.Progress, shift), Since = paused.Since + shift },
            Halted { Progress: { } progress } halted => halted with { Progress = Moved(progress, shift), Probe = null },
            _ => moved,
        };
    }

    private static RunProgress Moved(RunProgress progress, TimeSpan shift) => progress with
    {
        StepBegan = progress.StepBegan + shift, SweepDue = progress.SweepDue + shift, ActedAt = progress.ActedAt + shift, SettledSince = null,
    };
}
