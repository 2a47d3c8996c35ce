using System.Globalization;

namespace CycleRig.Impedance.Files;

/// <summary>EC-Lab and BT-Lab text exports, .mpt: names in the last of `Nb header lines`, tabs; a spectrum for each cycle number and Ns.</summary>
/// <remarks>
/// Without a column of cycle numbers, lines `Loop k from point number a to b` of the header split the table. A file without
/// a header has the names in its first line.
/// </remarks>
internal static class BioLogicFile
{
    private const string Name = "BioLogic .mpt";
    private const int LoopsMax = 100_000;

    public static bool Recognises(SpectrumLines lines) =>
        lines.Next() && (lines.Current.Contains("ASCII FILE", StringComparison.OrdinalIgnoreCase)
            || (lines.File.EndsWith(".mpt", StringComparison.OrdinalIgnoreCase) && lines.Current.Contains('\t')));

    public static IReadOnlyList<ImportedSpectrum> Read(SpectrumLines lines)
    {
        lines.Next();
        var loops = new List<int>();
        if (lines.Current.Contains("ASCII FILE", StringComparison.OrdinalIgnoreCase))
            PassHeader(lines, loops);
        var columns = NamedColumns.Read(lines, lines.Current, '\t');
        var table = new SpectrumTable(lines, Name);
        table.Begin(columns, '\t', loops.Count > 1 ? "loop 0" : "");
        var (row, loop) = (0, 0);
        while (lines.NextFilled())
        {
            while (loop + 1 < loops.Count && row == loops[loop + 1])
                table.Split(string.Create(CultureInfo.InvariantCulture, $"loop {++loop}"));
            table.Add();
            row++;
        }

        return table.Finish();
    }

    /// <summary>Goes to the line of names, and notes where loops start unless a column says it.</summary>
    private static void PassHeader(SpectrumLines lines, List<int> loops)
    {
        const string count = "Nb header lines";
        if (!lines.Next() || !lines.Current.StartsWith(count, StringComparison.Ordinal))
            throw lines.Wrong($"{SpectrumText.Quoted(lines.Current)} stands where `{count} : N` should; export the file again");
        var text = lines.Current[(lines.Current.IndexOf(':') + 1)..].Trim();
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var header) || header <= lines.Number)
            throw lines.Wrong($"{SpectrumText.Quoted(text)} is no number of header lines; the file was changed, export it again");
        while (lines.Number < header)
        {
            if (!lines.Next())
                throw lines.Wrong($"the header should have {header} lines; the file is cut off, export it again");
            if (LoopStart(lines.Current) is { } start && loops.Count < LoopsMax && start > (loops.Count > 0 ? loops[^1] : -1))
                loops.Add(start);
        }

        if (lines.Current.Contains("cycle number", StringComparison.OrdinalIgnoreCase))
            loops.Clear();
    }

    /// <summary>a of `Loop k from point number a to b`.</summary>
    private static int? LoopStart(ReadOnlySpan<char> line)
    {
        const string from = "from point number";
        var at = line.StartsWith("Loop ", StringComparison.Ordinal) ? line.IndexOf(from) : -1;
        if (at < 0)
            return null;
        var words = new Cells(line[(at + from.Length)..], ' ');
        return words.Next() && int.TryParse(words.Current, CultureInfo.InvariantCulture, out var start) ? start : null;
    }
}
