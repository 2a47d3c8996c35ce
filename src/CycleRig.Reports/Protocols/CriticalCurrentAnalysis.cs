using System.Collections.Immutable;
using System.Globalization;
using CycleRig.Impedance.Derived;
using CycleRig.Storage.Recordings;

namespace CycleRig.Reports.Protocols;

/// <summary>Critical current density of each cell, and its distribution over cells.</summary>
internal static class CriticalCurrentAnalysis
{
    private const int LawPoints = 80;

    /// <summary>Cells that a legend can name.</summary>
    private const int NamedMost = 8;

    public static ProtocolReport Analyse(IReadOnlyList<Recording> recordings)
    {
        var (cells, unusable) = Read(recordings);
        List<string> notes =
        [
            .. unusable.Select(why => $"left out: {why}"),
            "a critical current density depends on capacity, pressure, temperature and history of the steps, and its resolution is one step",
            "onset: voltage collapse, halt for damage, a cell that conducts better than its electrolyte, or R_bulk 2 % and 3 standard errors lower at rest",
        ];
        WeibullFit? fit = null;
        try
        {
            fit = WeibullFit.Of([.. cells.Select(cell => cell.Bounds)]);
        }
        catch (UnusableDataException tooFew)
        {
            notes.Insert(0, tooFew.Message);
        }

        return new(
            "critical-current-density", cells.Count == 1 ? $"{cells[0].Cell}: critical current density" : $"critical current density of {cells.Count} cells",
            [.. recordings.Select(recording => recording.Name)],
            [.. fit is null ? [] : Distribution(fit), .. cells.Select(cell => Row(cell, cells.Count == 1 ? "CCD" : $"CCD of {cell.Cell}"))],
            [.. notes], [.. Losses(cells), .. Shares(cells, fit)]);
    }

    /// <summary>A cell that says nothing does not spoil the others.</summary>
    private static (List<CriticalCurrent> Cells, List<string> Unusable) Read(IReadOnlyList<Recording> recordings)
    {
        var (cells, unusable) = (new List<CriticalCurrent>(), new List<string>());
        foreach (var recording in recordings)
        {
            try
            {
                cells.Add(CriticalCurrent.Of(recording));
            }
            catch (ReportException lacking)
            {
                unusable.Add(lacking.Message);
            }
        }

        return cells.Count > 0 ? (cells, unusable) : throw new ReportException(unusable.Count > 0 ? string.Join("; ", unusable) : "no recording was given");
    }

    private static ReportRow[] Distribution(WeibullFit fit) =>
    [
        ReportRow.Of("Weibull scale (63 % of cells fail)", fit.Scale, "mA/cm²"),
        ReportRow.Of("Weibull shape", fit.Shape, "", "higher: cells more alike"),
        new("cells with onset", fit.Failed, "", $"{fit.Censored} without"),
    ];

    /// <summary>An onset in the first step leaves a bound and no value: nothing was survived, and 0 was not tried.</summary>
    private static ReportRow Row(CriticalCurrent cell, string name)
    {
        var (low, high) = (cell.Bounds.Low > 0 ? cell.Bounds.Low : (double?)null, cell.Bounds.IsCensored ? (double?)null : cell.Bounds.High);
        var verdict = cell.Bounds.IsCensored ? $"or more: {cell.Why}"
            : string.Create(CultureInfo.InvariantCulture, $"{(low is null ? "below the first step: " : "")}onset at {high:G3}: {cell.Why}");
        return new(name, low, "mA/cm²", verdict) { Low = low, High = high };
    }

    private static IEnumerable<ReportChart> Losses(List<CriticalCurrent> cells)
    {
        List<CriticalCurrent> shown = [.. cells.Where(cell => cell.Losses.Count > 0)];
        var isNamed = cells.Count <= NamedMost;
        if (shown.Count > 0)
        {
            yield return new("current density / mA/cm²", "R_bulk lost / %",
                [.. shown.Select(cell => new ChartSeries(
                    isNamed && cells.Count > 1 ? cell.Cell : "", [.. cell.Losses.Select(loss => loss.Density)], [.. cell.Losses.Select(loss => 100 * loss.Loss)], ChartStyle.Both))])
            {
                Marks = isNamed ? [.. cells.Where(cell => !cell.Bounds.IsCensored).GroupBy(cell => cell.Bounds.High, cell => cell.Cell)
                    .Select(onset => new ChartMark(onset.Key, cells.Count == 1 ? "onset" : $"onset: {string.Join(", ", onset)}"))] : [],
            };
        }
    }

    /// <summary>Share of cells that had failed up to a density, as far as the censored ones let it be said.</summary>
    private static IEnumerable<ReportChart> Shares(List<CriticalCurrent> cells, WeibullFit? fit)
    {
        if (fit is null)
            yield break;
        var steps = Steps(cells);
        var (low, high) = (0.0, 1.1 * cells.Max(cell => cell.Bounds.IsCensored ? cell.Bounds.Low : cell.Bounds.High));
        ImmutableArray<double> law = [.. Enumerable.Range(0, LawPoints).Select(i => low + ((high - low) * i / (LawPoints - 1.0)))];
        yield return new("current density / mA/cm²", "share of cells with onset / %",
            [
                new("cells", [0, .. steps.Select(step => step.Density), high], [0, .. steps.Select(step => 100 * step.Share), 100 * steps[^1].Share], ChartStyle.Steps),
                new(string.Create(CultureInfo.InvariantCulture, $"Weibull, k {fit.Shape.Value:G3}"), law, [.. law.Select(density => 100 * fit.Failing(density))], ChartStyle.Line),
            ]);
    }

    /// <summary>Kaplan and Meier (1958, doi 10.1080/01621459.1958.10501452), each onset put at the end of its step.</summary>
    private static List<(double Density, double Share)> Steps(List<CriticalCurrent> cells)
    {
        var (steps, surviving) = (new List<(double, double)>(), 1.0);
        foreach (var failed in cells.Where(cell => !cell.Bounds.IsCensored).GroupBy(cell => Math.Round(cell.Bounds.High, 3)).OrderBy(group => group.Key))
        {
            var atRisk = cells.Count(cell => cell.Bounds.IsCensored ? cell.Bounds.Low >= failed.Key : Math.Round(cell.Bounds.High, 3) >= failed.Key);
            surviving *= 1 - ((double)failed.Count() / atRisk);
            steps.Add((failed.Key, 1 - surviving));
        }

        return steps;
    }
}
