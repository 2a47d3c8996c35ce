using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Fields;
using CycleRig.Reports.Protocols;
using Xunit;
using static CycleRig.Scenarios.ProtocolBench;

namespace CycleRig.Scenarios;

/// <summary>Each protocol through the real controller, its analysis against the truth of the simulated cell.</summary>
public sealed class ProtocolTests
{
    private const double LithiumOhmMetres = 93e-9;

    private const int ShortedCells = 12;
    private static readonly int[] Seeds = [1, 2, 3];

    [Fact]
    public async Task Arrhenius_recovers_the_activation_energy_and_the_conductivity_of_the_pellet()
    {
        // Settled for 3 min instead of 30: the sensor at the cell follows it, and the analysis refuses nothing that moves by less than 0.3 K.
        var runs = await Each(seed => RunAsync("arrhenius", seed, Settled("30 min")));
        List<(CellRecipe Recipe, ProtocolReport Report)> read =
            [.. runs.Select(run => (run.Cells[0].Recipe, run.Report(Size(run), ("lead_resistance_ohm", run.Cells[0].Recipe.LeadOhms))))];
        Assert.InRange(read.Count(one => Holds(Row(one.Report, "Ea, σT"), one.Recipe.BulkActivation)), 2, Seeds.Length);
        Assert.All(read, one =>
        {
            Assert.Equal(one.Recipe.BulkActivation, Row(one.Report, "Ea, σT").Value!.Value, 0.003);
            Assert.Equal(one.Recipe.Conductivity * 1e3, Row(one.Report, "σ at 30 °C by the law").Value!.Value, 0.01);
            Assert.Contains("the same", Row(one.Report, "σ back at").Verdict, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Electronic_conductivity_is_held_by_its_interval_and_is_an_upper_bound_below_the_floor()
    {
        // 3 h of the step instead of 12: the slowest branch of the electrodes has 1000 s.
        var run = await RunAsync("electronic-conductivity", 1, text => Settled("30 min")(text).Replace("duration: 12 h", "duration: 3 h", StringComparison.Ordinal));
        var report = run.Report(Size(run));
        Assert.Equal("steady: only electrons flow", Row(report, "verdict").Verdict);
        Assert.Equal(1e-8, run.Cells[0].Recipe.ElectronicConductivity);
        Holding(Row(report, "σ_e"), 1e-8);
        // Of an instrument that tells no less than 10 nA from zero.
        var coarse = run.Report(("current_floor_A", 1e-8));
        Assert.StartsWith("below the instrument's floor", Row(coarse, "verdict").Verdict, StringComparison.Ordinal);
        Assert.InRange(1e-8, 0, Row(coarse, "σ_e").High!.Value);
    }

    [Fact]
    public async Task Post_mortem_gives_the_resistance_of_the_short_and_the_wire_that_is_equal_to_it()
    {
        // Under the 100 µm mask of the reference paper: ions pass beside the metal through 2 MΩ, under 2 mm through some 3 kΩ.
        var script = CellScript.Nothing with { Upsets = [new(UpsetKind.SuddenShort, TimeSpan.FromSeconds(1), TimeSpan.Zero, 0)] };
        var (resistances, wires) = (0, 0);
        foreach (var seeds in Enumerable.Range(1, ShortedCells).Chunk(2))
        {
            foreach (var run in await Task.WhenAll(seeds.Select(seed => Task.Run(() => Shorted(seed), TestContext.Current.CancellationToken))))
            {
                var (report, recipe) = (run.Report(), run.Cells[0].Recipe);
                var metres = recipe.ThicknessMillimetres * 1e-3;
                var filament = 4 * LithiumOhmMetres * metres / (Math.PI * Math.Pow(recipe.ShortDiameter * 1e-6, 2));
                var ohms = filament + recipe.ShortContactOhms + recipe.LeadOhms;
                Assert.StartsWith("ohmic", Row(report, "verdict").Verdict, StringComparison.Ordinal);
                Assert.Equal(ohms, Row(report, "resistance").Value!.Value, 0.01 * ohms);
                resistances += Holds(Row(report, "resistance"), ohms) ? 1 : 0;
                wires += Holds(Row(report, "diameter of an equal Li wire"), Math.Sqrt(4 * LithiumOhmMetres * metres / (Math.PI * ohms)) * 1e6) ? 1 : 0;
                // Contacts and leads are in it, so that the wire is thinner than the filament: 46 Ω of 484 Ω are 5 % of the diameter.
                Assert.InRange(Row(report, "diameter of an equal Li wire").Value!.Value / recipe.ShortDiameter, 0.93, 0.97);
            }
        }

        // Of twelve 95 % intervals ten or more hold the truth in 98 of 100 cases.
        Assert.InRange(resistances, 10, ShortedCells);
        Assert.InRange(wires, 10, ShortedCells);

        Task<ProtocolBench> Shorted(int seed) => RunAsync(
            "post-mortem", seed, null, rig => rig.Replace("diameter: 2 mm", "diameter: 100 µm\n      diameter_sd: 2 µm", StringComparison.Ordinal), script);
    }

    [Fact]
    public async Task Pressure_sweep_recovers_the_exponent_and_sees_no_hysteresis_where_there_is_none()
    {
        var runs = await Each(seed => RunAsync("pressure-sweep", seed, null, Untreated));
        List<(double Exponent, ProtocolReport Report)> read =
            [.. runs.Select(run => (run.Cells[0].Recipe.PressureExponent, run.Report(("pouch_pressure_MPa", 0.1))))];
        Assert.InRange(read.Count(one => Holds(Row(one.Report, "exponent m"), one.Exponent)), 2, Seeds.Length);
        Assert.InRange(read.Count(one => Row(one.Report, "R_int falling / rising").Verdict == "none that these points tell"), 2, Seeds.Length);
        Assert.All(read, one => Assert.Equal(one.Exponent, Row(one.Report, "exponent m").Value!.Value, 0.02));
    }

    [Fact]
    public async Task Cycling_a_good_interface_makes_no_voids_and_moves_no_net_charge()
    {
        // Two cycles of ten.
        var run = await RunAsync("strip-plate-cycling", 1, text => text.Replace("count: 10", "count: 2", StringComparison.Ordinal), Warm);
        var report = run.Report();
        Assert.Equal("finished", Assert.Single(run.Outcomes).Outcome);
        Assert.Equal("no voids that R_int tells", Row(report, "verdict").Verdict);
        Assert.Equal(4, Row(report, "half-cycles").Value);
        // The fit takes the constriction into R_int, which is 0.2 % of R_bulk: 5 Ω of 500.
        Assert.Equal(1, Row(report, "R_int after stripping, last").Value!.Value / Ohms(run), 0.03);
        Assert.Equal(0, run.Cells[0].Truth.Coulombs, 1e-6);
        Assert.Equal(0, Row(report, "net charge").Value!.Value, 0.1);
    }

    [Fact]
    public async Task A_strip_that_makes_voids_raises_the_interface_from_below_25_to_hundreds_and_the_next_plating_is_halted_before_the_short()
    {
        // A11 of the paper: 2.5 mA/cm² at 2 MPa, where 12.5 MPa would keep the contact; for 2.2 h, and plating after that.
        var run = await RunAsync(
            "strip-plate-cycling", 1,
            text => text[..text.IndexOf("  - loop:", StringComparison.Ordinal)].Replace("pressure: 5 MPa", "pressure: 2 MPa", StringComparison.Ordinal) + Voiding,
            rig => Warm(rig).Replace("charge_max: 0.1 mAh", "charge_max: 0.4 mAh", StringComparison.Ordinal));
        var report = run.Report();
        Assert.StartsWith("voids: stripping raises R_int", Row(report, "verdict").Verdict, StringComparison.Ordinal);
        Assert.InRange(Row(report, "R_int before").Value!.Value, 10, 35);
        Assert.InRange(Row(report, "R_int after stripping, first").Value!.Value, 200, 2000);
        Assert.Equal(("halted", true), (run.Outcomes[0].Outcome, run.Outcomes[0].ShortAvoided));
    }

    [Fact]
    public async Task Plate_and_stop_delivers_its_charge_within_2_percent_and_rests_afterwards()
    {
        // 10 min of rest instead of 15 d.
        var run = await RunAsync("plate-and-stop", 1, text => text.Replace("15 d", "10 min", StringComparison.Ordinal));
        var report = run.Report();
        // 10 µAh/cm² on 2 mm are 1.131 mC.
        var planned = 10e-6 * 3600 * Math.PI * 0.01;
        Assert.Equal(1, -run.Cells[0].Truth.Coulombs / planned, 0.02);
        Holding(Row(report, "charge"), -run.Cells[0].Truth.Coulombs * 1e6 / 3600 / (Math.PI * 0.01));
        Assert.Contains("within ± 2 %", Row(report, "charge per area").Verdict, StringComparison.Ordinal);
        Assert.Equal(600, Row(report, "open circuit since").Value!.Value * 86_400, 5.0);
    }

    [Fact]
    public async Task After_a_halt_the_spectra_at_rest_confirm_the_loss_that_the_cell_has()
    {
        var plating = await RunAsync("plating", 1, null, Untreated);
        Assert.Equal(("halted", true), (plating.Outcomes[0].Outcome, plating.Outcomes[0].ShortAvoided));
        var run = await RunAsync("after-halt", 1, null, Untreated, goesOn: plating);
        var report = run.Report();
        Assert.Equal(plating.Cells[0].Truth.Loss, run.Cells[0].Truth.Loss, 1e-6);
        Assert.StartsWith("confirmed", Row(report, "verdict").Verdict, StringComparison.Ordinal);
        List<ReportRow> losses = [.. report.Rows.Where(row => row.Name.StartsWith("R_bulk lost at rest", StringComparison.Ordinal))];
        Assert.Equal(3, losses.Count);
        Assert.All(losses, loss => Holding(loss, 100 * run.Cells[0].Truth.Loss));
    }

    [Fact]
    public async Task Plating_a_good_cell_holds_R_bulk_and_its_voltage_agrees_with_its_impedance()
    {
        // 0.3 mAh/cm² of 1.
        var run = await RunAsync("plating", 1, text => text.Replace("capacity: 1 mAh/cm²", "capacity: 0.3 mAh/cm²", StringComparison.Ordinal), Warm);
        var report = run.Report();
        Assert.Equal(0, run.Cells[0].Truth.Loss);
        Holding(Row(report, "R_bulk last / first"), 1);
        Assert.Equal(-run.Cells[0].Truth.Coulombs / 3.6 / (Math.PI * 0.01), Row(report, "charge plated").Value!.Value, 0.003);
        Assert.Equal("voltage and impedance agree within 5 %", Row(report, "voltage /").Verdict);
        Assert.Equal(1, Row(report, "R_int under current, last").Value!.Value / Ohms(run), 0.05);
    }

    private const string Voiding = """
          - strip: {label: strip, current_density: 2.5 mA/cm², until: {capacity: 5.5 mAh/cm²}, geis: {from: 7 MHz, to: 30 Hz, points_per_decade: 8, amplitude: 0.05 mA/cm², every: 4 min}}
          - rest: {label: rest-stripped, duration: 2 min}
          - peis: {label: stripped, from: 7 MHz, to: 1 Hz, points_per_decade: 10, amplitude: 10 mV}
          - plate: {label: plate, current_density: 2.5 mA/cm², until: {capacity: 2 mAh/cm²}, geis: {from: 7 MHz, to: 30 Hz, points_per_decade: 8, amplitude: 0.05 mA/cm², every: 20 s}}
        """;

    /// <summary>A copy that settles for 3 min.</summary>
    private static Func<string, string> Settled(string time) => text => text.Replace($"stable_for: {time}", "stable_for: 3 min", StringComparison.Ordinal);

    /// <summary>The chamber stands at 30 °C already.</summary>
    private static string Warm(string rig) => rig.Replace("start: 25 °C", "start: 30 °C", StringComparison.Ordinal);

    private static string Untreated(string rig) => Warm(rig).Replace("acid-treated", "untreated", StringComparison.Ordinal);

    private static Task<ProtocolBench[]> Each(Func<int, Task<ProtocolBench>> run) =>
        Task.WhenAll(Seeds.Select(seed => Task.Run(() => run(seed), TestContext.Current.CancellationToken)));

    /// <summary>What a user who knows the pellet's diameter writes into cell.json.</summary>
    private static (string Key, double Value) Size(ProtocolBench run)
    {
        var recipe = run.Cells[0].Recipe;
        return ("spread_factor", Spreading.Factor(recipe.DiameterMillimetres, recipe.ThicknessMillimetres, recipe.PelletMillimetres, recipe.FullCounter));
    }

    /// <summary>Both interfaces at the end, Ω cm².</summary>
    private static double Ohms(ProtocolBench run) => run.Cells[0].InterfaceOhms * run.Cells[0].Recipe.AreaSquareCentimetres;

    private static bool Holds(ReportRow row, double truth) => row.Low <= truth && truth <= row.High;

    private static void Holding(ReportRow row, double truth) => Assert.True(Holds(row, truth), $"{row} does not hold {truth}");
}
