using CycleRig.Core.Evidence;
using CycleRig.Impedance;
using CycleRig.Impedance.Cells;

namespace CycleRig.EarlyWarning.Replay;

/// <summary>What one sweep of a recording said, and when that could be known.</summary>
/// <param name="KnownSeconds">The datum with which the sweep was known to be over, s.</param>
/// <param name="Reading">By the production fit.</param>
/// <param name="ValleyOhms">Re Z at the one point between the arcs of bulk and interface, Ω; NaN where there is none.</param>
/// <param name="IsPart">Whether the sweep goes on: what follows for the same sweep says all that this says, and more.</param>
public sealed record SweepReading(double KnownSeconds, CellReading Reading, double ValleyOhms, bool IsPart = false)
{
    /// <summary>Where the valley is looked for: above it the bulk's arc, below it the interface.</summary>
    private const double ValleyLowHertz = 1e3;
    private const double ValleyHighHertz = 1e6;

    /// <summary>Reads the sweeps of a recording in causal order, each fit begun from the last, as live; a sweep is fitted when it is asked for.</summary>
    /// <param name="spectra">Sweeps in any order, whole or not.</param>
    /// <param name="areaSquareCentimetres">Electrode area, cm².</param>
    public static IEnumerable<SweepReading> InOrder(IReadOnlyList<Spectrum> spectra, double areaSquareCentimetres)
    {
        var gathering = new SweepGathering();
        CellReading? last = null;
        foreach (var (sweep, point) in spectra.Where(sweep => !sweep.Points.IsDefaultOrEmpty)
            .SelectMany(sweep => sweep.Points.Distinct().Select(point => (Sweep: sweep, Point: point)))
            .Where(row => double.IsFinite(row.Point.TimeSeconds)).OrderBy(row => row.Point.TimeSeconds).ThenBy(row => row.Sweep.Index))
        {
            foreach (var (given, isPart) in gathering.Take(sweep, point))
            {
                // Before the shape is known the upper part says nothing.
                if (isPart && last is not { Shape.IsLearnt: true })
                    continue;
                var reading = CellSpectrumFit.Read(given, last, areaSquareCentimetres);
                // The upper part of a sweep leaves nothing behind.
                last = isPart ? last : reading.Following(last);
                yield return new(point.TimeSeconds, reading, Valley(given), isPart);
            }
        }
    }

    private static double Valley(Spectrum sweep) => sweep.Points
        .Where(point => ImpedanceData.IsUsable(point) && point.FrequencyHz is >= ValleyLowHertz and <= ValleyHighHertz)
        .OrderByDescending(point => point.ImaginaryOhms).Select(point => point.RealOhms).FirstOrDefault(double.NaN);
}
