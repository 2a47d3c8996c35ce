namespace CycleRig.EarlyWarning.Detection;

/// <summary>
/// False halts that are accepted, and how they are shared among the tests that run side by side: each has a threshold that follows from its part, and a Monte
/// Carlo test that holds it to that (docs/early-warning.md).
/// </summary>
/// <param name="PerThousandHours">Of all tests together, per 1,000 channel-hours with current; above 0.</param>
public readonly record struct FalseAlarmBudget(double PerThousandHours)
{
    /// <summary>Sweeps find nearly all that can be foreseen, so that they have most of it.</summary>
    private const double SweepsShare = 5.0 / 6;

    /// <summary>Part of the tests on sweeps (<see cref="Threshold"/>), per 1,000 h.</summary>
    public double Sweeps => SweepsShare * PerThousandHours;

    /// <summary>Part of the dips of the voltage (<see cref="Samples.SoftShorts"/>), per 1,000 h.</summary>
    public double Dips => (1 - SweepsShare) * PerThousandHours;
}
