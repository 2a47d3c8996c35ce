namespace CycleRig.Storage.Exports;

/// <summary>What an export has written so far.</summary>
public sealed class ExportCounts
{
    public long Samples { get; internal set; }

    public long Spectra { get; internal set; }

    /// <summary>Points of all spectra.</summary>
    public long Points { get; internal set; }

    /// <summary>Samples and points that the format's rules leave no place for: without a time, or at a time that does not rise.</summary>
    public long LeftOut { get; internal set; }
}

/// <summary>How far an export is.</summary>
/// <param name="Rows">Rows written of this table.</param>
/// <param name="Seconds">Time of the newest of them in the run, s.</param>
/// <param name="EndSeconds">Time at which the run ended, s, or null while it is open.</param>
public readonly record struct ExportProgress(long Rows, double Seconds, double? EndSeconds);
