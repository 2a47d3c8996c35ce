using CycleRig.Host.Commands;
using Spectre.Console;

namespace CycleRig.Host.Demo;

/// <summary>Tells what became of the cells of a demo or a scenario.</summary>
internal static class Outcomes
{
    /// <summary>A table on a terminal, lines in a pipe, or summary.json; what was not expected goes to stderr.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> TellAsync(IReadOnlyList<CellOutcome> cells, string directory, bool json)
    {
        if (json)
            await Console.Out.WriteAsync(await File.ReadAllTextAsync(Path.Combine(directory, "summary.json")));
        else if (Console.IsOutputRedirected)
            await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, LiveTable.Lines(cells)));
        else
            AnsiConsole.Write(LiveTable.Summary(cells));
        var unexpected = cells.Where(cell => !cell.IsExpected).ToList();
        foreach (var cell in unexpected)
            await Console.Error.WriteLineAsync($"{cell.Cell} was expected to be {cell.Expected}{(cell.Because is { } because ? $" because of {because}" : "")}, but is {cell.Outcome}: {cell.Reason}");
        double[] charges = [.. cells.Select(cell => cell.ChargeOnsetToActMAhCm2).OfType<double>().Order()];
        if (!json && charges.Length > 1)
        {
            var median = (charges[(charges.Length - 1) / 2] + charges[charges.Length / 2]) / 2;
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"plated between onset and halt, median of {charges.Length} cells: {median:F3} mAh/cm²"));
        }

        if (!json)
            await Console.Out.WriteLineAsync($"Recordings, truth, plots and summary.json are in {directory}");
        return unexpected.Count == 0 ? ExitCodes.Ok : ExitCodes.CellHalted;
    }
}
