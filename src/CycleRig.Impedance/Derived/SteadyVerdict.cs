namespace CycleRig.Impedance.Derived;

/// <summary>Whether a current after a potential step has come to rest.</summary>
public enum SteadyVerdict
{
    /// <summary>It has: the conductivity is that of the mean of the last part.</summary>
    Steady,

    /// <summary>It still falls (or rises): the conductivity is extrapolated, and the last current bounds it.</summary>
    NotSteadyYet,

    /// <summary>It is smaller than the instrument can tell: the conductivity is below a bound.</summary>
    BelowFloor,

    /// <summary>Noise hides whether it still moves.</summary>
    Undecided,
}
