using System.Text.Json;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`cyclerig replay --score` as a user calls it.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const int Usage = 1;
    private const int BadData = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>1 mA/cm² from 0 s on; the voltage is gone at 3,000 s: 3,000 s without danger, and the guard's rule takes two samples, 3,000 s and 3,001 s.</summary>
    [Fact]
    public async Task A_sudden_short_and_a_sound_cell_are_scored_as_they_were_made()
    {
        Record("short", shortSeconds: 3000);
        Record("sound", shortSeconds: null);
        Truth("short", """{"class": "sudden-short", "onset_time_s": null, "short_time_s": 3000, "temperature_wander_K": 0.01, "temperature_wander_s": 300}""");
        Truth("sound", """{"class": "contact", "onset_time_s": null, "short_time_s": null, "temperature_wander_K": 0.01, "temperature_wander_s": 300}""");
        var (exit, output) = await CycleRigProcess.RunAsync("replay", At("recordings"), "--out", At("r.jsonl"), "--score", At("truth"), "--json");
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output); // Nothing else is printed.
        var root = document.RootElement;
        Assert.Equal((2, 2, 0), (root.GetProperty("read").GetInt32(), root.GetProperty("scored").GetInt32(), root.GetProperty("wander_assumed").GetInt32()));
        var all = root.GetProperty("groups")[0];
        Assert.Equal((3000 + 3599) / 3600.0, all.GetProperty("hours").GetDouble(), 1e-3);
        Assert.Equal((0, 1), (all.GetProperty("foreseeable").GetInt32(), all.GetProperty("sudden").GetInt32()));
        var detectors = all.GetProperty("detectors").EnumerateArray().ToDictionary(one => one.GetProperty("detector").GetString()!);
        Assert.Equal(["cyclerig", "voltage 30 %", "R_bulk 5 %", "valley CUSUM", "ideal"], detectors.Keys);
        Assert.Equal([1, 1, 0, 1, 1], detectors.Values.Select(one => one.GetProperty("sudden_in_time").GetInt32()));
        Assert.Equal([0, 0, 1, 0, 0], detectors.Values.Select(one => one.GetProperty("silent").GetInt32()));
        Assert.All(detectors.Values, one => Assert.Equal(0, one.GetProperty("false_halts").GetProperty("count").GetInt32()));
        // 3.689 expected events at most, Poisson, 95 %.
        Assert.Equal(3.689 * 1000 / ((3000 + 3599) / 3600.0), detectors["cyclerig"].GetProperty("false_halts").GetProperty("high_95").GetDouble(), 1.0);
        Assert.Contains("\"time_s\":3001", await File.ReadAllTextAsync(At("r.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_population_is_scored_and_what_is_written_is_the_same_as_without()
    {
        var mixed = Path.Combine(SharedData.ProjectRoot(), "examples", "populations", "mixed.yaml");
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "--population", mixed, "--count", "4", "--seed", "7", "--out", At("p"));
        Assert.True(exit == 0, output);
        (exit, output) = await CycleRigProcess.RunAsync("replay", At("p/recordings"), "--out", At("scored.jsonl"), "--score", At("p/truth"));
        Assert.True(exit == 0, output);
        Assert.Contains("4 scored, 0 without a truth", output, StringComparison.Ordinal);
        Assert.DoesNotContain("assumed", output, StringComparison.Ordinal);
        foreach (var expected in (string[])["all: 4 recordings", "by class", "by current density", "by diameter", "  cyclerig ", "  voltage 30 % ", "  R_bulk 5 % ", "  valley CUSUM ", "  ideal "])
            Assert.Contains(expected, output, StringComparison.Ordinal);
        (exit, output) = await CycleRigProcess.RunAsync("replay", At("p/recordings"), "--out", At("plain.jsonl"));
        Assert.True(exit == 0, output);
        Assert.Equal(await File.ReadAllTextAsync(At("plain.jsonl"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(At("scored.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_recording_without_a_truth_is_told_and_the_others_are_scored()
    {
        Record("a", shortSeconds: null);
        Record("b", shortSeconds: null);
        Record("c", shortSeconds: null);
        Truth("a", """{"class": "contact"}""");
        Truth("c", """{"class": "contact", "short_time_s": "later"}""");
        var (exit, output) = await CycleRigProcess.RunAsync("replay", At("recordings"), "--out", At("r.jsonl"), "--score", At("truth"));
        Assert.True(exit == 0, output);
        Assert.Contains($"{At("truth/b/truth.json")}: no such file", output, StringComparison.Ordinal);
        Assert.Contains($"{At("truth/c/truth.json")}: `short_time_s` is \"later\"; write a number or null", output, StringComparison.Ordinal);
        Assert.Contains("3 of 3 recordings replayed", output, StringComparison.Ordinal);
        Assert.Contains("1 scored, 2 without a truth that can be read", output, StringComparison.Ordinal);
        Assert.Contains("15 mK over 500 s are assumed", output, StringComparison.Ordinal);
        Directory.Delete(At("truth/a"), recursive: true);
        (exit, output) = await CycleRigProcess.RunAsync("replay", At("recordings"), "--out", At("r.jsonl"), "--score", At("truth"));
        Assert.Equal(BadData, exit);
        Assert.Contains("no recording could be scored", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_scored_is_told_before_anything_is_replayed()
    {
        Record("a", shortSeconds: null);
        foreach (var (code, expected, arguments) in new (int, string, string[])[]
        {
            (Usage, "--json prints scores; give --score TRUTH_DIR as well", ["--json"]),
            (BadData, $"{At("none")}: no such folder; give the folder with the truth", ["--score", At("none")]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["replay", At("recordings"), "--out", At("r.jsonl"), .. arguments]);
            Assert.Equal(code, exit);
            Assert.Contains(expected, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
            Assert.False(File.Exists(At("r.jsonl")));
        }

        var (help, text) = await CycleRigProcess.RunAsync("replay", "--help");
        Assert.Equal(0, help);
        Assert.Contains("--score <TRUTH_DIR>", text, StringComparison.Ordinal);
    }

    private void Record(string name, double? shortSeconds)
    {
        const double amperes = -1e-3 * RecordingBuilder.AreaSquareCentimetres;
        new RecordingBuilder(seed: 1).Hold(3600, _ => amperes, t => t >= shortSeconds ? -0.001 : -0.3).Write(At($"recordings/{name}"));
    }

    private void Truth(string name, string text)
    {
        Directory.CreateDirectory(At($"truth/{name}"));
        File.WriteAllText(At($"truth/{name}/truth.json"), text);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
