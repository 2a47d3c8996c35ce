using System.Collections.Immutable;

namespace CycleRig.Impedance.Anytime;

/// <summary>How a bulk resistance is followed within a sweep.</summary>
public sealed record BulkArcOptions
{
    public static BulkArcOptions Default { get; } = new();

    /// <summary>The resistance that is followed.</summary>
    public string Bulk { get; init; } = "R1";

    /// <summary>
    /// What else may differ from rest while current flows, by name; empty for the other resistances of arcs and the Q or C beside them. All
    /// other parameters, the bulk arc's shape and the leads among them, stay as they were at rest.
    /// </summary>
    public ImmutableArray<string> Changing { get; init; } = [];

    /// <summary>Standard deviation of ln p by which the bulk resistance may differ from rest.</summary>
    public double BulkSd { get; init; } = 1.5;

    /// <summary>Standard deviation of ln p by which other resistances may differ from rest.</summary>
    public double ResistanceSd { get; init; } = 1.5;

    /// <summary>Standard deviation of ln p by which a Q or C may differ from rest.</summary>
    public double AdmittanceSd { get; init; } = 0.5;

    /// <summary>Relative noise of each part of a point; that of the fit at rest where it is null.</summary>
    public double? Noise { get; init; }

    /// <summary>From this standard deviation of ln R_bulk on it counts as determined.</summary>
    public double DeterminedSd { get; init; } = 0.02;

    /// <summary>A point further from the fit than this many standard deviations is left out.</summary>
    public double RejectAbove { get; init; } = 6;

    /// <summary>Most points of a sweep; 4 to 10,000.</summary>
    public int PointsMax { get; init; } = 256;
}
