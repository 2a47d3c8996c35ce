using System.Text;
using System.Text.Json.Nodes;

namespace CycleRig.Telemetry.Historians;

/// <summary>
/// What could not be written and why: JSON lines in a file, on the disk before the points are acknowledged. Full, it becomes `.old` and
/// begins anew. Safe for several threads.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="time">For the time of day in the lines.</param>
public sealed class DeadLetters(string path, TimeProvider time)
{
    private const long BytesMax = 64L << 20;

    private readonly Lock _gate = new();

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Adds what was refused.</summary>
    /// <param name="topic">Where it came from.</param>
    /// <param name="reason">Why it is no point, or what the database said.</param>
    /// <param name="line">The line, or a part of it.</param>
    /// <param name="isRow">Whether it is a rig's row, which is acknowledged next; garbage of strangers is not worth a sync.</param>
    public void Add(string topic, string reason, ReadOnlySpan<byte> line, bool isRow)
    {
        const int lineMax = 16_384;
        var entry = new JsonObject
        {
            ["utc"] = time.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["topic"] = topic, ["reason"] = reason,
            ["line"] = Encoding.UTF8.GetString(line[..Math.Min(line.Length, lineMax)]),
        };
        lock (_gate)
        {
            if (File.Exists(Path) && new FileInfo(Path).Length > BytesMax)
                File.Move(Path, Path + ".old", overwrite: true);
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(entry.ToJsonString() + "\n"));
            file.Flush(flushToDisk: isRow);
        }
    }
}
