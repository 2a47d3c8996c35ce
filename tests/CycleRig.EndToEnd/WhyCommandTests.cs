using System.Text.Json.Nodes;
using CycleRig.Devices.Simulated.Rigs;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Storage.Journals;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`why` as a user asks after a halt: one of the demo's damaged cells, halted by the real controller, then measured at rest by after-halt.yaml.</summary>
public sealed class WhyCommandTests : IDisposable
{
    private const string Channel = "ch-5";
    private const int Seed = 1;

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "data");

    /// <summary>Where CYCLERIG_PLOTS names a folder, somebody looks at the pictures.</summary>
    private string Pictures => Path.Combine(Environment.GetEnvironmentVariable("CYCLERIG_PLOTS") ?? _folder.Path, "why");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_halt_it_says_and_draws_the_evidence_and_whether_the_damage_stayed()
    {
        var left = await HaltAsync(probed: false);
        var (exit, output) = await CycleRigProcess.RunAsync("why", Channel, "--data", Data, "--out", Pictures);
        Assert.True(exit == 0, output);
        foreach (var expected in (string[])
        [
            "halted by dendrite_onset", "last healthy verdict", "at 30 °C", "σ against", "metal grows in the electrolyte", "for it to be no metal",
            "difference, last healthy minus now", "Kramers-Kronig check", "V/I", "versions: detector filter-1, fit cell-1; fitted anew, R_bulk is the same",
        ])
            Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("after the halt", output, StringComparison.Ordinal);
        Assert.All((string[])["difference.png", "spectra.png", "residuals.png", "r-bulk.png"], name => Assert.True(new FileInfo(Path.Combine(Pictures, name)).Length > 5000, name));

        // Nothing is written over without being asked.
        var (refused, why) = await CycleRigProcess.RunAsync("why", Channel, "--data", Data, "--out", Pictures);
        Assert.Equal(1, refused);
        Assert.Contains("is not empty", why, StringComparison.Ordinal);

        await RestAsync(left);
        var (code, document) = await CycleRigProcess.RunAsync("why", Channel, "--data", Data, "--json", "--out", Pictures, "--force");
        Assert.True(code == 0, document);
        AssertJson(JsonNode.Parse(document)!);
        var words = (await CycleRigProcess.RunAsync("why", Channel, "--data", Data)).Output;
        Assert.Contains("after the halt: confirmed", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sweeps_at_rest_that_a_protocol_asks_for_say_after_an_hour_whether_the_damage_stayed()
    {
        await HaltAsync(probed: true);
        var why = JsonNode.Parse((await CycleRigProcess.RunAsync("why", Channel, "--data", Data, "--json")).Output)!;
        Assert.Equal(["dendrite_onset"], why["halted_by"]!.AsArray().Select(halt => (string?)halt!["reason"]));
        Assert.Equal("confirmed", (string?)why["evidence"]!["after_halt"]!["verdict"]);
        var minutes = why["evidence"]!["after_halt"]!["spectra"]!.AsArray().Select(spectrum => (double)spectrum!["minutes"]!).ToList();
        Assert.Equal(3, minutes.Count);
        Assert.All(minutes.Zip([1.0, 10, 60]), pair => Assert.InRange(pair.First - pair.Second, 0, 1));
        using var reader = JournalReader.Open(Data);
        var run = reader.Runs().Single().Run;
        var halted = reader.OfRun(run, RecordKind.Decision).First(row => (string?)row.Record.DecodeJson()["state"] == "halted").Record.TimeSeconds;
        // A second after the halt no more than the sine of the sweeps flows: 0.05 mA/cm² on 3.14 mm².
        Assert.All(reader.Samples(run).Where(sample => sample.TimeSeconds > halted + 1), sample => Assert.InRange(Math.Abs(sample.CurrentAmperes), 0, 1.7e-6));
    }

    [Fact]
    public async Task What_cannot_be_explained_is_one_line_and_leaves_nothing()
    {
        using (var journal = Journal.Open(Data))
        {
            var run = Guid.CreateVersion7();
            journal.Append(JournalRecord.RunStarted(Channel, run, 0, DateTimeOffset.UnixEpoch, "cell-5", new JsonObject { ["area_cm2"] = 0.0314 }));
            journal.Flush();
        }

        var none = Path.Combine(_folder.Path, "none");
        foreach (var (code, expected, command) in new (int, string, string[])[]
        {
            (4, "the journal has no run of a channel `ch-9`", ["why", "ch-9", "--data", Data, "--out", none]),
            (2, "nothing was drawn: no spectrum of ch-5 was judged", ["why", Channel, "--data", Data, "--out", none]),
            (0, "no spectrum was judged in this run", ["why", Channel, "--data", Data]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(command);
            Assert.True(exit == code, output);
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
            Assert.False(Directory.Exists(none));
        }
    }

    private static void AssertJson(JsonNode why)
    {
        var evidence = why["evidence"]!;
        Assert.Equal("halt", evidence["judged"]!["level"]!.GetValue<string>());
        Assert.True((double)evidence["judged"]!["statistic"]! > (double)evidence["judged"]!["threshold"]!);
        Assert.True((double)evidence["judged"]!["r_bulk_30c_ohm"]! < (double)evidence["last_healthy"]!["r_bulk_30c_ohm"]!);
        foreach (var spectrum in (JsonNode[])[evidence["judged"]!["spectrum"]!, evidence["last_healthy"]!["spectrum"]!])
        {
            Assert.True(spectrum["fit_valid"]!.GetValue<bool>());
            // 0.2 % of noise and no more than the circuit allows for.
            Assert.InRange((double)spectrum["residual"]!, 0.0002, 0.01);
            Assert.Equal(spectrum["frequency_hz"]!.AsArray().Count, spectrum["residual_re"]!.AsArray().Count);
        }

        Assert.NotEmpty(evidence["difference"]!["zre_ohm"]!.AsArray());
        Assert.Equal("confirmed", evidence["after_halt"]!["verdict"]!.GetValue<string>());
        Assert.Equal(3, evidence["after_halt"]!["spectra"]!.AsArray().Count);
        Assert.Equal(4, why["drawn"]!.AsArray().Count);
    }

    /// <summary>Plates until the halt, with the journal that a host would keep.</summary>
    /// <param name="probed">Whether sweeps at rest follow the halt, as the example asks.</param>
    private async Task<RigSnapshot> HaltAsync(bool probed)
    {
        using var journal = Journal.Open(Data);
        var outcome = await RunAsync(journal, "plating.yaml", null, probed);
        Assert.Equal(["dendrite_onset"], outcome.View.Channels[0].Reasons);
        return outcome.Simulated.Snapshot();
    }

    /// <summary>After the acknowledge, a run at rest. A simulated clock begins at the same instant each time: here the second run begins when the first had ended.</summary>
    private async Task RestAsync(RigSnapshot left)
    {
        var own = Path.Combine(_folder.Path, "rest");
        using (var journal = Journal.Open(own))
            await RunAsync(journal, Path.Combine("protocols", "after-halt.yaml"), left);
        using var reader = JournalReader.Open(own);
        using var both = Journal.Open(Data);
        var run = Guid.CreateVersion7();
        foreach (var row in reader.ReadFrom(0, 100_000).Where(row => row.Record.Run is not null))
            both.Append(row.Record with { Run = run, Utc = row.Record.Utc + TimeSpan.FromHours(2) });
        both.Flush();
    }

    private static Task<SimulatedOutcome> RunAsync(Journal journal, string file, RigSnapshot? left, bool probed = false)
    {
        var examples = Path.Combine(SharedData.ProjectRoot(), "examples");
        var whole = RigFile.Read(Path.Combine(examples, "demo-rig.yaml"));
        var rig = whole with { Channels = [.. whole.Channels.Where(channel => channel.Name == Channel)] };
        var protocol = ProtocolFile.Read(Path.Combine(examples, file));
        return new SimulatedRun(rig, probed ? protocol : protocol with { Safety = protocol.Safety with { AfterHalt = null } }, Seed, goesOn: left).RunAsync(journal, null, TestContext.Current.CancellationToken);
    }
}
