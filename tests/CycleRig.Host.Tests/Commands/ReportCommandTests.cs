using System.Text.Json.Nodes;
using CycleRig.Host.Commands;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Host.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private const double Ohms = 440;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recording_is_evaluated_by_the_protocol_that_it_names()
    {
        Shorted(1, "post-mortem").Write(At("wire"));
        Assert.Equal(0, await Run("report", At("wire"), "--out", At("out")));
        Assert.Equal(["post-mortem.png", "report.json"], Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var rows = JsonNode.Parse(await File.ReadAllTextAsync(At("out/report.json"), TestContext.Current.CancellationToken))!["reports"]![0]!["rows"]!.AsArray();
        Assert.Equal(Ohms, rows.Single(row => row!["name"]!.GetValue<string>() == "resistance")!["value"]!.GetValue<double>(), 1.0);
    }

    [Fact]
    public async Task A_folder_gives_a_report_for_each_recording_and_leaves_out_what_it_cannot_read()
    {
        Shorted(1, "post-mortem").Write(At("all/one"));
        Shorted(2, "post-mortem").Write(At("all/two"));
        Directory.CreateDirectory(At("all/three"));
        Assert.Equal(0, await Run("report", At("all"), "--out", At("out")));
        Assert.Equal(["post-mortem-one.png", "post-mortem-two.png", "report.json"], Directory.GetFiles(At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>demo and simulate write recordings beside truth and plots: either folder may be named.</summary>
    [Fact]
    public async Task The_output_of_a_simulation_is_a_folder_of_its_recordings()
    {
        Shorted(1, "post-mortem").Write(At("demo/recordings/cell-1"));
        Directory.CreateDirectory(At("demo/truth/cell-1"));
        Assert.Equal(0, await Run("report", At("demo"), "--out", At("one")));
        Assert.Equal(0, await Run("report", At("demo/recordings"), "--out", At("two")));
        Assert.Equal(await File.ReadAllTextAsync(At("two/report.json"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(At("one/report.json"), TestContext.Current.CancellationToken));
    }

    /// <summary>The halted run and the one after it are of different protocols, and make one verdict.</summary>
    [Fact]
    public async Task Spectra_after_a_halt_find_the_halted_run_of_their_cell()
    {
        const double amperes = 15.7e-6;
        var halted = new RecordingBuilder(1).Named("plating").Rest(30).Sweep(RecordingBuilder.Symmetric(2460, 16_000)).Rest(10);
        for (var k = 0; k < 3; k++)
            halted.Hold(40, _ => -amperes, _ => -0.3).Sweep(RecordingBuilder.Symmetric(2460 * (1 - (0.02 * k)), 16_000), -amperes);
        halted.Hold(10, _ => -amperes, _ => -0.3).Halted("dendrite_onset").Write(At("all/halted"));
        var after = new RecordingBuilder(2).Named("after-halt");
        foreach (var seconds in (double[])[60, 540, 3000])
            after.Rest(seconds).Sweep(RecordingBuilder.Symmetric(2460 * 0.96, 16_000));
        after.Write(At("all/rested"));
        Assert.Equal(0, await Run("report", At("all"), "--out", At("out")));
        var reports = JsonNode.Parse(await File.ReadAllTextAsync(At("out/report.json"), TestContext.Current.CancellationToken))!["reports"]!.AsArray();
        var verdict = reports.Single(report => report!["protocol"]!.GetValue<string>() == "after-halt")!["rows"]![0]!["verdict"]!.GetValue<string>();
        Assert.StartsWith("confirmed", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_evaluated_has_its_exit_code_and_writes_nothing()
    {
        Shorted(1, "post-mortem").Write(At("wire"));
        Shorted(1, "somebodys-own").Write(At("own"));
        new RecordingBuilder(1).Rest(20).Write(At("nameless"));
        Assert.Equal(1, await Run("report", At("wire"), "--protocol", "no-such", "--out", At("out")));
        Assert.Equal(2, await Run("report", At("absent"), "--out", At("out")));
        Assert.Equal(2, await Run("report", At("own"), "--out", At("out")));
        Assert.Equal(2, await Run("report", At("nameless"), "--out", At("out")));
        Assert.Equal(2, await Run("report", At("wire"), "--protocol", "arrhenius", "--out", At("out")));
        Assert.False(Directory.Exists(At("out")));
        Assert.Equal(0, await Run("report", At("own"), "--protocol", "post-mortem", "--out", At("out")));
        Assert.Equal(1, await Run("report", At("own"), "--protocol", "post-mortem", "--out", At("out")));
        Assert.Equal(0, await Run("report", At("own"), "--protocol", "post-mortem", "--out", At("out"), "--force"));
    }

    private static RecordingBuilder Shorted(int seed, string protocol)
    {
        var cell = new RecordingBuilder(seed) { CurrentNoise = 5e-8 }.Named(protocol).Rest(30);
        foreach (var millivolts in (double[])[1, 3, 6, 10, 6, 3, 1, -1, -3, -6, -10, -6, -3, -1])
            cell.Hold(10, _ => millivolts * 1e-3 / Ohms, _ => millivolts * 1e-3);
        return cell.Rest(10);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static Task<int> Run(params string[] arguments) => CommandTree.Build().Parse(arguments).InvokeAsync(new() { Error = TextWriter.Null, Output = TextWriter.Null });
}
