using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Impedance.Derived;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>Rows A6 to A13: shorts, craters, voids, magnesium.</summary>
/// <param name="cells">The paper's cells.</param>
/// <param name="seeds">Seeds, 50 or more.</param>
/// <param name="cancellation">Ends it between two cells.</param>
internal sealed class DamageRows(PaperCells cells, IReadOnlyList<int> seeds, CancellationToken cancellation)
{
    /// <summary>In which 0.1 mAh/cm² flows.</summary>
    private const int TenthSeconds = (int)(0.1 * PaperCells.OneMilliampereHour / PaperCells.Density);

    public IEnumerable<PaperRow> All(IReadOnlyList<UntreatedRun> untreated) =>
    [
        .. MaskedShort(), LargeShort(untreated), .. Treated(), FirstCrater(), Density(), Voiding(), Alloy(), Diameters(),
    ];

    private static double CellOhms(SimulatedCell cell)
    {
        // A staircase of ±1 to ±10 mV.
        double[] volts = [.. Enumerable.Range(1, 10).SelectMany(k => new[] { k * 1e-3, k * -1e-3 })];
        var sweep = OhmicSweep.Of([.. volts], [.. volts.Select(cell.Amperes)], Length.FromMillimetres(cell.Recipe.ThicknessMillimetres));
        return sweep.Resistance?.Ohms ?? double.PositiveInfinity;
    }

    private IEnumerable<PaperRow> MaskedShort()
    {
        var shorted = Over(seed =>
        {
            var cell = cells.Alone(
                Surface.Untreated, seed, record => record with { Diameter = new(1e-4), Area = Area.OfDisc(new(1e-4)) }, new ParameterLaw("full_counter", new Fixed(1)));
            PaperCells.Advance(cell, -PaperCells.Density, 40_000, _ => cell.Truth.ShortSeconds is not null);
            return (Cell: CellOhms(cell), Filament: CellOhms(cell) - cell.Recipe.ShortContactOhms - cell.Recipe.LeadOhms, cell.Truth.ShortSeconds);
        });
        var (cell, filament) = (new Spread(shorted.Select(one => one.Cell)), new Spread(shorted.Select(one => one.Filament)));
        yield return new(
            "A6a", "100 µm mask: cell after the short; filament by I-V", "487 Ω; 440 Ω (S9, text, EBIC methods)", $"{cell.Text("F0", "Ω")}; {filament.Text("F0", "Ω")}", "± 30 % each",
            shorted.All(one => one.ShortSeconds is not null) && cell.Within(341, 633) >= 0.9 && filament.Within(308, 572) >= 0.9);
    }

    private static PaperRow LargeShort(IReadOnlyList<UntreatedRun> untreated) => new(
        "A6b", "2 mm cell after the short", "not published",
        new Spread(untreated.Where(run => run.Played.Channel.Truth.ShortSeconds is not null).Select(run => CellOhms(run.Played.Channel.Cell))).Text("F0", "Ω"), "printed, not judged", null);

