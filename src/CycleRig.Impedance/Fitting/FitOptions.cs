using System.Collections.Immutable;

namespace CycleRig.Impedance.Fitting;

/// <summary>How a circuit is fitted.</summary>
public sealed record FitOptions
{
    public static FitOptions Default { get; } = new();

    /// <summary>Weights of the points.</summary>
    public Weighting Weighting { get; init; } = Weighting.Modulus;

    /// <summary>Relative noise (modulus weights) or absolute noise in Ω (unit weights); 1 where it is not known.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Values to begin with, in the circuit's order; empty for an automatic guess.</summary>
    public ImmutableArray<double> Start { get; init; } = [];

    /// <summary>Parameters that stay at their start, by name.</summary>
    public ImmutableHashSet<string> Fixed { get; init; } = [];

    /// <summary>What is known before: pulls a parameter towards a value.</summary>
    public ImmutableArray<ParameterPrior> Priors { get; init; } = [];

    /// <summary>Most iterations from one start; 10 to 10,000.</summary>
    public int IterationsMax { get; init; } = 200;

    /// <summary>Starts that the automatic guess tries; 1 to 1,000.</summary>
    public int Starts { get; init; } = 40;

    /// <summary>Points whose residual is larger than this many standard deviations of the rest are left out once; 0 keeps all.</summary>
    public double RejectAbove { get; init; }
}

/// <summary>What is known of a parameter.</summary>
/// <param name="Parameter">Index in the circuit's order.</param>
/// <param name="Value">Expected value.</param>
/// <param name="Sd">Standard deviation of its logarithm; of itself for an exponent.</param>
public readonly record struct ParameterPrior(int Parameter, double Value, double Sd);

/// <summary>Weights of the points.</summary>
public enum Weighting
{
    /// <summary>σ = noise · |Z measured|.</summary>
    Modulus,

    /// <summary>σ = noise, the same at every point.</summary>
    Unit,
}
