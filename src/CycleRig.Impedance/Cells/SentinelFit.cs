using System.Collections.Immutable;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Anytime;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Cells;

/// <summary>
/// R_bulk of a cell whose shape is known, from points above 1 kHz alone: a sentinel sweep, the upper part of a whole sweep that is still being
/// measured, or one that was cut. The interface is what the last whole sweep said; above 1 kHz its Q shows, and is free.
/// </summary>
internal static class SentinelFit
{
    /// <summary>Fewer points do not show that the circuit no longer holds.</summary>
    private const int PointsMin = 8;

    /// <summary>R_int may have changed by this since the last whole sweep, and its Q as contact changes.</summary>
    private const double InterfaceSd = 0.1;
    private const double AdmittanceSd = 0.2;

    /// <summary>No point is better than this.</summary>
    public const double NoiseMin = 0.0005;

    /// <summary>What it leaves free beside the bulk.</summary>
    public static readonly ImmutableArray<string> Changing = ["R2", "CPE2_0", "R3", "CPE3_0"];

    /// <summary>Reads R_bulk.</summary>
    /// <param name="carrying">The usable points from 1 kHz to 3 MHz.</param>
    /// <param name="measured">When and at what they were measured, without resistances.</param>
    /// <param name="cell">The cell's last whole reading, its shape learnt.</param>
    /// <param name="fingerprint">Of the points.</param>
    public static CellReading Read(IReadOnlyList<SpectrumPoint> carrying, CellReading measured, CellReading cell, long fingerprint)
    {
        if (cell.SentinelFingerprint == fingerprint)
            return Invalid(measured, CellSpectrumFit.NothingNew);
        var frequencies = carrying.Select(point => point.FrequencyHz).Distinct().Count();
        if (frequencies < PointsMin)
            return Invalid(measured, $"{frequencies} usable points between 1 kHz and 3 MHz, and none below; {PointsMin} are needed");
        var circuit = CellModel.CircuitOf(cell);
        var (tracker, last) = Track(carrying, circuit, cell);
        if (last.Points < PointsMin || !last.IsDetermined)
            return Invalid(measured, FormattableString.Invariant($"{last.Points} points tell R_bulk to {last.RelativeSd:P1} only"));
        var residual = tracker.Residual();
        if (residual > CellSpectrumFit.ResidualMax)
            return Invalid(measured, FormattableString.Invariant($"the circuit leaves residuals of {residual:P1}"));
        // What lies between bulk and interface is part of R_bulk, and its share stays.
        var between = cell.BulkOhms - cell.Parameters[circuit.ParameterNames.IndexOf("R1")];
        var bulk = last.BulkOhms + between;
        return measured with
        {
            Valid = true,
            BulkOnly = true,
            Fingerprint = fingerprint,
            BulkOhms = bulk,
            BulkRelativeSd = last.RelativeSd * last.BulkOhms / bulk * Math.Max(1, residual / Math.Max(NoiseMin, cell.Residual)),
            InterfaceOhms = cell.InterfaceOhms,
            InterfaceRelativeSd = double.PositiveInfinity,
            Residual = residual,
            Parameters = cell.Parameters,
            Shape = cell.Shape,
        };
    }

    /// <summary>Follows the points from the highest frequency down.</summary>
    /// <param name="carrying">The usable points from 1 kHz to 3 MHz.</param>
    /// <param name="circuit">The cell's.</param>
    /// <param name="cell">Its last whole reading.</param>
    internal static (BulkArcTracker Tracker, BulkArcReading Last) Track(IReadOnlyList<SpectrumPoint> carrying, Circuit circuit, CellReading cell)
    {
        // Within a second nothing drifts.
        ImmutableArray<double> rest = [.. cell.Parameters.Select((value, k) => circuit.ParameterNames[k].EndsWith("_drift", StringComparison.Ordinal) ? 0 : value)];
        var tracker = new BulkArcTracker(circuit, rest, BulkArcOptions.Default with
        {
            Changing = [.. Changing.Where(circuit.ParameterNames.Contains)], ResistanceSd = InterfaceSd, AdmittanceSd = AdmittanceSd,
            Noise = Math.Max(NoiseMin, cell.Residual), PointsMax = Math.Max(PointsMin, carrying.Count),
        });
        var last = default(BulkArcReading);
        foreach (var point in carrying.OrderByDescending(point => point.FrequencyHz))
            last = tracker.Add(point.FrequencyHz, point.RealOhms, point.ImaginaryOhms);
        return (tracker, last);
    }

    private static CellReading Invalid(CellReading measured, string why) => measured with { Valid = false, WhyNotValid = why };
}
