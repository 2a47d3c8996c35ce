namespace CycleRig.Impedance.Files;

/// <summary>Tables that a line of names begins, whatever stands above it: the names are found, not counted.</summary>
internal static class NamedTable
{
    private const int NamelessColumns = 3;
    private const int LabelMax = 60;

    /// <summary>Reads the one table of a text, with names or, as three columns, without. Lines of `#`, `%` and `!` are comments.</summary>
    /// <param name="lines">Before the first line.</param>
    /// <param name="format">Name of the format.</param>
    /// <exception cref="SpectrumFileException">There are no names, or a row cannot be read.</exception>
    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines, string format)
    {
        var table = new SpectrumTable(lines, format);
        Begin(lines, table);
        while (lines.NextFilled())
        {
            if (!IsComment(lines.Current))
                table.Add();
        }

        return table.Finish();
    }

    /// <summary>Reads all tables of a text; a line with a colon, or of names, ends one, and the line above its names is its label.</summary>
    /// <param name="lines">Before the first line.</param>
    /// <param name="format">Name of the format.</param>
    /// <param name="takesSignFromPhase">See <see cref="NamedColumns.TakesSignFromPhase"/>.</param>
    /// <exception cref="SpectrumFileException">There are no names, or a row cannot be read.</exception>
    public static IReadOnlyList<ImportedSpectrum> ReadAll(SpectrumLines lines, string format, bool takesSignFromPhase = false)
    {
        var table = new SpectrumTable(lines, format);
        var (inTable, above) = (false, 0..0);
        while (lines.NextFilled())
        {
            var separator = SpectrumText.Separator(lines.Current);
            var areNames = NamedColumns.AreNames(lines.Current, separator);
            if (inTable && !areNames && !(StartsWithText(lines.Current, separator) && lines.Current.Contains(':')))
            {
                table.Add();
                continue;
            }

            inTable = areNames;
            if (areNames)
            {
                var columns = NamedColumns.Read(lines, lines.Current, separator, takesSignFromPhase: takesSignFromPhase);
                table.Begin(columns, separator, Label(lines.Text[above]));
            }

            above = lines.Start..(lines.Start + Math.Min(lines.Length, LabelMax));
        }

        return table.Finish();
    }

    /// <summary>Finds the names and begins the table; without names the error is told where they should stand.</summary>
    private static void Begin(SpectrumLines lines, SpectrumTable table)
    {
        while (lines.NextFilledIf(next => !IsNumbers(next.Current)))
        {
            var line = Uncommented(lines.Current);
            var separator = SpectrumText.Separator(line);
            var isLastText = lines.IsLast() || (!IsComment(lines.Current) && IsNumbers(lines.PeekFilled()));
            if (!NamedColumns.AreNames(line, separator) && !isLastText)
                continue;
            var unitLine = lines.PeekFilled();
            var units = NamedColumns.AreUnits(unitLine, separator) ? unitLine : default;
            table.Begin(NamedColumns.Read(lines, line, separator, units), separator);
            if (!units.IsEmpty)
                lines.NextFilled();
            return;
        }

        var row = lines.PeekFilled();
        var cells = new Cells(row, SpectrumText.Separator(row));
        while (cells.Next() && (cells.Index < NamelessColumns || !cells.Current.IsEmpty))
        {
            if (cells.Index == NamelessColumns)
                throw lines.Wrong($"more than {NamelessColumns} columns and no names; write `freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm` above");
        }

        table.Begin(NamedColumns.Nameless(), SpectrumText.Separator(row));
    }

    private static bool IsNumbers(ReadOnlySpan<char> line) => !IsComment(line) && !StartsWithText(line, SpectrumText.Separator(line));

    private static bool StartsWithText(ReadOnlySpan<char> line, char separator)
    {
        var cells = new Cells(line, separator);
        return !cells.Next() || !SpectrumText.IsNumber(cells.Current, out _);
    }

    private static bool IsComment(ReadOnlySpan<char> line) => line.TrimStart() is ['#' or '%' or '!', ..];

    private static ReadOnlySpan<char> Uncommented(ReadOnlySpan<char> line) => IsComment(line) ? line.TrimStart(" \t#%!") : line;

    /// <summary>`CH 3: Fixed at 37 freqs` labels its table `CH 3`, and `Measurement:,Impedance Spectroscopy [1]` by its value.</summary>
    private static string Label(string above)
    {
        var at = above.IndexOf(':', StringComparison.Ordinal);
        if (at < 0)
            return "";
        if (above.StartsWith("CH ", StringComparison.Ordinal))
            return above[..at];
        return above.StartsWith("Measurement", StringComparison.Ordinal) ? above[(at + 1)..].Trim(',', ' ') : "";
    }
}
