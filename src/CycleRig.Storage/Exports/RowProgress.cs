namespace CycleRig.Storage.Exports;

/// <summary>Passes on, every some rows, how far a table is.</summary>
/// <param name="progress">Told; may be null.</param>
/// <param name="endSeconds">Time at which the run ended, s, or null while it is open.</param>
internal sealed class RowProgress(IProgress<ExportProgress>? progress, double? endSeconds)
{
    private const int Every = 1_000;

    private long _rows;

    /// <summary>One row more.</summary>
    /// <param name="seconds">Its time in the run, s.</param>
    public void Wrote(double seconds)
    {
        if (++_rows % Every == 0)
            progress?.Report(new(_rows, seconds, endSeconds));
    }
}
