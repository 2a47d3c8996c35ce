namespace CycleRig.Core.Scenarios;

/// <summary>How a value is drawn; a closed family. Values in SI, or bare where the parameter is a ratio or a count.</summary>
public abstract record Distribution
{
    /// <summary>What is drawn below it is cut there.</summary>
    public double Low { get; init; } = double.NegativeInfinity;

    /// <summary>What is drawn above it is cut there.</summary>
    public double High { get; init; } = double.PositiveInfinity;
}

/// <summary>Always the same.</summary>
public sealed record Fixed(double Value) : Distribution;

/// <summary>Even between two values.</summary>
public sealed record Uniform(double From, double To) : Distribution;

/// <summary>Even in the logarithm, between two values above 0.</summary>
public sealed record LogUniform(double From, double To) : Distribution;

/// <summary>Normal.</summary>
public sealed record Normal(double Mean, double Sd) : Distribution;

/// <summary>Lognormal by its median and the standard deviation of its logarithm.</summary>
public sealed record LogNormal(double Median, double LogSd) : Distribution;

/// <summary>Weibull by its scale and shape.</summary>
public sealed record Weibull(double Scale, double Shape) : Distribution;
