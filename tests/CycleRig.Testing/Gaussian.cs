namespace CycleRig.Testing;

/// <summary>Normal deviates for noise that tests draw (Box and Muller 1958, doi 10.1214/aoms/1177706645).</summary>
public static class Gaussian
{
    /// <summary>One of mean 0 and standard deviation 1.</summary>
    public static double Draw(Random draw) => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}
