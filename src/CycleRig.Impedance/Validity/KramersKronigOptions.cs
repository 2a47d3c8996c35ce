namespace CycleRig.Impedance.Validity;

/// <summary>Which parts of the impedance a linear Kramers-Kronig test fits.</summary>
public enum KramersKronigPart
{
    /// <summary>Both parts together: the sharpest test, and the only one from which noise is told.</summary>
    Complex,

    /// <summary>The real part; inductance and capacitance follow from what it leaves of the imaginary part.</summary>
    Real,

    /// <summary>The imaginary part; the ohmic part follows from what it leaves of the real part.</summary>
    Imaginary,
}

/// <summary>What a linear Kramers-Kronig test fits: Z or Y = 1/Z.</summary>
public enum KramersKronigRepresentation
{
    /// <summary>The impedance; the admittance as well where the impedance leaves residuals that are not random.</summary>
    Automatic,
    Impedance,
    Admittance,
}

/// <summary>How a linear Kramers-Kronig test is done.</summary>
public sealed record KramersKronigOptions
{
    public static KramersKronigOptions Default { get; } = new();

    public KramersKronigPart Part { get; init; } = KramersKronigPart.Complex;

    /// <summary>
    /// Default automatic. A negative differential resistance is stable only as an admittance (Boukamp 1995). With the criterion of
    /// <see cref="MuMin"/> automatic means the impedance.
    /// </summary>
    public KramersKronigRepresentation Representation { get; init; }

    /// <summary>Number of elements, from 1; null (default) chooses it by the Bayesian criterion, or by <see cref="MuMin"/> where that is given.</summary>
    public int? Elements { get; init; }

    /// <summary>
    /// Threshold c of Schönleber's criterion, 0 to 1 (2014, doi 10.1016/j.electacta.2014.01.034): elements are added until μ is not above it.
    /// Null (default) leaves it out: over wide spectra it stops long before the data are described.
    /// </summary>
    public double? MuMin { get; init; }

    /// <summary>Most elements of a search, default 100; also bounded by the number of points.</summary>
    public int ElementsMax { get; init; } = 100;

    /// <summary>Whether a capacitance in series is fitted; default true.</summary>
    public bool Capacitance { get; init; } = true;

    /// <summary>Whether an inductance in series is fitted; default true.</summary>
    public bool Inductance { get; init; } = true;

    /// <summary>
    /// Decades by which the time constants reach beyond the measured range on either side, 0 to 3. Null (default) tries 0, and 0.5 and 1 where
    /// the residuals are not random; with given elements or μ it means 0.
    /// </summary>
    public double? ExtensionDecades { get; init; }

    /// <summary>
    /// Points farther from the fit than this many standard deviations (by the median of the distances) are left out of it; default 5, above 2,
    /// or infinity for none. Only where the number of elements is chosen automatically.
    /// </summary>
    public double RejectAbove { get; init; } = 5;

    internal void Check()
    {
        if (Elements is < 1)
            throw new ArgumentException($"{Elements} elements; a Kramers-Kronig test has at least 1, or leaves the number open (null)");
        if (MuMin is { } mu && !(mu is > 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"the threshold of μ is {mu}; it lies between 0 and 1 (usual: 0.85)"));
        if (ElementsMax < 1)
            throw new ArgumentException($"at most {ElementsMax} elements; give 1 or more");
        if (ExtensionDecades is { } decades && !(decades is >= 0 and <= 3))
            throw new ArgumentException(FormattableString.Invariant($"the time constants are to reach {decades} decades beyond the data; 0 to 3 are possible"));
        if (!(RejectAbove > 2))
            throw new ArgumentException(FormattableString.Invariant($"points beyond {RejectAbove} standard deviations are to be left out; give more than 2, or infinity"));
    }
}
