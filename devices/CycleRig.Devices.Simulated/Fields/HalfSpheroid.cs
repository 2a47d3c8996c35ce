namespace CycleRig.Devices.Simulated.Fields;

/// <summary>A conducting half-spheroid that stands on a plane electrode in a uniform field: closed forms without a second electrode.</summary>
public static class HalfSpheroid
{
    /// <summary>Within this of a hemisphere its value is used: the closed forms lose digits there.</summary>
    private const double Sphere = 1e-4;

    /// <summary>
    /// Density at the tip over that of the uniform field: 1/N with the depolarisation factor N along the axis, 3 for the hemisphere
    /// (J. A. Osborn 1945, doi 10.1103/PhysRev.67.351).
    /// </summary>
    /// <param name="aspect">Depth over radius at the electrode; above 0.</param>
    public static double Enhancement(double aspect) => 1 / Depolarisation(aspect);

    private static double Depolarisation(double aspect)
    {
        if (Math.Abs(aspect - 1) < Sphere)
            return 1.0 / 3;
        if (aspect > 1)
        {
            var e = Math.Sqrt(1 - (1 / (aspect * aspect)));
            return (1 - (e * e)) / (e * e * e) * (Math.Atanh(e) - e);
        }

        var f = Math.Sqrt((1 / (aspect * aspect)) - 1);
        return (1 + (f * f)) / (f * f * f) * (f - Math.Atan(f));
    }
}
