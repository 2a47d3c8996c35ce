using CycleRig.Core.Evidence;

namespace CycleRig.Storage.Recordings;

/// <summary>A recording in memory; current is positive for oxidation, whatever the files say.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Cell">What cell.json says.</param>
/// <param name="Samples">Samples in the order of the file; values may be NaN.</param>
/// <param name="Spectra">Sweeps in the order of their first point.</param>
public sealed record Recording(string Name, CellFacts Cell, IReadOnlyList<Sample> Samples, IReadOnlyList<Spectrum> Spectra)
{
    /// <summary>What events.jsonl says of a halt; null where there was none, or no such file.</summary>
    public RecordedHalt? Halt { get; init; }
}
