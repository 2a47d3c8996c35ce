namespace CycleRig.Impedance.Circuits;

/// <summary>A parameter of an element.</summary>
/// <param name="Name">As the field calls it: R, Q, α, τ.</param>
/// <param name="Unit">Such as Ω or s; "" for a number without one.</param>
/// <param name="Role">What a first guess takes it for.</param>
/// <param name="Low">Lowest value, of its modulus where it may be negative.</param>
/// <param name="High">Highest value.</param>
/// <param name="Default">A value that is usual for an electrochemical cell.</param>
public readonly record struct ParameterKind(string Name, string Unit, ParameterRole Role, double Low, double High, double Default)
{
    /// <summary>Whether a fit works on its logarithm; exponents and drifts stay as they are.</summary>
    public bool IsLogarithmic => Role is not (ParameterRole.Exponent or ParameterRole.Drift);

    /// <summary>Whether a start below 0 is taken: an active element, such as the resistance of a passivating electrode.</summary>
    public bool MayBeNegative => Role == ParameterRole.Resistance;

    public static ParameterKind Resistance(string name = "R") => new(name, "Ω", ParameterRole.Resistance, 1e-9, 1e15, 1000);

    public static ParameterKind Time(string name = "τ") => new(name, "s", ParameterRole.Time, 1e-15, 1e12, 1e-3);

    /// <summary>An exponent between 0.05 and 1.</summary>
    public static ParameterKind Exponent(string name = "α", double high = 1, double standard = 0.9) => new(name, "", ParameterRole.Exponent, 0.05, high, standard);
}

/// <summary>What a first guess takes a parameter for.</summary>
public enum ParameterRole
{
    /// <summary>Ω.</summary>
    Resistance,

    /// <summary>A capacitance or the Q of a constant phase element.</summary>
    Admittance,

    /// <summary>H.</summary>
    Inductance,

    /// <summary>Linear in a fit.</summary>
    Exponent,

    /// <summary>A time constant, s.</summary>
    Time,

    /// <summary>The coefficient of a diffusion without end, Ω s^-½.</summary>
    Slope,

    /// <summary>A ratio of lengths, logarithmic in a fit.</summary>
    Ratio,

    /// <summary>Relative change over the time from the first to the last point; linear in a fit, may be negative.</summary>
    Drift,
}
