namespace CycleRig.Impedance.Relaxation;

/// <summary>How a distribution of relaxation times is regularised when λ is not given.</summary>
public enum LambdaSelection
{
    /// <summary>Generalised cross-validation (Golub, Heath and Wahba 1979, doi 10.1080/00401706.1979.10489751).</summary>
    Gcv,

    /// <summary>Largest curvature of residual against penalty in logarithms (Hansen 1992, doi 10.1137/1034115).</summary>
    LCurve,
}

/// <summary>How points are weighted.</summary>
public enum RelaxationWeighting
{
    /// <summary>1/|Z|.</summary>
    Modulus,

    /// <summary>All alike.</summary>
    Unit,
}

/// <summary>How a distribution of relaxation times is sought.</summary>
public sealed record DrtOptions
{
    public static DrtOptions Default { get; } = new();

    /// <summary>Number of time constants in equal ratios, default 81, 10 to 400.</summary>
    public int TimeConstants { get; init; } = 81;

    /// <summary>Decades by which the time constants reach beyond 1/ω of the data on either side, default 0.5, 0 to 3.</summary>
    public double ExtensionDecades { get; init; } = 0.5;

    /// <summary>λ, above 0; null (default) selects it.</summary>
    public double? Lambda { get; init; }

    public LambdaSelection Selection { get; init; }

    public RelaxationWeighting Weighting { get; init; }

    /// <summary>Whether an inductance in series is fitted; default true.</summary>
    public bool Inductance { get; init; } = true;

    /// <summary>
    /// Whether a capacitance in series is fitted, for blocking electrodes and diffusion up to a wall; null (default) for where the spectrum
    /// ends in one and the residuals fall by a tenth or more.
    /// </summary>
    public bool? Capacitance { get; init; }

    /// <summary>Relative noise of one part of the data; null (default) takes that of the linear Kramers-Kronig test.</summary>
    public double? Noise { get; init; }

    internal void Check()
    {
        if (TimeConstants is < 10 or > 400)
            throw new ArgumentException($"{TimeConstants} time constants; 10 to 400 are possible");
        if (!(ExtensionDecades is >= 0 and <= 3))
            throw new ArgumentException(FormattableString.Invariant($"the time constants are to reach {ExtensionDecades} decades beyond the data; 0 to 3 are possible"));
        if (Lambda is { } lambda && (!(lambda > 0) || !double.IsFinite(lambda)))
            throw new ArgumentException(FormattableString.Invariant($"λ is {lambda}; give a number above 0, or null to have it selected"));
        if (Noise is { } noise && (!(noise > 0) || !double.IsFinite(noise)))
            throw new ArgumentException(FormattableString.Invariant($"the noise is {noise}; give a part of |Z| above 0, or null to have it told from the data"));
    }
}
