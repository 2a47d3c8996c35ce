namespace CycleRig.Host.Running;

/// <summary>UUIDv7 of runs.</summary>
internal static class RunIds
{
    /// <summary>A new id; the random part comes from a seed in simulations, so that the same seed gives the same bytes.</summary>
    public static Guid From(DateTimeOffset time, Random draw)
    {
        Span<byte> bytes = stackalloc byte[16];
        draw.NextBytes(bytes);
        var milliseconds = time.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new(bytes, bigEndian: true);
    }
}
