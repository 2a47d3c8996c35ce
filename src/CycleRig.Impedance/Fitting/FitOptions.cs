using System.Collections.Immutable;

namespace CycleRig.Impedance.Fitting;

/// <summary>How a circuit is fitted.</summary>
public sealed record FitOptions
{
    /// <summary>A limit for <see cref="RejectAbove"/> that leaves out one good point in 270,000.</summary>
    public const double RejectByDefault = 5;

    public static FitOptions Default { get; } = new();

    /// <summary>Weights of the points.</summary>
    public Weighting Weighting { get; init; } = Weighting.Modulus;

    /// <summary>Relative noise (modulus and proportional weights) or absolute noise in Ω (unit weights); 1 where it is not known.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Standard deviations of Re Z, N in Ω, for measured weights.</summary>
    public ImmutableArray<double> SigmasReal { get; init; } = [];

    /// <summary>Standard deviations of Im Z, N in Ω, for measured weights.</summary>
    public ImmutableArray<double> SigmasImaginary { get; init; } = [];

    /// <summary>How much a large residual counts.</summary>
    public Loss Loss { get; init; } = Loss.Squares;

    /// <summary>
    /// Points whose residual is larger than this many standard deviations of the rest are left out and told; 0 keeps all,
    /// <see cref="RejectByDefault"/> is usual.
    /// </summary>
    public double RejectAbove { get; init; }

    /// <summary>Values to begin with, in the circuit's order; empty for an automatic guess. A negative resistance stays negative.</summary>
    public ImmutableArray<double> Start { get; init; } = [];

    /// <summary>Parameters that stay at their start, by name.</summary>
    public ImmutableHashSet<string> Fixed { get; init; } = [];

    /// <summary>Bounds by name, in the parameter's unit, of its modulus where it is negative; those of the element where none are given.</summary>
    public ImmutableDictionary<string, ParameterBounds> Bounds { get; init; } = ImmutableDictionary<string, ParameterBounds>.Empty;

    /// <summary>Parameters that follow another, by name.</summary>
    public ImmutableDictionary<string, ParameterTie> Ties { get; init; } = ImmutableDictionary<string, ParameterTie>.Empty;

    /// <summary>What is known before: pulls a parameter towards a value.</summary>
    public ImmutableArray<ParameterPrior> Priors { get; init; } = [];

    /// <summary>Most iterations from one start; 10 to 10,000.</summary>
    public int IterationsMax { get; init; } = 200;

    /// <summary>Most starts that the automatic guess tries; 1 to 1,000.</summary>
    public int Starts { get; init; } = 40;

    /// <summary>Seed of the starts that are drawn.</summary>
    public int Seed { get; init; } = 20260;

    /// <summary>Instant for which parameters that drift are given, s on the clock of the points; null for the mean of their times.</summary>
    public double? ReferenceSeconds { get; init; }

    /// <summary>Whether arcs that can be exchanged are labelled by their time constants; what is fixed, bounded, tied or expected by name stays under its name.</summary>
    public bool Ordered { get; init; } = true;

    /// <exception cref="ArgumentException">A value out of its range.</exception>
    internal void Check()
    {
        if (!(Noise > 0) || !double.IsFinite(Noise))
            throw new ArgumentException(FormattableString.Invariant($"the noise is {Noise}; give a standard deviation above 0, or leave it at 1 where it is not known"));
        if (IterationsMax is < 10 or > 10_000 || Starts is < 1 or > 1000 || !(RejectAbove >= 0))
            throw new ArgumentException(FormattableString.Invariant($"{IterationsMax} iterations, {Starts} starts, rejection above {RejectAbove}; give 10 to 10,000, 1 to 1,000, and 0 or more"));
        if (Priors.Any(prior => !(prior.Sd > 0)))
            throw new ArgumentException("a prior needs a standard deviation above 0");
    }

    internal bool Renames => Ordered && Fixed.IsEmpty && Priors.IsEmpty && Bounds.IsEmpty && Ties.IsEmpty;
}

/// <summary>Where a parameter may lie.</summary>
/// <param name="Low">Lowest value, in its unit.</param>
/// <param name="High">Highest value.</param>
public readonly record struct ParameterBounds(double Low, double High);

/// <summary>A parameter that is a multiple of another of its kind.</summary>
/// <param name="To">Name of the other.</param>
/// <param name="Factor">Above 0; 1 for exponents.</param>
public readonly record struct ParameterTie(string To, double Factor = 1);

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

    /// <summary>σ = noise · |Re Z| of the real part, noise · |Im Z| of the imaginary one; neither below 1e-3 of noise · |Z|.</summary>
    Proportional,

    /// <summary>σ of each part as given.</summary>
    Measured,
}

/// <summary>How much a residual r counts, in standard deviations of the residuals.</summary>
public enum Loss
{
    /// <summary>r².</summary>
    Squares,

    /// <summary>r² to 1.345, linear above (Huber 1964, doi 10.1214/aoms/1177703732).</summary>
    Huber,

    /// <summary>Levels off at 4.685: what lies further does not count (Beaton and Tukey 1974, doi 10.1080/00401706.1974.10489171).</summary>
    Tukey,
}
