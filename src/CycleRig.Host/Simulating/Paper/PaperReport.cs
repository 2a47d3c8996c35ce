using System.Text.Json.Nodes;
using CycleRig.Core.Cells;
using CycleRig.Core.Scenarios;
using CycleRig.Host.Demo;
using CycleRig.Reports.Plots;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>
/// The reference experiment: M. Siniscalchi et al., Energy Environ. Sci. 2024, 17, 2431, doi 10.1039/d3ee03916a, given back by
/// simulated cells: rows with the published value and ours, and plots of the same quantities as the paper's figures.
/// </summary>
internal static class PaperReport
{
    /// <summary>Cells a row that speaks of runs.</summary>
    public const int Cells = 50;

    private const int SeedStride = 1000;
    private static readonly double[] Densities = [PaperCells.Density, 2.5, 5];

    /// <summary>Runs the cells and judges the rows.</summary>
    /// <param name="scenario">Has the paper's two kinds of cells.</param>
    /// <param name="seed">The cells of one report have seeds of their own for each value.</param>
    /// <param name="directory">Takes plots and report.json; null for none.</param>
    /// <param name="cancellation">Ends it between two cells.</param>
    public static IReadOnlyList<PaperRow> Run(Scenario scenario, int seed, string? directory, CancellationToken cancellation)
    {
        var cells = new PaperCells(scenario);
        int[] seeds = [.. Enumerable.Range(0, Cells).Select(i => unchecked((seed * SeedStride) + i))];
        var untreated = seeds.AsParallel().AsOrdered().WithCancellation(cancellation).Select(each => new UntreatedRun(cells, each)).ToList();
        IReadOnlyList<PaperRow> rows = [.. UntreatedRows.Of(untreated), .. new DamageRows(cells, seeds, cancellation).All(untreated)];
        if (directory is not null)
        {
            Draw(cells, untreated[0], seeds[0], Path.Combine(directory, "plots"));
            File.WriteAllText(Path.Combine(directory, "report.json"), Json(rows, seed) + "\n");
        }

        return rows;
    }

    /// <summary>The rows as a JSON array.</summary>
    public static string Json(IReadOnlyList<PaperRow> rows, int seed) => new JsonObject
    {
        ["paper"] = "doi 10.1039/d3ee03916a",
        ["seed"] = seed,
        ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["row"] = row.Id, ["quantity"] = row.Quantity, ["published"] = row.Published, ["ours"] = row.Ours, ["tolerance"] = row.Tolerance,
            ["pass"] = row.Pass, ["inference"] = row.Inference,
        })]),
    }.ToJsonString(OutputJson.Readable);

    private static void Draw(PaperCells cells, UntreatedRun run, int seed, string directory)
    {
        Directory.CreateDirectory(directory);
        var plated = run.Played.Samples.Where(sample => sample.TimeSeconds > run.PlatingBegan).ToList();
        var voltage = new PaperCurve(
            "0.5 mA/cm²", [.. plated.Select(sample => Capacity(sample.TimeSeconds))], [.. plated.Select(sample => Math.Abs(sample.Volts))]);
        // The first spectrum under current, three on the way, and the last before the short.
        var under = run.Played.Spectra.Skip(1).Where(spectrum => spectrum.EndSeconds < run.ShortSeconds).ToList();
        if (under.Count == 0)
            return;
        int[] shown = [0, under.Count / 8, under.Count / 3, 2 * under.Count / 3, under.Count - 1];
        var spectra = shown.Distinct().Select(i => new PaperSpectrum(Capacity(under[i].StartSeconds), under[i])).ToList();
        PaperPlots.Voltage(voltage, spectra, Path.Combine(directory, "paper-fig-1a.png"));
        PaperPlots.Nyquist(spectra, run.Area, Path.Combine(directory, "paper-fig-1b.png"));
        PaperPlots.Densities([.. Densities.Select(density => Curve(cells, density, seed))], Path.Combine(directory, "paper-fig-4b.png"));

        double Capacity(double seconds) => Math.Max(0, seconds - run.PlatingBegan) * PaperCells.Density / PaperCells.OneMilliampereHour;
    }

    private static PaperCurve Curve(PaperCells cells, double density, int seed)
    {
        var cell = cells.Alone(Surface.AcidTreated, seed);
        PaperCells.Advance(cell, 0, 60);
        var volts = new List<double>();
        PaperCells.Advance(cell, -density, (int)(PaperCells.OneMilliampereHour / density), v =>
        {
            volts.Add(Math.Abs(v));
            return false;
        });
        return new(FormattableString.Invariant($"{density} mA/cm²"), [.. volts.Select((_, i) => (i + 1) * density / PaperCells.OneMilliampereHour)], [.. volts]);
    }
}
