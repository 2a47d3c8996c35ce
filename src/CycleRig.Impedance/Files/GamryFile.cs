using System.Globalization;

namespace CycleRig.Impedance.Files;

/// <summary>Gamry Framework files, .DTA: each table `ZCURVE` is a spectrum; names, then units, then rows that begin with a tab.</summary>
/// <remarks>With drift correction Zreal and Zimag are read and ZrealDrCor, ZimagDrCor and theirs are kept beside them.</remarks>
internal static class GamryFile
{
    private const string Name = "Gamry .DTA";
    private const string Table = "ZCURVE";

    public static bool Recognises(SpectrumLines lines) => lines.NextFilled() && lines.Current.TrimEnd() is "EXPLAIN";

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines)
    {
        var table = new SpectrumTable(lines, Name);
        var (inTable, found, declared) = (false, false, 0);
        while (lines.NextFilled())
        {
            if (inTable && lines.Current[0] == '\t')
            {
                table.Add();
                continue;
            }

            if (inTable && declared > 0 && table.Count != declared)
                table.Remark($"the file announces {declared} points and holds {table.Count}");
            inTable = lines.Current.StartsWith(Table, StringComparison.Ordinal) && Cell(lines.Current, 1) is "TABLE";
            if (inTable)
            {
                found = true;
                declared = int.TryParse(Cell(lines.Current, 2), CultureInfo.InvariantCulture, out var points) ? points : 0;
                Begin(lines, table, Cell(lines.Current, 0)[Table.Length..].ToString());
            }
            else if (lines.Current.StartsWith("EXPERIMENTABORTED", StringComparison.Ordinal) && Cell(lines.Current, 2) is "T")
            {
                table.Aborted = true;
            }
        }

        return found ? table.Finish()
            : throw lines.Wrong($"no table {Table}: the file holds no impedance, or is cut off; export the spectrum again");
    }

    private static void Begin(SpectrumLines lines, SpectrumTable table, string label)
    {
        if (!lines.NextFilled())
            throw lines.Wrong($"the file is cut off behind {Table}; export the spectrum again");
        var names = lines.Current;
        var units = lines.PeekFilled();
        if (!NamedColumns.AreUnits(units, '\t'))
            throw lines.Wrong($"no line of units below the names; the file is cut off or was changed, export it again");
        table.Begin(NamedColumns.Read(lines, names, '\t', units), '\t', label);
        lines.NextFilled();
    }

    private static ReadOnlySpan<char> Cell(ReadOnlySpan<char> line, int index)
    {
        var cells = new Cells(line, '\t');
        while (cells.Next())
        {
            if (cells.Index == index)
                return cells.Current;
        }

        return [];
    }
}
