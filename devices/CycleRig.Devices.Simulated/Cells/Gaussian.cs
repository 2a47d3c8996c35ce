namespace CycleRig.Devices.Simulated.Cells;

/// <summary>Normal deviates from a seeded generator (Box-Muller).</summary>
internal static class Gaussian
{
    public static double Draw(Random draw) =>
        Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}
