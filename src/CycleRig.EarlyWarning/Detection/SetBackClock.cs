namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// A spectrum that is older than the last one is late, or the clock was set back, or the last one's clock was wrong. One alone can not tell, and
/// waiting until the clock has caught up may take years: several in order are a clock that goes on from another time.
/// </summary>
internal static class SetBackClock
{
    /// <summary>Older spectra in a row, in order among themselves, after which their clock is believed.</summary>
    private const int InOrder = 3;

    /// <summary>The state after an older spectrum: with one more of them seen, or with its times moved to the clock of the last of them.</summary>
    /// <param name="state">Before.</param>
    /// <param name="seconds">Time of the spectrum, s, before that of the last one that counted.</param>
    public static DetectorState Behind(DetectorState state, double seconds)
    {
        var older = state.Older > 0 && seconds > state.OlderSeconds ? state.Older + 1 : 1;
        return older < InOrder ? state with { Older = older, OlderSeconds = seconds } : Moved(state, state.OlderSeconds - state.Last.TimeSeconds);
    }

    private static DetectorState Moved(DetectorState state, double seconds) => state with
    {
        Older = 0,
        OlderSeconds = 0,
        First = state.First with { TimeSeconds = state.First.TimeSeconds + seconds },
        Last = state.Last with { TimeSeconds = state.OlderSeconds },
        // What was seen before does not lie ahead: a second sweep that confirms it would wait for the old clock.
        WholeSeconds = Math.Min(state.WholeSeconds, state.OlderSeconds),
        AboveSinceSeconds = Math.Min(state.AboveSinceSeconds, state.OlderSeconds),
        FallenSinceSeconds = Math.Min(state.FallenSinceSeconds, state.OlderSeconds),
        ShuntSinceSeconds = Math.Min(state.ShuntSinceSeconds, state.OlderSeconds),
        Signatures = [.. state.Signatures.Select(signature => signature with { OnsetSeconds = signature.OnsetSeconds + seconds })],
    };
}
