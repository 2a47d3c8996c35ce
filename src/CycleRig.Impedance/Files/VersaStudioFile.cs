namespace CycleRig.Impedance.Files;

/// <summary>VersaStudio files, .par: sections `&lt;Segment1>` whose line `Definition=` names the columns; commas between cells.</summary>
internal static class VersaStudioFile
{
    private const string Name = "VersaStudio .par";
    private const string Definition = "Definition=";

    public static bool Recognises(SpectrumLines lines) =>
        lines.NextFilled() && lines.Current.StartsWith("<Application>", StringComparison.Ordinal);

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines)
    {
        var table = new SpectrumTable(lines, Name);
        var (inSegment, inRows, found) = (false, false, false);
        while (lines.NextFilled())
        {
            if (lines.Current.StartsWith("<Segment", StringComparison.Ordinal))
                (inSegment, inRows) = (true, false);
            else if (lines.Current.StartsWith("</Segment", StringComparison.Ordinal))
                (inSegment, inRows) = (false, false);
            else if (inRows)
                table.Add();
            else if (inSegment && lines.Current.StartsWith(Definition, StringComparison.Ordinal))
            {
                table.Begin(NamedColumns.Read(lines, lines.Current[Definition.Length..], ','), ',');
                (inRows, found) = (true, true);
            }
        }

        if (!found)
            throw lines.Wrong("no section <Segment1> with a line `Definition=`; the file is cut off, save it again");
        if (inRows)
            table.Remark("the file ends before its segment does: later points may be missing");
        return table.Finish();
    }
}
