using CycleRig.Devices.Simulated.Fields;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>Rows A1 to A5: the untreated cell at 0.5 mA/cm², read from spectra by the production fit.</summary>
internal static class UntreatedRows
{
    private const double IdealOhms = 3820; // 1.2 mm at 1 mS/cm on 0.0314 cm²
    private const double Most = 0.9;
    private const double StandardErrors = 3;

    /// <summary>Of a normal law 1 in 370 lies outside; of 50 cells one may.</summary>
    private const double Recovered = 0.97;

    /// <summary>Share of the first spectra that the live fit must read.</summary>
    private const double Readable = 0.95;

    /// <summary>The rows; the live fit finds no optimum in about one of 250 spectra, and such a cell is left out of A1, A3 and A5.</summary>
    public static IEnumerable<PaperRow> Of(IReadOnlyList<UntreatedRun> runs)
    {
        var readable = runs.Where(run => run.Readings[0].Valid).ToList();
        yield return Start(readable, runs.Count);
        yield return Improved(runs);
        yield return Bulk(readable);
        yield return Fall(runs);
        yield return Voltage(readable);
    }

    private static PaperRow Start(List<UntreatedRun> runs, int all)
    {
        var fitted = new Spread(runs.Select(run => run.Readings[0].InterfaceOhms * run.Area));
        var distance = new Spread(runs.Select(run => run.Readings[0].Valid
            ? Math.Log(run.Readings[0].InterfaceOhms / run.AtRest.Channel.Cell.InterfaceOhms) / run.Readings[0].InterfaceRelativeSd
            : double.PositiveInfinity));
        return new(
            "A1", "R_int before plating, untreated", "2000 Ω cm² (text, Fig. 1b)",
            $"{fitted.Text("F0", "Ω cm²")}; true value within 3 standard errors of the fit in {distance.Within(-StandardErrors, StandardErrors):P0}",
            "± 20 %, recovered", runs.Count >= Readable * all && fitted.Within(1600, 2400) >= Most && distance.Within(-StandardErrors, StandardErrors) >= Recovered);
    }

    private static PaperRow Improved(IReadOnlyList<UntreatedRun> runs)
    {
        var improved = runs.Where(run => run.Improved.Any()).ToList();
        var fitted = new Spread(improved.Select(run => run.Improved.First().InterfaceOhms * run.Area));
        var drift = new Spread(improved.Where(run => run.Improved.Count() > 5).Select(run => Math.Abs(run.InterfaceDriftPerHour)));
        return new(
            "A2", "R_int once contact has improved, 0.5 mA/cm²", "about 500 Ω cm², then nearly constant (Fig. 1b, S3)",
            $"{fitted.Text("F0", "Ω cm²")}; drifts by {drift.Text("P1", "an hour")} until the short", "± 25 %, drift below 10 %/h",
            fitted.Within(375, 625) >= Most && drift.Within(0, 0.10) >= Most);
    }

    private static PaperRow Bulk(List<UntreatedRun> runs)
    {
        var recipe = runs[0].Recipe;
        var spread = Spreading.Factor(recipe.DiameterMillimetres, recipe.ThicknessMillimetres, recipe.PelletMillimetres, recipe.FullCounter);
        var expected = spread * IdealOhms;
        var fitted = new Spread(runs.Select(run => run.Readings[0].BulkOhms));
        return new(
            "A3", "R_bulk at 30 °C, 2 mm electrode", FormattableString.Invariant($"f_spread {spread:F3} x 3820 Ω = {expected:F0} Ω (derived from 1.2 mm and 1 mS/cm)"),
            fitted.Text("F0", "Ω"), "± 10 %", fitted.Within(0.9 * expected, 1.1 * expected) >= Most, Inference: true);
    }

    private static PaperRow Fall(IReadOnlyList<UntreatedRun> runs)
    {
        var fall = new Spread(runs.Select(run => run.Fall));
        var rising = new Spread(runs.Select(run => run.RisingShare));
        return new(
            "A4", "R_bulk falls gradually before the short", "gradually (Fig. 1b, S3); 3-30 % is our range",
            $"{fall.Text("P1", "")}; {rising.Mean:P1} of readings rise by more than 2 σ (2.3 % by chance)", "3-30 %, monotonic within 2 σ",
            fall.Within(0.03, 0.30) >= Most && rising.Mean <= 0.05);
    }

    private static PaperRow Voltage(List<UntreatedRun> runs)
    {
        // The first second of plating, before contact has changed; and the plateau, two minutes around the last reading before the onset.
        var start = runs.Select(run => (Ratio: run.Volts(run.PlatingBegan, run.PlatingBegan + 2) / run.Foretold(run.Readings[0], atRest: true), Volts: run.Volts(run.PlatingBegan, run.PlatingBegan + 2))).ToList();
        var plateau = runs.Select(run => (Run: run, Reading: run.BeforeShort.LastOrDefault(reading => reading.EndSeconds < run.OnsetSeconds)))
            .Where(pair => pair.Reading is not null)
            .Select(pair => (Volts: pair.Run.Volts(pair.Reading!.TimeSeconds - 60, pair.Reading.TimeSeconds + 60), pair.Run, pair.Reading))
            .Select(at => (Ratio: at.Volts / at.Run.Foretold(at.Reading!, atRest: false), at.Volts)).ToList();
        var ratios = new Spread(start.Concat(plateau).Select(at => at.Ratio - 1));
        return new(
            "A5", "V at 0.5 mA/cm²: start, plateau", "R_bulk and R_int times j, softened (derived; 1.06 and 0.31 V if linear; Fig. 1a)",
            $"{new Spread(start.Select(at => at.Volts)).Text("F3", "V")}, {new Spread(plateau.Select(at => at.Volts)).Text("F3", "V")}; against the spectra of the run {ratios.Text("P1", "")}",
            "within 5 % of the spectra", ratios.Within(-0.05, 0.05) >= Most, Inference: true);
    }
}
