using System.Collections.Immutable;

namespace CycleRig.Impedance.Cells;

/// <summary>What one spectrum of a symmetric cell says.</summary>
public sealed record CellReading
{
    /// <summary>Whether the values below can be used.</summary>
    public required bool Valid { get; init; }

    /// <summary>Why not, or "".</summary>
    public string WhyNotValid { get; init; } = "";

    /// <summary>
    /// Whether only R_bulk was measured, by a sentinel sweep or the upper part of a whole one: R_int and the shape are those of the last whole sweep.
    /// </summary>
    public bool BulkOnly { get; init; }

    /// <summary>Bulk resistance with grain boundaries and constriction, Ω.</summary>
    public double BulkOhms { get; init; }

    /// <summary>Standard error of ln R_bulk.</summary>
    public double BulkRelativeSd { get; init; }

    /// <summary>Both interfaces, Ω.</summary>
    public double InterfaceOhms { get; init; }

    /// <summary>Standard error of ln R_int; above 1 it is not determined.</summary>
    public double InterfaceRelativeSd { get; init; }

    /// <summary>Relative residual, root mean square.</summary>
    public double Residual { get; init; }

    /// <summary>Mean time of the points that carry R_bulk, s on the channel's clock.</summary>
    public double TimeSeconds { get; init; }

    /// <summary>Time of the last point, s.</summary>
    public double EndSeconds { get; init; }

    /// <summary>Temperature over the same points, °C.</summary>
    public double TemperatureCelsius { get; init; }

    /// <summary>Stack pressure over the same points, MPa.</summary>
    public double PressureMegapascals { get; init; }

    /// <summary>Direct current under the sweep, A; 0 at rest (below 5 µA/cm²).</summary>
    public double CurrentAmperes { get; init; }

    /// <summary>The same over the electrode's area, A/cm².</summary>
    public double AmperesPerSquareCentimetre { get; init; }

    /// <summary>Fitted parameters in the order of the cell's circuit (see <see cref="CellSpectrumFit"/>): the warm start of the next.</summary>
    public ImmutableArray<double> Parameters { get; init; } = [];

    /// <summary>Correlation of the errors of ln R_bulk and ln R_int.</summary>
    public double Correlation { get; init; }

    /// <summary>Of frequencies and impedances, to the last digit: a spectrum that has that of the last one was not measured anew.</summary>
    public long Fingerprint { get; init; }

    /// <summary>Of a whole reading: that of the last sentinel sweep since, or null.</summary>
    public long? SentinelFingerprint { get; init; }

    /// <summary>What the next spectrum of the cell is read after: this reading, or the last whole one where this is none.</summary>
    /// <param name="last">What this one was read after.</param>
    public CellReading? Following(CellReading? last) => !Valid ? last : BulkOnly ? last! with { SentinelFingerprint = Fingerprint } : this;

    /// <summary>What the cell's spectra so far say of the shape of its arcs.</summary>
    public CellShape? Shape { get; init; }
}
