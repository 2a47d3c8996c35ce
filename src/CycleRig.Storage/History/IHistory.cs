using CycleRig.Core.Evidence;

namespace CycleRig.Storage.History;

/// <summary>What was measured and decided, wherever it is kept: in the journal of a rig, or in the database of all rigs. Both give the same answers.</summary>
public interface IHistory
{
    /// <summary>Runs, oldest first.</summary>
    /// <param name="cancellation">Gives up.</param>
    Task<IReadOnlyList<RunSummary>> Runs(CancellationToken cancellation);

    /// <summary>Samples of a run, in order, read a part at a time.</summary>
    /// <param name="run">The run; one that is not known has none.</param>
    /// <param name="fromSeconds">From this time on the run's clock, s, inclusive.</param>
    /// <param name="toSeconds">To this one, inclusive.</param>
    /// <param name="cancellation">Gives up.</param>
    IAsyncEnumerable<Sample> Samples(Guid run, double fromSeconds, double toSeconds, CancellationToken cancellation);

    /// <summary>Sweeps of a run, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Gives up.</param>
    IAsyncEnumerable<Spectrum> Spectra(Guid run, CancellationToken cancellation);

    /// <summary>Verdicts of a run, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Gives up.</param>
    IAsyncEnumerable<RecordedEvent> Fits(Guid run, CancellationToken cancellation);

    /// <summary>Decisions, gaps, start and end of a run, in order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Gives up.</param>
    IAsyncEnumerable<RecordedEvent> Events(Guid run, CancellationToken cancellation);
}