    /// <summary>A7 and A8: an acid-treated cell at three densities over 1 mAh/cm².</summary>
    private IEnumerable<PaperRow> Treated()
    {
        var (low, middle, high) = (Plated(PaperCells.Density), Plated(2.5), Plated(5));
        var calm = low.Concat(middle).ToList();
        var sd = new Spread(calm.Select(one => one.RelativeSd));
        yield return new(
            "A7", "acid-treated, 0.5 and 2.5 mA/cm², 1 mAh/cm² (96 % dense)", "no spallation, V stable (Fig. 4b)",
            $"{calm.Average(one => one.Craters.Count):F3} craters a run; sd(V)/V {sd.Text("P2", "")}", "< 0.05 craters a run, sd(V)/V < 0.5 %",
            calm.Average(one => one.Craters.Count) < 0.05 && sd.At(0.95) < 0.005);
        var all = high.SelectMany(one => one.Craters).ToList();
        var (count, rim) = (new Spread(high.Select(one => (double)one.Craters.Count)), all.Count(crater => crater.RadiusShare > 0.9) / (double)Math.Max(1, all.Count));
        var (unstable, shorts) = (new Spread(high.Select(one => one.RelativeSd)), high.Count(one => one.Shorted) / (double)high.Count);
        yield return new(
            "A8", "acid-treated, 5 mA/cm², 1 mAh/cm² (96 % dense)", "a few craters near the edge, V unstable, no full short (Fig. 4b, c)",
            $"{count.Text("F0", "craters")}, {rim:P0} in the outer 10 % of the radius; sd(V)/V {unstable.Text("P2", "")}; {shorts:P0} shorted",
            "median 1-20, >= 80 % at the rim, < 10 % shorted, V less stable than in A7",
            count.Median is >= 1 and <= 20 && rim >= 0.8 && shorts < 0.1 && unstable.Median > sd.Median);
    }

    private List<(List<Crater> Craters, double RelativeSd, bool Shorted)> Plated(double density) => Over(seed =>
    {
        var cell = cells.Alone(Surface.AcidTreated, seed);
        PaperCells.Advance(cell, 0, 60);
        var volts = new List<double>();
        var seconds = (int)(PaperCells.OneMilliampereHour / density);
        PaperCells.Advance(cell, -density, seconds, v =>
        {
            volts.Add(v);
            return false;
        });
        // The first tenth is left out: contact improves.
        var steady = volts.Skip(seconds / 10).ToList();
        var mean = steady.Average();
        return (cell.Truth.Craters, Math.Sqrt(steady.Average(v => (v - mean) * (v - mean))) / Math.Abs(mean), cell.Truth.ShortSeconds is not null);
    });

    private PaperRow FirstCrater()
    {
        var first = new Spread(Over(seed =>
        {
            var cell = cells.Alone(Surface.Untreated, seed, Magnesium);
            PaperCells.Advance(cell, -PaperCells.Density, TenthSeconds, _ => cell.Truth.Craters.Count > 0);
            return cell.Truth.Craters.Count > 0 ? cell.Truth.Craters[0].AtCharge * 1e3 : double.PositiveInfinity;
        }));
        return new(
            "A9", "first spallation, untreated LiMg at 0.5 mA/cm² (96 % dense)", "already after 10 µAh/cm² (Fig. 4a; current not stated)",
            $"{first.Text("F1", "µAh/cm²")}; {first.Within(0, 10):P0} within 10", "<= 10 µAh/cm² in >= 80 %", first.Within(0, 10) >= 0.8, Inference: true);
    }

    private PaperRow Density()
    {
        double[] means = [.. new[] { 1000.0, 1100, 1200 }.Select(celsius => Over(seed =>
        {
            var cell = cells.Alone(Surface.Untreated, seed, null, new ParameterLaw("sintering_temperature", new Fixed(celsius + 273.15)));
            PaperCells.Advance(cell, -PaperCells.Density, TenthSeconds);
            return (double)cell.Truth.Craters.Count;
        }).Average())];
        return new(
            "A10", "craters against density: sintered at 1000, 1100, 1200 °C (93, 96, 99 %)", "fewer in denser pellets (S13)",
            FormattableString.Invariant($"{means[0]:F1}, {means[1]:F1}, {means[2]:F1} a cell after 0.1 mAh/cm²"), "falls by >= 2x each step",
            means[0] >= 2 * means[1] && means[1] >= 2 * means[2] && means[2] > 0);
    }

