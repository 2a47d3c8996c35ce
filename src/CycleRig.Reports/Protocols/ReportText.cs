using CycleRig.Reports.Fits;

namespace CycleRig.Reports.Protocols;

/// <summary>A report for people, no wider than a terminal.</summary>
public static class ReportText
{
    private const int Width = 120;
    private const int GapWidth = 3;
    private const int VerdictWidthMin = 20;
    private const string Indent = "  ";

    /// <summary>Title, what is said in words, table of numbers, notes.</summary>
    public static IEnumerable<string> Lines(ProtocolReport report)
    {
        List<ReportRow> words = [.. report.Rows.Where(IsWords)], numbers = [.. report.Rows.Where(row => !IsWords(row))];
        return
        [
            report.Title,
            "",
            .. words.SelectMany(row => Hanging($"{row.Name}: {(row.Verdict.Length > 0 ? row.Verdict : "-")}")),
            .. words.Count > 0 && numbers.Count > 0 ? [""] : (string[])[],
            .. numbers.Count > 0 ? Table(numbers) : [],
            .. report.Notes.SelectMany(note => Hanging($"note: {note}")),
        ];
    }

    private static bool IsWords(ReportRow row) => row is { Value: null, Low: null, High: null };

    /// <summary>What does not fit beside the numbers goes on in the next line.</summary>
    private static IEnumerable<string> Table(List<ReportRow> rows)
    {
        List<(ReportRow Row, (string Value, string Interval) Number)> cells = [.. rows.Select(row => (row, ReportNumber.Of(row)))];
        string[] header = ["result", "value", "95 % interval", "verdict"];
        var used = Widest(cells.Select(cell => cell.Row.Name), header[0]) + Widest(cells.Select(cell => cell.Number.Value), header[1])
            + Widest(cells.Select(cell => cell.Number.Interval), header[2]) + (3 * GapWidth);
        return TextTable.Lines(header, cells.SelectMany(cell => Wrapped(cell.Row.Verdict, Math.Max(VerdictWidthMin, Width - used))
            .Select((part, i) => i == 0 ? (string[])[cell.Row.Name, cell.Number.Value, cell.Number.Interval, part] : ["", "", "", part])));
    }

    private static int Widest(IEnumerable<string> texts, string header) => texts.Append(header).Max(text => text.Length);

    private static IEnumerable<string> Hanging(string text) => Wrapped(text, Width - Indent.Length).Select((part, i) => i == 0 ? part : Indent + part);

    /// <summary>Lines of whole words; one that is longer stands alone.</summary>
    private static List<string> Wrapped(string text, int width)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
                lines.Add(word);
            else
                lines[^1] = lines[^1].Length > 0 ? $"{lines[^1]} {word}" : word;
        }

        return lines;
    }
}
