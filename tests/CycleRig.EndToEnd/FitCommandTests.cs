using System.Globalization;
using System.Text.Json;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`fit` as a user calls it.</summary>
public sealed class FitCommandTests : IDisposable
{
    private const string TwoArcs = "R0-p(R1,CPE1)-p(R2,CPE2)";
    private const int Usage = 1;
    private const int BadData = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Problem_P_is_fitted_from_cold_and_told_as_json_csv_png_and_svg()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("fit", await ProblemP(), "--circuit", TwoArcs, "--noise", "0.005", "--kk", "--drt", "--json", "--out", At("out"));
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output);
        var spectrum = document.RootElement.GetProperty("spectra")[0];
        Assert.Equal(112.2397, spectrum.GetProperty("fit").GetProperty("chiSquare").GetDouble(), 1e-3);
        Assert.Equal("Good", spectrum.GetProperty("kk").GetProperty("grade").GetString());
        Assert.Equal(2, spectrum.GetProperty("drt").GetProperty("peaks").GetArrayLength());
        Assert.Equal(["fits.csv", "p-circuit.svg", "p.csv", "p.json", "p.png", "p.svg"], Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var saved = JsonDocument.Parse(await File.ReadAllTextAsync(At("out/p.json"), TestContext.Current.CancellationToken));
        Assert.Equal(1, saved.RootElement.GetProperty("version").GetInt32());
        Assert.Equal(74, (await File.ReadAllLinesAsync(At("out/p.csv"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task The_table_names_each_parameter_with_its_unit_and_says_what_was_left_out()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("fit", await Sweep("a.csv", 1), "--circuit", TwoArcs, "--range", "10 Hz..1MHz", "--fix", "R0=50", "--interval", "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Contains("range 10 Hz..1 MHz: 50 points; left out: 7 MHz", output, StringComparison.Ordinal);
        Assert.Matches(@"R1 +R +3\.\d+ kΩ +[\d.]+ Ω \([\d.]+ %\) +3\.\d+ kΩ to 3\.\d+ kΩ", output);
        Assert.Matches(@"CPE1_0 +Q +6\.\d+e-11 S s\^α", output);
        Assert.Matches(@"R0 +R +50\.\d+ Ω +fixed", output);
        Assert.Contains("points used: 50 of 73", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selection_takes_the_circuit_of_two_arcs_and_shows_by_how_much_the_others_are_worse()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("fit", await Sweep("a.csv", 1), "--select", $"R0-p(R1,CPE1);{TwoArcs};R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)", "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Contains($"chosen: {TwoArcs};", output, StringComparison.Ordinal);
        Assert.Contains("criterion above the best", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_in_the_order_given_gives_its_table_and_picture()
    {
        string[] files = [await Sweep("c.csv", 1, 16000), await Sweep("a.csv", 2, 15000, begin: 600), await Sweep("b.csv", 3, 14000, begin: 1200)];
        var (exit, output) = await CycleRigProcess.RunAsync(["fit", .. files, "--circuit", TwoArcs, "--series", "--out", At("out")]);
        Assert.True(exit == 0, output);
        var rows = (await File.ReadAllLinesAsync(At("out/series.csv"), TestContext.Current.CancellationToken)).Select(line => line.Split(',')).ToList();
        Assert.Equal(["c", "a", "b"], rows.Skip(1).Select(row => row[1]));
        var column = Array.IndexOf(rows[0], "R2");
        Assert.All(rows.Skip(1).Zip([16000.0, 15000, 14000]), pair => Assert.Equal(pair.Second, double.Parse(pair.First[column], CultureInfo.InvariantCulture), 100.0));
        Assert.True(File.Exists(At("out/series.png")) && File.Exists(At("out/series.svg")));
        Assert.Contains("series of 3 spectra", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drift_is_told_by_name_and_rate_and_needs_times()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("fit", await Sweep("a.csv", 1, drift: -0.1), "--circuit", TwoArcs, "--drift", "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Matches(@"drift: R2 changed by -(9\.\d+|10(\.\d+)?) % over the sweep of 33\.\d s, -\d+ % per hour", output);
        var timeless = At("timeless.csv");
        await File.WriteAllTextAsync(timeless, GarnetSweep.Csv(1, hasTimes: false), TestContext.Current.CancellationToken);
        (exit, output) = await CycleRigProcess.RunAsync("fit", timeless, "--circuit", TwoArcs, "--drift", "--out", At("second"));
        Assert.True(exit == BadData, output);
        Assert.Contains("timeless.csv: timeless: the points have no times", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_among_good_ones_is_told_and_the_others_go_on()
    {
        var wrong = At("wrong.csv");
        await File.WriteAllTextAsync(wrong, "freq,zreal,zimag\n1000,65,-1\n100,what,-2\n", TestContext.Current.CancellationToken);
        var (exit, output) = await CycleRigProcess.RunAsync("fit", await Sweep("a.csv", 1), wrong, At("absent.csv"), await Sweep("b.csv", 2), "--circuit", TwoArcs, "--out", At("out"));
        Assert.True(exit == BadData, output);
        Assert.Contains($"{wrong}:3:", output, StringComparison.Ordinal);
        Assert.Contains("absent.csv:1:1: no such file", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("a: separated text", StringComparison.Ordinal) < output.IndexOf("b: separated text", StringComparison.Ordinal));
        Assert.True(File.Exists(At("out/a.png")) && File.Exists(At("out/b.png")));
        Assert.Equal(3, (await File.ReadAllLinesAsync(At("out/fits.csv"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_one_line_and_writes_nothing()
    {
        var file = await Sweep("a.csv", 1);
        Directory.CreateDirectory(At("full"));
        await File.WriteAllTextAsync(At("full/mine.txt"), "mine", TestContext.Current.CancellationToken);
        foreach (var (expected, arguments) in new (string, string[])[]
        {
            ("--circuit C fits, --select chooses a circuit, --kk checks, --drt gives", ["fit", file]),
            ("column 5: this bracket is not closed", ["fit", file, "--circuit", "R0-p(R1,CPE1"]),
            ("has no parameter `R9`; it has R0, R1", ["fit", file, "--circuit", "R0-p(R1,CPE1)", "--start", "R9=1"]),
            ("the bounds of R1 are 100 and 10", ["fit", file, "--circuit", "R0-p(R1,CPE1)", "--bound", "R1=100..10"]),
            ("write `1kHz..3MHz`", ["fit", file, "--circuit", "R0", "--range", "1 kHz"]),
            ("is a resistance; write a frequency", ["fit", file, "--circuit", "R0", "--range", "1 kΩ.."]),
            ("--select took the file", ["fit", "--select", file]),
            ("is not empty; give another folder with --out, or add --force", ["fit", file, "--circuit", "R0", "--out", At("full")]),
            ("which would be lost; give another folder", ["fit", file, "--circuit", "R0", "--force", "--out", _folder.Path]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(arguments);
            Assert.True(exit == Usage, $"{string.Join(' ', arguments)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }

        Assert.Equal(["a.csv"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        Assert.True(File.Exists(At("full/mine.txt")));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private async Task<string> Sweep(string name, int seed, double ohms = 16000, double drift = 0, double begin = 0)
    {
        await File.WriteAllTextAsync(At(name), GarnetSweep.Csv(seed, ohms, drift, begin), TestContext.Current.CancellationToken);
        return At(name);
    }

    private async Task<string> ProblemP()
    {
        if (SharedData.Find("data/impedance/problem_p.json") is not { } path)
        {
            Assert.Skip("shared/data/impedance/problem_p.json is not beside the project");
            return "";
        }

        using var problem = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        string[] columns = ["freq", "zreal", "zimag"];
        var lines = Enumerable.Range(0, problem.RootElement.GetProperty("freq").GetArrayLength())
            .Select(i => string.Join(',', columns.Select(column => problem.RootElement.GetProperty(column)[i].GetRawText())));
        await File.WriteAllLinesAsync(At("p.csv"), ["frequency_Hz,zre_ohm,zim_ohm", .. lines], TestContext.Current.CancellationToken);
        return At("p.csv");
    }
}
