using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Files;
using CycleRig.Host.Demo;
using CycleRig.Impedance.Files;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using CycleRig.Testing;
using Parquet;
using Xunit;

namespace CycleRig.EndToEnd;

/// <summary>`export` as a user calls it: runs of two cells of the demo, by the real controller, and one that goes on.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private const int Usage = 1;
    private const int BadData = 2;
    private const int Seed = 1;

    private readonly TemporaryFolder _folder = new();

    private string Data => At("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_comes_out_in_every_format_with_what_the_journal_has()
    {
        await RunTwoCellsAsync();
        using var reader = JournalReader.Open(Data);
        var run = reader.Runs().Single(known => known.Cell == "cell-5");
        List<Sample> samples = [.. reader.Samples(run.Run)];
        List<Spectrum> spectra = [.. reader.Spectra(run.Run)];
        foreach (var (format, output) in new[] { ("recording", "recording"), ("bdf-csv", "b/a.bdf.csv"), ("bdf-parquet", "b/a.bdf.parquet"), ("mpt", "b/a.mpt"), ("z", "z") })
        {
            var (exit, text) = await CycleRigProcess.RunAsync("export", "cell-5", "--format", format, "--out", At(output), "--data", Data);
            Assert.True(exit == 0, text);
            Assert.Contains($"{spectra.Count} spectra", text, StringComparison.Ordinal);
            Assert.DoesNotContain("left out", text, StringComparison.Ordinal);
        }

        var recording = RecordingReader.Read(At("recording"));
        Assert.Equal((samples.Count, spectra.Count), (recording.Samples.Count, recording.Spectra.Count));
        Assert.Equal("dendrite_onset", recording.Halt!.Reason);
        var events = await File.ReadAllLinesAsync(At("recording/events.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal("run_started", JsonNode.Parse(events[0])!["kind"]!.ToString());

        CompareCsv(samples);
        await CompareParquetAsync(samples);
        Assert.Equal(samples.Count, File.ReadLines(At("b/a.mpt")).SkipWhile(line => !line.StartsWith("mode\t", StringComparison.Ordinal)).Skip(1).Count());
        List<ImportedSpectrum> imported = [.. SpectrumFile.Read(At("b/a_PEIS.mpt")), .. SpectrumFile.Read(At("b/a_GEIS.mpt"))];
        Assert.Equal(spectra.Select(spectrum => spectrum.Points.Length), imported.Select(spectrum => spectrum.Data.Count));
        string[] files = [.. Directory.GetFiles(At("z"), "*.z").Order(StringComparer.Ordinal)];
        Assert.Equal(spectra.Count, files.Length);
        foreach (var (spectrum, file) in spectra.Zip(files))
        {
            var data = Assert.Single(SpectrumFile.Read(file)).Data;
            Assert.Equal(spectrum.Points.Select(point => (point.FrequencyHz, point.RealOhms, point.ImaginaryOhms)), data.FrequenciesHz.Zip(data.RealOhms, data.ImaginaryOhms));
        }

        var metadata = JsonNode.Parse(await File.ReadAllTextAsync(At("b/a.bdf-csv.export.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("demo", "plating"), (metadata["operator"]!.ToString(), metadata["facts"]!["protocol"]!["name"]!.ToString()));
        Assert.All(metadata["files"]!.AsArray(), file => Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At($"b/{file!["name"]}")))), file["sha256"]!.ToString()));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_one_line_and_leaves_nothing()
    {
        using (var journal = Journal.Open(Data))
        {
            foreach (var n in (int[])[1, 2])
                journal.Append(JournalRecord.RunStarted("ch-1", Guid.CreateVersion7(), 0, DateTimeOffset.UnixEpoch, $"cell-{n}", new JsonObject { ["area_cm2"] = 0.0314 }));
            journal.Flush();
        }

        await File.WriteAllTextAsync(At("file"), "", TestContext.Current.CancellationToken);
        foreach (var (code, expected, arguments) in new (int, string, string[])[]
        {
            (BadData, "the journal has no run `cell-9`; give one of", ["cell-9", "--format", "mpt", "--out", At("none")]),
            (BadData, "`ch-1` means 2 runs; give the id of one:", ["ch-1", "--format", "mpt", "--out", At("none")]),
            (BadData, "has no spectra", ["cell-1", "--format", "z", "--out", At("none")]),
            (Usage, "is not empty; give another folder", ["cell-1", "--format", "recording", "--out", Data]),
            (Usage, "is a file; give a folder", ["cell-1", "--format", "bdf-csv", "--out", At("file")]),
            (5, "holds no journal", ["cell-1", "--format", "bdf-csv", "--out", At("none"), "--data", At("nothing")]),
        })
        {
            var (exit, output) = await CycleRigProcess.RunAsync(["export", .. arguments, .. arguments.Contains("--data") ? [] : (string[])["--data", Data]]);
            Assert.True(exit == code, $"{string.Join(' ', arguments)}: exit code {exit}, {output}");
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.False(Directory.Exists(At("none")));
        }
    }

    [Fact]
    public async Task An_open_run_is_exported_while_its_host_goes_on()
    {
        using var rig = new LiveRig();
        using var host = await rig.ServeAsync();
        await rig.PlateAsync();
        // Samples reach the journal in batches.
        var rows = 0;
        await LiveRig.Until(
            async () =>
            {
                var (exit, output) = await CycleRigProcess.RunAsync("export", "ch-1", "--format", "bdf-csv", "--out", At("open.bdf.csv"), "--force", "--data", rig.Data);
                Assert.True(exit == 0, output);
                rows = (await File.ReadAllLinesAsync(At("open.bdf.csv"), TestContext.Current.CancellationToken)).Length - 1;
                return rows > 0;
            },
            "samples of the running host");
        Assert.Equal(rows, JsonNode.Parse(await File.ReadAllTextAsync(At("open.bdf-csv.export.json"), TestContext.Current.CancellationToken))!["samples"]!.GetValue<int>());
        host.Terminate();
    }

    private void CompareCsv(List<Sample> samples)
    {
        var lines = File.ReadAllLines(At("b/a.bdf.csv"));
        string[] names = lines[0].Split(',');
        Assert.Equal(samples.Count, lines.Length - 1);
        var before = double.NegativeInfinity;
        foreach (var (sample, line) in samples.Zip(lines.Skip(1)))
        {
            var cells = line.Split(',');
            double Of(string name) => double.Parse(cells[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
            Assert.Equal((sample.Volts, sample.CurrentAmperes, sample.TemperatureCelsius), (Of("Voltage / V"), Of("Current / A"), Of("Surface Temperature / degC")));
            Assert.Equal(sample.ChargeCoulombs / 3600, Of("Net Capacity / Ah"), 1e-18);
            Assert.True(Of("Test Time / s") > before);
            before = Of("Test Time / s");
        }

        // The protocol of the demo: settle, rest, PEIS, plate; then halted.
        var types = lines.Skip(1).Select(line => line.Split(',')[Array.IndexOf(names, "Step Type")]).ToList();
        Assert.Equal(["REST", "OCV", "EIS", "CC_DCH", "REST"], types.Where((type, i) => i == 0 || types[i - 1] != type));
    }

    private async Task CompareParquetAsync(List<Sample> samples)
    {
        await using var file = await ParquetReader.CreateAsync(At("b/a.bdf.parquet"), cancellationToken: TestContext.Current.CancellationToken);
        var values = new List<double?>();
        foreach (var group in file.RowGroups)
        {
            var part = new double?[group.RowCount];
            await group.ReadAsync<double>(file.Schema.DataFields.Single(field => field.Name == "Voltage / V"), part.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            values.AddRange(part);
        }

        Assert.Equal(samples.Select(sample => (double?)sample.Volts), values);
    }

    private async Task RunTwoCellsAsync()
    {
        using var journal = Journal.Open(Data);
        var examples = Path.Combine(SharedData.ProjectRoot(), "examples");
        var whole = RigFile.Read(Path.Combine(examples, "demo-rig.yaml"));
        var rig = whole with { Channels = [.. whole.Channels.Where(channel => channel.Name is "ch-1" or "ch-5")] };
        var protocol = ProtocolFile.Read(Path.Combine(examples, "plating.yaml"));
        await new SimulatedRun(rig, protocol, Seed).RunAsync(journal, null, TestContext.Current.CancellationToken);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);
}
