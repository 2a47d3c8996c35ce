using CycleRig.Telemetry.Lines;

namespace CycleRig.Telemetry.Historians;

/// <summary>Cuts lines in two at a line break near the middle.</summary>
internal static class LineHalves
{
    /// <summary>Both halves, or null for a single line.</summary>
    /// <param name="lines">Whole lines.</param>
    public static (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second)? Of(ReadOnlyMemory<byte> lines)
    {
        var cut = 0;
        while (cut < lines.Length)
        {
            var next = Math.Min(lines.Length, cut + LineCheck.LineLength(lines.Span[cut..]) + 1);
            if (next == lines.Length)
                break;
            cut = next;
            if (cut >= lines.Length / 2)
                break;
        }

        return cut == 0 ? null : (lines[..cut], lines[cut..]);
    }
}
