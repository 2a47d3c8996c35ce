using CycleRig.Reports.Fits;

namespace CycleRig.Reports.Protocols;

/// <summary>A report for people.</summary>
public static class ReportText
{
    private const int Digits = 4;

    /// <summary>Title, table, notes.</summary>
    public static IEnumerable<string> Lines(ProtocolReport report) =>
    [
        report.Title,
        "",
        .. TextTable.Lines(["result", "value", "95 % interval", "verdict"], report.Rows.Select(Row)),
        .. report.Notes.Select(note => $"note: {note}"),
    ];

    private static string[] Row(ReportRow row) =>
        [row.Name, row.Value is { } value ? $"{SiText.Plain(value, Digits)} {row.Unit}".TrimEnd() : "-", Interval(row), row.Verdict];

    private static string Interval(ReportRow row) => (row.Low, row.High) switch
    {
        ({ } low, { } high) => $"{SiText.Plain(low, Digits)} to {SiText.Plain(high, Digits)}",
        ({ } low, null) => $"above {SiText.Plain(low, Digits)}",
        (null, { } high) => $"below {SiText.Plain(high, Digits)}",
        _ => "",
    };
}
