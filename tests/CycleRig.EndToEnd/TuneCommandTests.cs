using System.Text.Json;
using System.Text.Json.Nodes;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`cyclerig tune`, and `replay --settings` with what it finds, as a user calls them.</summary>
public sealed class TuneCommandTests : IDisposable
{
    private const int Usage = 1;
    private const int BadData = 2;

    private static readonly string Mixed = Path.Combine(SharedData.ProjectRoot(), "examples", "populations", "mixed.yaml");
    private static readonly string[] Tuned = ["wanderKelvins", "driftPerRootHour", "noiseFloor", "creepPerEFold", "constrictionRootSd", "constrictionSd"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Settings_are_searched_on_one_population_and_reported_on_both()
    {
        foreach (var (name, seed) in ((string, string)[])[("train", "3"), ("other", "4")])
            await Simulate(name, seed);
        var (exit, output) = await CycleRigProcess.RunAsync("tune", At("train"), "--held-out", At("other"), "--out", At("s.json"), "--json");
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output); // Nothing else is printed.
        var root = document.RootElement;
        Assert.InRange(root.GetProperty("judged").GetInt32(), 2 * Tuned.Length, 150);
        var training = root.GetProperty("training");
        Assert.True(training.GetProperty("merit_after").GetDouble() >= training.GetProperty("merit_before").GetDouble(), output);

        // The tables are what replay --score says with and without the file.
        foreach (var (population, name) in ((JsonElement, string)[])[(training, "train"), (root.GetProperty("held_out"), "other")])
        {
            var compared = population.GetProperty("groups")[0].GetProperty("detectors");
            Assert.Equal(await Scored(name), Without(compared[0]));
            Assert.Equal(await Scored(name, "--settings", At("s.json")), Without(compared[1]));
        }

        var written = JsonNode.Parse(await File.ReadAllTextAsync(At("s.json"), TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal(1, written["format"]!.GetValue<int>());
        Assert.Equal(0.6, written["falseHaltsPerThousandHours"]!.GetValue<double>());
        Assert.All(Tuned, name => Assert.True(written.ContainsKey(name), name));
    }

    [Fact]
    public async Task Its_text_says_what_was_changed_and_what_that_is_worth()
    {
        await Simulate("train", "5");
        await File.WriteAllTextAsync(At("s.json"), new string(' ', 10_000), TestContext.Current.CancellationToken); // Longer than what is written over it.
        Directory.Delete(At("train/truth/rec_0002"), recursive: true);
        var (exit, output) = await CycleRigProcess.RunAsync("tune", At("train"), "--out", At("s.json"));
        Assert.True(exit == 0, output);
        foreach (var expected in (string[])
        [
            "settings judged on 3 recordings", "wanderKelvins", "training: merit ", "  before ", "  after ", "rec_0002 cannot be scored",
            "No held-out population", "Settings found on a simulator are those of a simulator", $"replay DIR --settings {At("s.json")}",
        ])
            Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", await File.ReadAllTextAsync(At("s.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_population_is_told_and_the_help_says_what_is_better()
    {
        Directory.CreateDirectory(At("p/recordings"));
        Directory.CreateDirectory(At("p/truth"));
        await IsRefused(BadData, $"{At("none/recordings")}: no such folder; a population has recordings/ and truth/", "tune", At("none"), "--out", At("s.json"));
        await IsRefused(BadData, "the held-out population is the one that is trained on", "tune", At("p"), "--held-out", At("p") + "/", "--out", At("s.json"));
        await IsRefused(BadData, $"{At("p")}: no recording with a truth could be read", "tune", At("p"), "--out", At("s.json"));
        Assert.Equal(Usage, (await CycleRigProcess.RunAsync("tune", At("p"))).Exit);
        var (exit, text) = await CycleRigProcess.RunAsync("tune", "--help");
        Assert.Equal(0, exit);
        foreach (var expected in (string[])["less 0.02 for each false halt per 1,000 h", "wanderKelvins 0.005-0.06", "those of a simulator", "--held-out <DIR>"])
            Assert.Contains(expected, text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"format\": 1,\n  \"wanderMillikelvins\": 18}", ":2:3: `wanderMillikelvins` is no setting; write one of falseHaltsPerThousandHours,")]
    [InlineData("{\"format\": 1, \"activationElectronVolts\": 0.4}", ":1:15: `activationElectronVolts` is no setting")]
    [InlineData("{\"format\": 1, \"noiseFloor\": \"0.1 %\"}", ":1:15: `noiseFloor` is \"0.1 %\"; write a number from 1E-06 to 0.1")]
    [InlineData("{\"format\": 1, \"baselineSweeps\": 6.5}", ":1:15: `baselineSweeps` is 6.5; write a whole number from 2 to 1000")]
    [InlineData("{\"format\": 1, \"wanderKelvins\": 18}", ":1:15: `wanderKelvins` is 18; write a number from 1E-05 to 1")]
    [InlineData("{\"format\": 1, \"wanderSeconds\": 9, \"wanderSeconds\": 8}", ":1:35: `wanderSeconds` stands here a second time")]
    [InlineData("{\"wanderSeconds\": 9}", ":1:1: no `format`; write \"format\": 1")]
    [InlineData("{\"format\": 2}", ":1:2: `format` is 2; this program reads 1")]
    [InlineData("{\"format\": 1,}", ":1:14: this is no JSON")]
    [InlineData("[1]", ":1:1: no JSON object")]
    public async Task A_settings_file_that_cannot_be_used_is_told_with_its_place(string text, string expected)
    {
        await File.WriteAllTextAsync(At("s.json"), text, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(At("recordings"));
        await IsRefused(BadData, At("s.json") + expected, "replay", At("recordings"), "--settings", At("s.json"), "--out", At("r.jsonl"));
        Assert.False(File.Exists(At("r.jsonl")));
    }

    private static async Task IsRefused(int code, string expected, params string[] arguments)
    {
        var (exit, output) = await CycleRigProcess.RunAsync(arguments);
        Assert.Equal(code, exit);
        Assert.Contains(expected, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private async Task Simulate(string name, string seed)
    {
        var (exit, output) = await CycleRigProcess.RunAsync("simulate", "--population", Mixed, "--count", "4", "--seed", seed, "--out", At(name));
        Assert.True(exit == 0, output);
    }

    private async Task<string> Scored(string name, params string[] settings)
    {
        var (exit, output) = await CycleRigProcess.RunAsync(
            ["replay", At($"{name}/recordings"), "--out", At("r.jsonl"), "--score", At($"{name}/truth"), "--json", .. settings]);
        Assert.True(exit == 0, output);
        using var document = JsonDocument.Parse(output);
        return Without(document.RootElement.GetProperty("groups")[0].GetProperty("detectors")[0]);
    }

    /// <summary>A row of the table without the name of its detector.</summary>
    private static string Without(JsonElement row)
    {
        var json = JsonNode.Parse(row.GetRawText())!.AsObject();
        json.Remove("detector");
        return json.ToJsonString();
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
