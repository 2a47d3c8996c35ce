using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace CycleRig.Impedance.Files;

/// <summary>Bytes to text: UTF-8, UTF-16 with its mark, else Windows-1252; and numbers with a point or a comma.</summary>
internal static class SpectrumText
{
    /// <summary>Size of a file that is read at all, bytes.</summary>
    public const long BytesMax = 256L << 20;

    private const int ProbeBytes = 4096;
    private const int NumberMax = 128;
    private const int QuoteMax = 60;

    /// <exception cref="SpectrumFileException">The content is empty, too large or binary.</exception>
    public static string Decoded(string file, ReadOnlySpan<byte> content)
    {
        if (content.Length > BytesMax)
            throw new SpectrumFileException(file, 1, $"the file is larger than {BytesMax >> 20} MiB; give a smaller one");
        if (content.IsEmpty)
            throw new SpectrumFileException(file, 1, "the file is empty; export the spectrum again");
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(content[2..]);
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(content[2..]);
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        if (content[..Math.Min(content.Length, ProbeBytes)].Contains((byte)0))
            throw new SpectrumFileException(file, 1, "this is a binary file; export it as text (EC-Lab: .mpt)");
        return (Utf8.IsValid(content) ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!).GetString(content);
    }

    /// <summary>A number with a decimal point or comma; NaN and infinity are read as such.</summary>
    public static bool IsNumber(ReadOnlySpan<char> cell, out double value)
    {
        value = 0;
        var text = cell.Trim();
        if (!text.Contains(',') || text.Contains('.'))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (text.Length > NumberMax)
            return false;
        Span<char> pointed = stackalloc char[text.Length];
        text.Replace(pointed, ',', '.');
        return double.TryParse(pointed, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What was read, short enough for a message, without characters that break a line.</summary>
    public static string Quoted(ReadOnlySpan<char> read)
    {
        var text = read.Trim();
        Span<char> shown = stackalloc char[Math.Min(text.Length, QuoteMax)];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '\uFFFD' : text[i];
        return $"`{shown}{(text.Length > QuoteMax ? "…" : "")}`";
    }

    /// <summary>What separates the cells of a line: tab, semicolon, comma, or a blank for runs of blanks.</summary>
    /// <remarks>A line such as `1000,0 65,5 -1,5` has decimal commas and blanks between its cells.</remarks>
    public static char Separator(ReadOnlySpan<char> line)
    {
        if (line.Contains('\t'))
            return '\t';
        if (line.Contains(';'))
            return ';';
        return line.Contains(',') && !(line.Trim().Contains(' ') && HasDecimalCommasOnly(line)) ? ',' : ' ';
    }

    private static bool HasDecimalCommasOnly(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == ',' && (i == 0 || i + 1 == line.Length || !char.IsAsciiDigit(line[i - 1]) || !char.IsAsciiDigit(line[i + 1])))
                return false;
        }

        return true;
    }
}
