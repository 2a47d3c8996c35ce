namespace CycleRig.Core.Safety;

/// <summary>What the supervisor knows of a chamber or a press.</summary>
/// <param name="ReadAt">When it was last read validly, or null.</param>
/// <param name="Within">Whether the newest reading was within limits.</param>
/// <param name="WasWithin">Whether it has been within limits since the last acknowledge: before that nothing can trip.</param>
/// <param name="Outside">Readings in a row that were outside or invalid.</param>
/// <param name="Tripped">The latched trip, or null.</param>
/// <param name="Detail">The newest reading in words.</param>
public sealed record DeviceWatch(TimeSpan? ReadAt, bool Within, bool WasWithin, int Outside, Cause? Tripped, string Detail)
{
    public static DeviceWatch Unread { get; } = new(null, false, false, 0, null, "not read yet");

    /// <summary>Whether its channels may carry current.</summary>
    public bool Held => Within && Tripped is null;
}
