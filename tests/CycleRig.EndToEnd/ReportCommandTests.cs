using System.Text.Json.Nodes;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>Protocols and reports as a user calls them.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private const int BadData = 2;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_protocols_are_listed_for_people_and_for_programs()
    {
        var (exit, output) = await CycleRigProcess.RunAsync("protocols");
        Assert.True(exit == 0, output);
        Assert.Contains("critical-current-density, about 11 h", output, StringComparison.Ordinal);
        (exit, output) = await CycleRigProcess.RunAsync("protocols", "--json");
        Assert.True(exit == 0, output);
        Assert.All(JsonNode.Parse(output)!.AsArray(), protocol => Assert.True(File.Exists(Path.Combine(SharedData.ProjectRoot(), protocol!["file"]!.GetValue<string>()))));
    }

    [Fact]
    public async Task A_report_is_a_table_and_what_is_missing_is_one_line()
    {
        var cell = new RecordingBuilder(1) { CurrentNoise = 5e-8 }.Named("post-mortem").Rest(30);
        foreach (var millivolts in (double[])[1, 3, 6, 10, -1, -3, -6, -10])
            cell.Hold(10, _ => millivolts * 1e-3 / 440, _ => millivolts * 1e-3);
        cell.Rest(10).Write(At("wire"));
        var (exit, output) = await CycleRigProcess.RunAsync("report", At("wire"), "--out", At("out"));
        Assert.True(exit == 0, output);
        Assert.Matches(@"resistance +4(39|40)\.?\d* Ω +4\d+\.?\d* to 44\d", output);
        Assert.Matches(@"equal Li wire +0\.5\d+ µm", output);

        new RecordingBuilder(1).Rest(20).Write(At("nameless"));
        foreach (var (expected, arguments) in new (string, string[])[]
        {
            ("nameless: cell.json names no protocol; with --protocol give one of plating, plate-and-stop,", ["report", At("nameless")]),
            ("no spectra; run examples/protocols/arrhenius.yaml", ["report", At("wire"), "--protocol", "arrhenius"]),
            ("no such folder, and no id of a run", ["report", At("absent")]),
        })
        {
            (exit, output) = await CycleRigProcess.RunAsync(arguments);
            Assert.True(exit == BadData, $"{string.Join(' ', arguments)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task A_run_of_the_journal_is_evaluated_with_and_without_a_running_host()
    {
        using var rig = new LiveRig();
        string run;
        using (var host = await rig.ServeAsync())
        {
            await rig.PlateAsync();
            run = (await rig.ChannelAsync())["run"]!.GetValue<string>();
            // Samples reach the journal in batches: the charge of the first ones is there soon.
            await LiveRig.Until(async () => await Charge(rig, run) is > 0, "a charge from the running host's journal");
            host.Terminate();
        }

        Assert.InRange(await Charge(rig, run) ?? double.NaN, 0.1, 100);
        var (exit, output) = await CycleRigProcess.RunAsync("report", Guid.NewGuid().ToString(), "--data", rig.Data);
        Assert.True(exit == BadData, output);
        Assert.Contains("has no run", output, StringComparison.Ordinal);
        // The run names a protocol that has no analysis: without --protocol that is said.
        (exit, output) = await CycleRigProcess.RunAsync("report", run, "--data", rig.Data);
        Assert.True(exit == BadData, output);
        Assert.Contains("there is no analysis of the protocol `quick`", output, StringComparison.Ordinal);
    }

    /// <summary>µAh/cm², or null while there is nothing to evaluate.</summary>
    private async Task<double?> Charge(LiveRig rig, string run)
    {
        var (exit, output) = await CycleRigProcess.RunAsync("report", run, "--data", rig.Data, "--protocol", "plate-and-stop", "--out", At("out"), "--force", "--json");
        return exit == 0 ? JsonNode.Parse(output)!["reports"]![0]!["rows"]![0]!["value"]!.GetValue<double>() : null;
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