    private PaperRow Voiding()
    {
        var runs = Over(seed =>
        {
            var cell = cells.Alone(Surface.AcidTreated, seed);
            PaperCells.Advance(cell, 0, 60);
            var before = cell.InterfaceOhms * cell.Recipe.AreaSquareCentimetres;
            PaperCells.Advance(cell, 2.5, 6 * 3600, _ => cell.InterfaceOhms * cell.Recipe.AreaSquareCentimetres >= 300);
            var after = cell.InterfaceOhms * cell.Recipe.AreaSquareCentimetres;
            var early = cell.Truth.ShortSeconds is not null;
            PaperCells.Advance(cell, -2.5, (int)(2 * PaperCells.OneMilliampereHour / 2.5), _ => cell.Truth.ShortSeconds is not null);
            return (Before: before, After: after, Shorted: !early && cell.Truth.ShortSeconds is not null);
        });
        var (before, after, shorted) = (new Spread(runs.Select(run => run.Before)), new Spread(runs.Select(run => run.After)), runs.Count(run => run.Shorted) / (double)runs.Count);
        return new(
            "A11", "acid-treated, stripped at 2.5 mA/cm², then plated", "R_int grows large, short on the next plating (text)",
            $"{before.Text("F0", "")} to {after.Text("F0", "Ω cm²")}; {shorted:P0} short within the next 2 mAh/cm²", "from < 25 to >= 200 Ω cm²; most short",
            before.Most < 25 && after.At(0.1) >= 200 && shorted > 0.5);
    }

    private PaperRow Alloy()
    {
        var pairs = Over(seed =>
        {
            var (lithium, alloy) = (Read(record => record), Read(Magnesium));
            return (Bulk: (alloy.Bulk / lithium.Bulk) - 1, Interface: (alloy.Interface / lithium.Interface) - 1, Millivolts: (alloy.Volts - lithium.Volts) * 1e3);

            (double Bulk, double Interface, double Volts) Read(Func<Cell, Cell> change)
            {
                var record = change(cells.Record(Surface.Untreated));
                var played = PlayedCell.Play(record, cells.Parameters(Surface.Untreated), PaperCells.Spectrum(), seed);
                var reading = Impedance.Cells.CellSpectrumFit.Read(played.Spectra[0], null, record.Area.SquareCentimetres);
                var cell = cells.Alone(Surface.Untreated, seed, change);
                double volts = 0;
                PaperCells.Advance(cell, -PaperCells.Density, 1800, v =>
                {
                    volts = Math.Abs(v);
                    return false;
                });
                return (reading.BulkOhms, reading.InterfaceOhms, volts);
            }
        });
        var (bulk, inner, more) = (new Spread(pairs.Select(pair => pair.Bulk)), new Spread(pairs.Select(pair => pair.Interface)), new Spread(pairs.Select(pair => pair.Millivolts)));
        return new(
            "A12", "LiMg (10 at%) against Li", "same spectra, a few mV more (S14)",
            $"R_bulk {bulk.Text("P1", "")}, R_int {inner.Text("P1", "")}, V {more.Text("F1", "mV")} more", "R within 5 %, 1-10 mV",
            bulk.Within(-0.05, 0.05) >= 0.95 && inner.Within(-0.05, 0.05) >= 0.95 && more.Within(1, 10) >= 0.9);
    }

    private PaperRow Diameters()
    {
        var all = new Spread(Over(seed =>
        {
            var cell = cells.Alone(Surface.Untreated, seed);
            PaperCells.Advance(cell, -PaperCells.Density, TenthSeconds);
            return cell.Truth.Craters.Select(crater => crater.Micrometres).ToList();
        }).SelectMany(each => each));
        return new(
            "A13", "crater diameter", "5-100 µm (text)", $"{all.Text("F0", "µm")} of {all.Count} craters", "5-95 % of the draw inside 5-100 µm", all.At(0.05) >= 5 && all.At(0.95) <= 100);
    }

    private static Cell Magnesium(Cell record) => record with { Working = Electrode.LithiumMagnesium, Counter = Electrode.LithiumMagnesium };

    private List<T> Over<T>(Func<int, T> one) => [.. seeds.AsParallel().AsOrdered().WithCancellation(cancellation).Select(one)];
}
