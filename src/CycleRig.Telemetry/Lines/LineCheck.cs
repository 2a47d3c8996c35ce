using System.Buffers.Text;

namespace CycleRig.Telemetry.Lines;

/// <summary>Looks whether a line is a point of one measurement with the tags of its topic, without taking it apart.</summary>
public static class LineCheck
{
    /// <summary>What is wrong with a line, or null.</summary>
    /// <param name="line">UTF-8, without the line break at its end.</param>
    /// <param name="head">Measurement, rig and channel as the topic says: `sample,rig=r,channel=c`.</param>
    public static string? Problem(ReadOnlySpan<byte> line, ReadOnlySpan<byte> head)
    {
        if (!line.StartsWith(head) || line.Length <= head.Length || line[head.Length] is not ((byte)',' or (byte)' '))
            return "it is not of the measurement, rig and channel of its topic";
        var quoted = false;
        var (spaces, equals, lastSpace) = (0, 0, 0);
        for (var i = head.Length; i < line.Length; i++)
        {
            var octet = line[i];
            if (octet == (byte)'\\')
                i++;
            else if (octet == (byte)'"')
                quoted = !quoted;
            else if (!quoted && octet == (byte)' ')
                (spaces, lastSpace) = (spaces + 1, i);
            else if (!quoted && octet == (byte)'=' && spaces == 1)
                equals++;
        }

        if (quoted || spaces != 2 || equals == 0)
            return "it is no point: measurement,tags fields time";
        var time = line[(lastSpace + 1)..];
        return Utf8Parser.TryParse(time, out long _, out var used) && used == time.Length ? null : "its time is no whole number of nanoseconds";
    }

    /// <summary>Bytes of the first line: up to a line break outside of quotes, or all.</summary>
    /// <param name="lines">One or more lines.</param>
    public static int LineLength(ReadOnlySpan<byte> lines)
    {
        var quoted = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (quoted && lines[i] == (byte)'\\')
                i++;
            else if (lines[i] == (byte)'"')
                quoted = !quoted;
            else if (lines[i] == (byte)'\n' && !quoted)
                return i;
        }

        return lines.Length;
    }
}
