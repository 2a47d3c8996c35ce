namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>A first-order lag, exact for a target that stands still.</summary>
internal static class FirstOrder
{
    /// <summary>The value after a time of following a target; at once without a lag.</summary>
    public static double Follow(double value, double target, double seconds, double lagSeconds) =>
        lagSeconds > 0 ? value + ((target - value) * (1 - Math.Exp(-seconds / lagSeconds))) : target;
}
