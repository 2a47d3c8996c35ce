using System.Globalization;

namespace CycleRig.Impedance.Files;

/// <summary>ZPlot and ZView files, .z: `ZPLOT2 ASCII` with keys up to `End Comments` and tabs, or quoted lines and commas.</summary>
/// <remarks>Z'' has its true sign. The second variant is what Autolab's FRA writes, too.</remarks>
internal static class ZViewFile
{
    private const string Name = "ZView .z";
    private const string First = "ZPLOT2 ASCII";
    private const string Second = "\"ZPlotW Data File";

    public static bool Recognises(SpectrumLines lines) => lines.NextFilled()
        && (lines.Current.StartsWith(First, StringComparison.OrdinalIgnoreCase)
            || lines.Current.StartsWith(Second, StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines)
    {
        lines.NextFilled();
        return lines.Current.StartsWith(First, StringComparison.OrdinalIgnoreCase) ? ReadKeys(lines) : ReadQuoted(lines, Name);
    }

    /// <summary>The variant of quoted lines: the count of points stands above the names.</summary>
    public static IReadOnlyList<ImportedSpectrum> ReadQuoted(SpectrumLines lines, string format)
    {
        lines.DropsQuotes = true;
        var declared = 0;
        while (lines.NextFilled())
        {
            if (NamedColumns.AreNames(lines.Current, ' '))
                return Rows(lines, NamedColumns.Read(lines, lines.Current, ' '), declared, format);
            declared = int.TryParse(lines.Current, CultureInfo.InvariantCulture, out var count) ? count : declared;
        }

        throw lines.Wrong("no line of names with `Freq(Hz)`, `Z'(a)` and `Z''(b)`; the file is cut off, export it again");
    }

    private static IReadOnlyList<ImportedSpectrum> ReadKeys(SpectrumLines lines)
    {
        const string points = "Data Points:";
        var declared = 0;
        NamedColumns? columns = null;
        while (lines.NextFilled())
        {
            var line = lines.Current.Trim();
            if (line.StartsWith(points, StringComparison.OrdinalIgnoreCase))
                declared = int.TryParse(line[points.Length..], CultureInfo.InvariantCulture, out var count) ? count : 0;
            else if (line.StartsWith("End Comments", StringComparison.OrdinalIgnoreCase))
                return Rows(lines, columns ?? throw lines.Wrong("no names `Freq(Hz)`, `Z'(a)` and `Z''(b)` above; export the file again"), declared, Name);
            else if (columns is null && NamedColumns.AreNames(line, ' ')) // Once: a broken file may repeat them without end.
                columns = NamedColumns.Read(lines, line, ' ');
        }

        throw lines.Wrong("no line `End Comments`; the header is cut off, export the file again");
    }

    private static IReadOnlyList<ImportedSpectrum> Rows(SpectrumLines lines, NamedColumns columns, int declared, string format)
    {
        var table = new SpectrumTable(lines, format) { TakesZerosForNoTimes = true };
        table.Begin(columns, SpectrumText.Separator(lines.PeekFilled()));
        while (lines.NextFilled())
            table.Add();
        if (declared > 0 && declared != table.Count)
            table.Remark($"the file announces {declared} points and holds {table.Count}");
        return table.Finish();
    }
}
