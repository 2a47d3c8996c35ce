namespace CycleRig.Reports.Fits;

/// <summary>A table of plain text: the same on a terminal, in a pipe and in a document.</summary>
internal static class TextTable
{
    private const string Gap = "   ";

    /// <summary>Lines of a table with its header; every row has as many cells as the header.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [header, .. rows];
        int[] widths = [.. header.Select((_, k) => all.Max(row => row[k].Length))];
        foreach (var (row, i) in all.Select((row, i) => (row, i)))
        {
            yield return string.Join(Gap, row.Select((cell, k) => cell.PadRight(widths[k]))).TrimEnd();
            if (i == 0)
                yield return string.Join(Gap, widths.Select(width => new string('-', width)));
        }
    }
}
