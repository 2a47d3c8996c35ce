using CycleRig.Host.Commands;
using Spectre.Console;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>Tells the rows of the reference experiment.</summary>
internal static class PaperText
{
    /// <summary>A table on a terminal, lines in a pipe, or JSON.</summary>
    /// <returns>0 when every judged row passes, else 3.</returns>
    public static async Task<int> TellAsync(IReadOnlyList<PaperRow> rows, int seed, string directory, bool json)
    {
        if (json)
            await Console.Out.WriteLineAsync(PaperReport.Json(rows, seed));
        else if (Console.IsOutputRedirected)
            await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, Lines(rows, seed)));
        else
            AnsiConsole.Write(Table(rows, seed));
        if (!json)
            await Console.Out.WriteLineAsync($"Plots and report.json are in {directory}");
        foreach (var row in rows.Where(row => row.Pass == false))
            await Console.Error.WriteLineAsync($"{row.Id} does not pass: {row.Ours}, wanted {row.Tolerance}");
        return rows.Any(row => row.Pass == false) ? ExitCodes.CellHalted : ExitCodes.Ok;
    }

    /// <summary>A row takes four short lines.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<PaperRow> rows, int seed) => rows.SelectMany(row => (string[])
    [
        $"{row.Id}  {row.Quantity}",
        $"    published  {row.Published}{Inferred(row)}",
        $"    ours       {row.Ours}",
        $"    tolerance  {row.Tolerance}: {Verdict(row)}",
    ]).Prepend(Heading(seed));

    private static Table Table(IReadOnlyList<PaperRow> rows, int seed)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true, Title = new(Heading(seed)) };
        foreach (var name in (ReadOnlySpan<string>)["row", "quantity", "published", "ours: median (5 to 95 %)", "tolerance", "pass"])
            table.AddColumn(name);
        foreach (var row in rows)
            table.AddRow(row.Id, Markup.Escape(row.Quantity), Markup.Escape(row.Published + Inferred(row)), Markup.Escape(row.Ours), Markup.Escape(row.Tolerance), Verdict(row));
        return table;
    }

    private static string Heading(int seed) =>
        $"Siniscalchi et al. 2024, doi 10.1039/d3ee03916a, against {PaperReport.Cells} simulated cells a row, seed {seed}; each spread is median (5 to 95 %)";

    private static string Inferred(PaperRow row) => row.Inference ? " [inference]" : "";

    private static string Verdict(PaperRow row) => row.Pass switch
    {
        true => "pass",
        false => "FAIL",
        null => "not judged",
    };
}
