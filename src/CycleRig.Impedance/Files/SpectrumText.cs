using System.Globalization;
using System.Text;

namespace CycleRig.Impedance.Files;

/// <summary>The lines of an instrument's export: UTF-8 or Latin-1, any line end, with bounds; and numbers with a point or a comma.</summary>
internal static class SpectrumText
{
    private const long BytesMax = 256L << 20;
    private const int LineMax = 100_000;

    public static string[] Lines(string path)
    {
        if (!File.Exists(path))
            throw new SpectrumFileException(path, 1, "no such file; check the path");
        if (new FileInfo(path).Length > BytesMax)
            throw new SpectrumFileException(path, 1, $"the file is larger than {BytesMax >> 20} MiB; give a smaller one");
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0)
            throw new SpectrumFileException(path, 1, "the file is empty; export the spectrum again");
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).Contains((byte)0))
            throw new SpectrumFileException(path, 1, "this is a binary file; export it as text (EC-Lab: .mpt)");
        var lines = Decoded(bytes).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var tooLong = Array.FindIndex(lines, line => line.Length > LineMax);
        return tooLong < 0 ? lines : throw new SpectrumFileException(path, tooLong + 1, $"the line has more than {LineMax} characters; this is no spectrum file");
    }

    /// <summary>A number with a decimal point or comma, or null.</summary>
    public static double? Number(string text)
    {
        var trimmed = text.Trim().Trim('"');
        if (trimmed.Contains(',', StringComparison.Ordinal) && !trimmed.Contains('.', StringComparison.Ordinal))
            trimmed = trimmed.Replace(',', '.');
        return double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static string Decoded(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
