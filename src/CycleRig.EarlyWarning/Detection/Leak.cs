namespace CycleRig.EarlyWarning.Detection;

/// <summary>Stack pressure that is lost, as the press shows it: R_int of a contact goes with P^-m, m from 0.35 to 0.65 (docs/protocols.md, pressure-sweep).</summary>
internal static class Leak
{
    private const double ExponentMax = 0.65;

    /// <summary>By how much ln R_int may rise for it: so much of a rise is no void.</summary>
    /// <param name="before">Pressure before, MPa; 0 where it is not known.</param>
    /// <param name="now">Pressure now, MPa; 0 where it is not known.</param>
    public static double Rise(double before, double now) => before > now && now > 0 ? ExponentMax * Math.Log(before / now) : 0;
}
