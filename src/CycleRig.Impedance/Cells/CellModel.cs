using System.Collections.Immutable;
using System.Numerics;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Circuits;

namespace CycleRig.Impedance.Cells;

/// <summary>What the live fit says that the points of a sweep should be.</summary>
public static class CellModel
{
    /// <summary>The circuit of a reading.</summary>
    /// <param name="reading">A valid one.</param>
    public static Circuit CircuitOf(CellReading reading) =>
        reading.Parameters.Length == CellSpectrumFit.OneInterface.ParameterNames.Length ? CellSpectrumFit.OneInterface : CellSpectrumFit.TwoInterfaces;

    /// <summary>The points that the fit has taken, falling in frequency, each with the fit's impedance at its own time.</summary>
    /// <param name="spectrum">The sweep.</param>
    /// <param name="reading">What <see cref="CellSpectrumFit.Read"/> said of it.</param>
    /// <param name="previous">The reading from which it began; needed where only R_bulk was read.</param>
    /// <returns>None where the reading is not valid.</returns>
    public static ImmutableArray<ModelledPoint> Of(Spectrum spectrum, CellReading reading, CellReading? previous)
    {
        if (!reading.Valid)
            return [];
        var usable = SweepPoints.Cleaned(spectrum).Points.RemoveAll(point => !ImpedanceData.IsUsable(point));
        if (reading.BulkOnly)
            usable = usable.RemoveAll(point => point.FrequencyHz is < CellSpectrumFit.CarryLowHertz or > CellSpectrumFit.CarryHighHertz);
        var circuit = CircuitOf(reading);
        ImmutableArray<double> values = reading.BulkOnly ? [.. SentinelFit.Track(usable, circuit, previous!).Tracker.Values] : reading.Parameters;
        var impedances = new Complex[usable.Length];
        circuit.Impedance(usable.Select(point => point.FrequencyHz).ToArray(), values.AsSpan(), impedances, reading.BulkOnly ? [] : Elapsed(usable, reading.TimeSeconds));
        return [.. usable.Select((point, i) => new ModelledPoint(point, impedances[i])).OrderByDescending(point => point.Measured.FrequencyHz)];
    }

    /// <summary>Times since the reading's in lengths of the sweep, as its drifts count; none where the points have no times.</summary>
    private static double[] Elapsed(ImmutableArray<SpectrumPoint> points, double referenceSeconds)
    {
        if (points.IsEmpty || !points.All(point => double.IsFinite(point.TimeSeconds)))
            return [];
        var span = points.Max(point => point.TimeSeconds) - points.Min(point => point.TimeSeconds);
        return span > 0 ? [.. points.Select(point => (point.TimeSeconds - referenceSeconds) / span)] : [];
    }
}

/// <summary>A point beside its fit.</summary>
/// <param name="Measured">As measured.</param>
/// <param name="Model">The fit's impedance, Ω.</param>
public readonly record struct ModelledPoint(SpectrumPoint Measured, Complex Model)
{
    /// <summary>The measured impedance, Ω.</summary>
    public Complex Ohms => new(Measured.RealOhms, Measured.ImaginaryOhms);

    /// <summary>What the fit leaves, as a part of |Z|.</summary>
    public Complex Residual => (Ohms - Model) / Ohms.Magnitude;
}
