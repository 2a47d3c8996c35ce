namespace CycleRig.Devices.Simulated.Rigs;

/// <summary>How finely a rig is simulated, and whether its parts are of a kind each or all alike.</summary>
/// <param name="SampleInterval">From one sample of an instrument to the next.</param>
/// <param name="DrawnParts">Whether chambers and presses are drawn, and the true sizes of cells within their records' uncertainty.</param>
public sealed record SimulationDetail(TimeSpan SampleInterval, bool DrawnParts)
{
    /// <summary>Ten samples a second, as the guard sees them.</summary>
    public static SimulationDetail Full { get; } = new(TimeSpan.FromMilliseconds(100), DrawnParts: false);

    /// <summary>As many samples as a recording keeps.</summary>
    public static SimulationDetail Population(TimeSpan sampleInterval) => new(sampleInterval, DrawnParts: true);
}
