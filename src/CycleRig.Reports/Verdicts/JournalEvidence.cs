using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;

namespace CycleRig.Reports.Verdicts;

/// <summary>Reads what the evidence of a run is made of.</summary>
public static class JournalEvidence
{
    /// <summary>The evidence behind a run's deciding verdict; null where nothing was judged, or the journal does not say the cell's area.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="explained">The run, and the one that followed its halt.</param>
    public static VerdictEvidence? Of(JournalReader reader, ExplainedRun explained)
    {
        var run = explained.Run.Run;
        return RunVerdicts.Of(reader, run) is { } verdicts
            ? VerdictEvidence.Of(verdicts, reader.Spectra(run), (from, to) => reader.Samples(run, from, to), Later(reader, explained.After, verdicts.Halt))
            : null;
    }

    /// <summary>Two runs have clocks of their own: minutes after the halt are those of the wall clock, or since the run began where that was set back.</summary>
    private static LaterSweeps Later(JournalReader reader, RunEntry? after, RunHalt? halt)
    {
        if (after is null || halt is not { } stopped || reader.OfRun(after.Run, RecordKind.RunStarted).FirstOrDefault()?.Record is not { } started)
            return LaterSweeps.None;
        List<(double Minutes, Spectrum Sweep)> sweeps = [.. reader.OfRun(after.Run, RecordKind.Spectrum).Select(row => (
            Math.Max((row.Record.Utc - stopped.Utc).TotalMinutes, (row.Record.TimeSeconds - started.TimeSeconds) / 60), row.Record.DecodeSpectrum()))];
        return new(after.Run, [.. sweeps.Select(sweep => sweep.Minutes)], [.. sweeps.Select(sweep => sweep.Sweep)]);
    }
}
