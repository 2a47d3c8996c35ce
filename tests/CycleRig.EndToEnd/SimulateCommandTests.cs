using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`simulate` as a user calls it.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private const int Usage = 1;
    private const int BadFile = 2;
    private const int NotAsExpected = 3;

    private const string Short = """
        format: 1
        scenario: short
        about: A few minutes of plating end as planned.
        steps:
          - settle: {temperature: 30 °C, pressure: 5 MPa, stable_for: 30 s}
          - plate: {current_density: 0.5 mA/cm², until: {time: 3 min}, geis: {from: 7 MHz, to: 1 Hz, points_per_decade: 6, amplitude: 0.05 mA/cm², every: 60 s}}
        cells:
          - {id: cell-1, surface: acid-treated, expect: finished, parameters: {filaments: 0}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Focusing_tells_the_enhancement_beside_its_closed_form_and_draws_the_field()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "focusing", "--depth", "50 µm", "--aspect", "5", "--thickness", "1.2 mm", "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Matches(@"depth of the crack +50 µm", output);
        Assert.Matches(@"closed form, half-space +17\.91 times the mean", output);
        Assert.Matches(@"current density at the tip +1[78]\.\d\d times the mean", output);
        Assert.Matches(@"difference +[+-][01]\.\d\d %", output);
        Assert.Equal(["focusing.png", "focusing.svg"], Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var picture = await File.ReadAllBytesAsync(At("out/focusing.png"), TestContext.Current.CancellationToken);
        Assert.Equal("PNG"u8, picture.AsSpan(1, 3));
    }

    [Fact]
    public async Task Focusing_near_the_counter_electrode_is_stronger_than_the_closed_form_and_is_told_as_json()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "focusing", "--depth", "1.08mm", "--aspect", "2", "--json", "--out", At("out"));
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(1, document.RootElement.GetProperty("format").GetInt32());
        Assert.Equal(1.08e-3, document.RootElement.GetProperty("depth_m").GetDouble(), 1e-12);
        Assert.Equal(1.2e-3, document.RootElement.GetProperty("thickness_m").GetDouble(), 1e-12);
        // The whole voltage falls at least over the gap of a tenth, so that its mean density is ten times that of the pellet.
        Assert.True(document.RootElement.GetProperty("tip_enhancement").GetDouble() > 10);
        Assert.True(document.RootElement.GetProperty("counter_enhancement").GetDouble() > 2);
    }

    [Fact]
    public async Task What_cannot_be_is_one_line_and_writes_nothing()
    {
        foreach (var (expected, arguments) in new (string, string[])[]
        {
            ("--depth 1300 µm: the crack must end in the pellet; give at most 1188 µm, 99 % of --thickness 1200 µm", ["--depth", "1.3 mm"]),
            ("--depth: `50` has no unit; write a length such as `2 mm`", ["--depth", "50"]),
            ("--thickness: `1.2 V` is a voltage; write a length", ["--thickness", "1.2 V"]),
            ("--aspect 0.1: depth over radius is 0.5 to 100", ["--aspect", "0.1"]),
            ("--depth and --thickness: give lengths above 0", ["--depth", "0 µm"]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["simulate", "focusing", .. arguments, "--out", At("out")]);
            Assert.True(exit == Usage, $"{string.Join(' ', arguments)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Single(output.Trim().Split('\n'));
        }

        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task A_scenario_tells_its_sentence_and_leaves_recordings_truth_and_plots()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", Written("short.yaml", Short), "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Contains("A few minutes of plating end as planned.", output, StringComparison.Ordinal);
        Assert.Contains("cell-1: finished", output, StringComparison.Ordinal);
        foreach (var file in (string[])["recordings/cell-1/spectra.csv", "recordings/cell-1/samples.csv", "truth/cell-1/truth.json", "plots/cell-1-voltage.png", "summary.json"])
            Assert.True(new FileInfo(At($"out/{file}")).Length > 0, file);
        Assert.False(File.Exists(At("out/recordings/cell-1/truth.json")));
    }

    [Fact]
    public async Task What_happens_is_told_when_it_begins_and_what_never_came_at_the_end()
    {
        var file = Written("short.yaml", Short.Replace("filaments: 0}", "filaments: 0}, upsets: [{upset: lead_step, at: 2 min, size: 20 Ω}]", StringComparison.Ordinal)
            + "\nchambers: [{name: chamber-1, events: [{event: door, at: 25 h, for: 60 s}]}]\n");
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", file, "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Contains("0.00:02:00  ch-1  lead_step 20 Ω begins", output, StringComparison.Ordinal);
        Assert.Contains("chamber-1: door at 25:00 h never came: the run ended at 0:03 h", output, StringComparison.Ordinal);
        var events = await File.ReadAllTextAsync(At("out/recordings/cell-1/events.jsonl"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"demo\"", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cells_cannot_do_is_told_before_any_folder_is_made()
    {
        var file = Written("short.yaml", Short.Replace("pressure: 5 MPa", "pressure: 2 MPa", StringComparison.Ordinal));
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", file, "--out", At("out"));
        Assert.Equal(BadFile, exit);
        Assert.Contains($"{file}:5:5: step `1-settle` on channel ch-1: press-1 trips below 2.5 MPa; settle within its limits or write another trip_below", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task Options_and_files_of_the_other_kind_are_refused_in_one_line()
    {
        var file = Written("short.yaml", Short);
        await IsRefused(Usage, "--count is for --population", file, "--count", "3");
        await IsRefused(BadFile, "this is a population; give it with --population", Mixed);
        await IsRefused(BadFile, "this is a scenario; give it without --population", "--population", file);
        var (_, help) = await CycleRigProcess.RunAsync("simulate", "focusing", "--help");
        Assert.DoesNotContain("SCENARIO", help, StringComparison.Ordinal);

        async Task IsRefused(int code, string expected, params string[] arguments)
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["simulate", .. arguments, "--out", At("out")]);
            Assert.Equal(code, exit);
            Assert.Contains(expected, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
            Assert.False(Directory.Exists(At("out")));
        }
    }

    [Fact]
    public async Task A_cell_that_does_not_end_as_expected_is_told_by_the_exit_code_and_json_is_all_that_is_printed()
    {
        var file = Written("short.yaml", Short.Replace("expect: finished", "expect: halted, because: dendrite_onset", StringComparison.Ordinal));
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", file, "--json", "--out", At("out"));
        Assert.Equal(NotAsExpected, exit);
        Assert.Contains("cell-1 was expected to be halted because of dendrite_onset, but is finished", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(output[output.IndexOf('[', StringComparison.Ordinal)..(output.LastIndexOf(']') + 1)]);
        Assert.Equal("finished", document.RootElement[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_bad_file_and_two_kinds_of_file_at_once_write_nothing()
    {
        var bad = Written("bad.yaml", Short.Replace("surface: acid-treated", "surface: shiny", StringComparison.Ordinal));
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", bad, "--out", At("out"));
        Assert.Equal(BadFile, exit);
        Assert.Contains($"{bad}:8:27: `shiny` is not known here", output, StringComparison.Ordinal);
        (exit, output) = await CycleRigProcess.RunAsync("simulate", bad, "--population", Mixed, "--out", At("out"));
        Assert.Equal(Usage, exit);
        Assert.Contains("a scenario and a population at once", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task A_population_is_the_same_bytes_for_the_same_seed_and_replays()
    {
        foreach (var folder in (string[])["first", "second"])
        {
            var (exit, output) = await CycleRigProcess.RunAsync("simulate", "--population", Mixed, "--count", "4", "--seed", "7", "--out", At(folder));
            Assert.True(exit == 0, output);
        }

        var files = Directory.GetFiles(At("first"), "*", SearchOption.AllDirectories);
        Assert.Equal(4, files.Count(file => Path.GetFileName(file) == "spectra.csv"));
        foreach (var file in files)
            Assert.Equal(await Bytes(file), await Bytes(file.Replace(At("first"), At("second"), StringComparison.Ordinal)));
        var (replayed, told) = await CycleRigProcess.RunAsync("replay", At("first/recordings"), "--out", At("results.jsonl"));
        Assert.True(replayed == 0, told);
        var lines = await File.ReadAllLinesAsync(At("results.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(4, lines.Count(line => line.Contains("\"level\": \"done\"", StringComparison.Ordinal) || line.Contains("\"level\":\"done\"", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("error", StringComparison.Ordinal));
    }

    /// <summary>
    /// 10 µAh/cm² of metal last 72 s at 0.5 mA/cm² (the true area differs by some percent), and the voltage then goes to its limit within minutes:
    /// nobody would see from the recording that an hour was planned.
    /// </summary>
    [Fact]
    public async Task Truth_says_when_a_limit_cut_the_program_short()
    {
        const string text = """
            format: 1
            population: thin-foil
            geis: {from: 7 MHz, to: 10 Hz, points_per_decade: 6, amplitude: 0.05 mA/cm², every: 60 s}
            groups:
              - {kind: thin, surface: acid-treated, parameters: {filaments: 0, reserve: 0.01 mAh/cm²}, program: [{plate: {current_density: 0.5 mA/cm², time: 1 h}}]}
              - {kind: thick, surface: acid-treated, parameters: {filaments: 0}, program: [{plate: {current_density: 0.5 mA/cm², time: 5 min}}]}
            """;
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "--population", Written("foil.yaml", text), "--count", "2", "--out", At("out"));
        Assert.True(exit == 0, output);
        var truths = Directory.GetFiles(At("out/truth"), "truth.json", SearchOption.AllDirectories).Select(path => JsonNode.Parse(File.ReadAllText(path))!)
            .ToDictionary(truth => truth["class"]!.GetValue<string>());
        Assert.Equal("voltage_min", truths["thin"]["cut_short_by"]!.GetValue<string>());
        Assert.InRange(truths["thin"]["cut_short_time_s"]!.GetValue<double>(), 60, 600);
        Assert.Null(truths["thick"]["cut_short_by"]);
    }

    private static string Mixed => Path.Combine(SharedData.ProjectRoot(), "examples", "populations", "mixed.yaml");

    private static Task<byte[]> Bytes(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

    private string Written(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
