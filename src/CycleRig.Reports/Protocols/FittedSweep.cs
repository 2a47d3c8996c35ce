using CycleRig.Core.Evidence;
using CycleRig.Impedance.Cells;

namespace CycleRig.Reports.Protocols;

/// <summary>A sweep with what the live fit says of it.</summary>
/// <param name="Spectrum">The sweep.</param>
/// <param name="Reading">Its reading, valid or not.</param>
/// <param name="Previous">The whole reading from which the fit began; null for the first.</param>
internal sealed record FittedSweep(Spectrum Spectrum, CellReading Reading, CellReading? Previous)
{
    /// <summary>From which the next fit begins: as live, one that read R_bulk alone is no beginning.</summary>
    public CellReading? Next => Reading.Following(Previous);

    /// <summary>Fits sweeps in their order, each from where the last whole one ended, so that the cell's shape is learned as live.</summary>
    /// <param name="spectra">In the order of time.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    /// <param name="previous">What is known of the cell already; null for nothing.</param>
    public static IEnumerable<FittedSweep> InOrder(IEnumerable<Spectrum> spectra, double areaSquareCentimetres, CellReading? previous = null)
    {
        foreach (var spectrum in spectra)
        {
            var fitted = new FittedSweep(spectrum, CellSpectrumFit.Read(spectrum, previous, areaSquareCentimetres), previous);
            previous = fitted.Next;
            yield return fitted;
        }
    }
}
