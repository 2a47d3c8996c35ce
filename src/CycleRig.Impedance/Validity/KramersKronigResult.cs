using System.Collections.Immutable;

namespace CycleRig.Impedance.Validity;

/// <summary>What a linear Kramers-Kronig test found. Arrays have the N points of the data, in their order, unless said otherwise.</summary>
public sealed record KramersKronigResult
{
    /// <summary>Number M of RC elements.</summary>
    public required int Elements { get; init; }

    /// <summary>Whether a capacitance in series was fitted (on the admittance: an inductance in parallel).</summary>
    public required bool HasCapacitance { get; init; }

    /// <summary>Whether an inductance in series was fitted (on the admittance: a capacitance in parallel).</summary>
    public required bool HasInductance { get; init; }

    /// <summary>Whether Y = 1/Z was fitted instead of Z.</summary>
    public required bool OnAdmittance { get; init; }

    public required KramersKronigPart Part { get; init; }

    /// <summary>Decades by which the time constants reach beyond the measured range on either side.</summary>
    public required double ExtensionDecades { get; init; }

    /// <summary>M time constants, rising, s.</summary>
    public required ImmutableArray<double> TimeConstantsSeconds { get; init; }

    /// <summary>Schönleber's μ of the M amplitudes: near 1 a description, near 0 overfitted.</summary>
    public required double Mu { get; init; }

    /// <summary>Standard deviation of one part (Re or Im) relative to |Z|, degrees of freedom taken into account, without the outlying points.</summary>
    public required double Noise { get; init; }

    /// <summary>(Re Z - Re fit) / |Z|.</summary>
    public required ImmutableArray<double> ResidualsReal { get; init; }

    /// <summary>(Im Z - Im fit) / |Z|.</summary>
    public required ImmutableArray<double> ResidualsImaginary { get; init; }

    /// <summary>Distance of each point from the fit, in standard deviations of one part, its leverage taken into account.</summary>
    public required ImmutableArray<double> Distances { get; init; }

    /// <summary>Indices of the points that were left out of the fit, rising.</summary>
    public required ImmutableArray<int> Outlying { get; init; }

    /// <summary>Root mean square of <see cref="ResidualsReal"/>, outlying points included.</summary>
    public double RmsReal => Rms(ResidualsReal);

    /// <summary>Root mean square of <see cref="ResidualsImaginary"/>, outlying points included.</summary>
    public double RmsImaginary => Rms(ResidualsImaginary);

    /// <summary>Largest absolute residual of Re Z relative to |Z|.</summary>
    public double LargestReal => ResidualsReal.Max(Math.Abs);

    /// <summary>Largest absolute residual of Im Z relative to |Z|.</summary>
    public double LargestImaginary => ResidualsImaginary.Max(Math.Abs);

    /// <summary>
    /// How far neighbouring residuals agree more than chance lets them, in standard deviations: von Neumann's ratio of the squared differences
    /// to the variance (1941, doi 10.1214/aoms/1177731677), over frequency, the larger of both parts. Random residuals stay below 2.
    /// </summary>
    public required double Systematics { get; init; }

    private static double Rms(ImmutableArray<double> values) => Math.Sqrt(values.Sum(value => value * value) / values.Length);
}
