using System.Text.Encodings.Web;
using System.Text.Json;

namespace CycleRig.Host.Demo;

/// <summary>How the commands that simulate write JSON: indented, with µ, Ω and ² as they are, and numbers as precise as they are worth.</summary>
internal static class OutputJson
{
    public static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A number with so many digits after the point; null for none.</summary>
    public static double? Rounded(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;
}
