namespace CycleRig.Devices.Simulated.Conditions;

/// <summary>Something that goes wrong with time: nothing until it begins, then a ramp to its size.</summary>
/// <param name="Begins">Rig time.</param>
/// <param name="Lasts">Length of the ramp.</param>
/// <param name="Size">What it ends at: K of a chamber, share of a press's pressure.</param>
public sealed record Disturbance(TimeSpan Begins, TimeSpan Lasts, double Size)
{
    public double At(TimeSpan now) => Size * Math.Clamp((now - Begins) / Lasts, 0, 1);
}
