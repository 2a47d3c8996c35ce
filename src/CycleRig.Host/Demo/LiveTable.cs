using CycleRig.Contracts;
using Spectre.Console;

namespace CycleRig.Host.Demo;

/// <summary>The rig as a table that is drawn anew on a terminal, and as plain lines elsewhere.</summary>
internal static class LiveTable
{
    public static Table Of(RigView rig, TimeSpan at)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new($"rig {rig.Rig}, {at:hh\\:mm} of rig time") };
        foreach (var (name, right) in (ReadOnlySpan<(string, bool)>)[
            ("channel", false), ("cell", false), ("state", false), ("step", false), ("level", false), ("V / V", true), ("R_bulk / Ω", true),
            ("R_int / Ω", true), ("T / °C", true), ("p / MPa", true)])
        {
            var column = new TableColumn(name);
            table.AddColumn(right ? column.RightAligned() : column);
        }

        foreach (var view in rig.Channels)
        {
            table.AddRow(
                view.Channel, view.Cell, Coloured(view.State), Markup.Escape(view.Step), view.Level, Number(view.Volts, "F3"), Number(view.BulkOhms, "F0"),
                Number(view.InterfaceOhms, "F0"), Number(view.Celsius, "F2"), Number(view.Megapascals, "F2"));
        }

        return table;
    }

    /// <summary>What happened to each cell, as plain lines for a pipe.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<CellOutcome> cells) => cells.Select(cell =>
        $"{cell.Cell}: {cell.Outcome}{(cell.IsExpected ? "" : $", expected {cell.Expected}")}; "
        + (cell.OnsetTimeS is null ? "no damage, " : $"damage began {Time(cell.OnsetTimeS)}, ")
        + (cell.ActTimeS is null ? "" : $"CycleRig acted {Time(cell.ActTimeS)}, ")
        + (cell.ChargeOnsetToActMAhCm2 is { } charge ? FormattableString.Invariant($"plated in between {charge:F3} mAh/cm², ") : "")
        + (cell.OnsetTimeS is null ? "" : $"short {(cell.ShortAvoided ? "avoided" : "NOT avoided")}, ")
        + cell.Reason);

    /// <summary>What happened to each cell, as a table.</summary>
    public static Table Summary(IReadOnlyList<CellOutcome> cells)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        foreach (var name in (ReadOnlySpan<string>)["cell", "outcome", "damage began", "CycleRig acted", "plated in between", "short avoided", "why"])
            table.AddColumn(name);
        foreach (var cell in cells)
        {
            table.AddRow(
                cell.Cell, cell.IsExpected ? cell.Outcome : $"{cell.Outcome}, expected {cell.Expected}", Time(cell.OnsetTimeS), Time(cell.ActTimeS),
                cell.ChargeOnsetToActMAhCm2 is { } charge ? FormattableString.Invariant($"{charge:F3} mAh/cm²") : "-",
                cell.OnsetTimeS is null ? "no damage" : cell.ShortAvoided ? "yes" : "no", Markup.Escape(cell.Reason));
        }

        return table;
    }

    private static string Coloured(string state) => state switch
    {
        "halted" => "[red]halted[/]",
        "completed" => "[green]completed[/]",
        _ => state,
    };

    private static string Time(double? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s).ToString("hh\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value, string format) => value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "-";
}
