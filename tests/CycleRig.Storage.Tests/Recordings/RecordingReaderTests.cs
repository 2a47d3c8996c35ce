using System.Text.Json.Nodes;
using CycleRig.Core.Evidence;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using Xunit;

namespace CycleRig.Storage.Tests.Recordings;

public sealed class RecordingReaderTests
{
    private const string Cell = """{"id":"a","area_cm2":0.0314,"thickness_mm":1.2,"sign_convention":"positive current SIGN"}""";
    private const string Oxidation = "is oxidation at the working electrode";

    [Fact]
    public void A_run_of_the_journal_is_read_back_from_its_recording()
    {
        using var folder = new TemporaryFolder();
        var run = new Guid("01930000-0000-7000-8000-000000000001");
        Sample[] samples = [new(100.5, -1.5e-5, -0.1, 30.01, 5, -3.6e-4), new(101.5, -1.5e-5, -0.11, 30.02, 4.99, -7.2e-4)];
        var spectrum = new Spectrum(0, 110, [new(7e6, 100, -12.5, 110.125, -1e-5, 30, 5), new(1e6, 200, -1e-7, 110.25, -1e-5, 30, 5)]);
        using (var journal = Journal.Open(Path.Combine(folder.Path, "data")))
        {
            var facts = (JsonObject)JsonNode.Parse(Cell)!;
            journal.Append(JournalRecord.RunStarted("ch-1", run, 100, DateTimeOffset.UnixEpoch, "cell-1", facts));
            journal.Append(JournalRecord.Samples("ch-1", run, DateTimeOffset.UnixEpoch, samples));
            journal.Append(JournalRecord.OfSpectrum("ch-1", run, DateTimeOffset.UnixEpoch, spectrum));
            journal.Append(JournalRecord.RunEnded("ch-1", run, 120, DateTimeOffset.UnixEpoch, "completed"));
            journal.Flush();
            RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "one"));
            RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "two"));
            Assert.Throws<RecordingException>(() => RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "one")));
        }

        var recording = RecordingReader.Read(Path.Combine(folder.Path, "one"));
        foreach (var (written, read) in samples.Zip(recording.Samples))
        {
            Assert.Equal(written with { TimeSeconds = written.TimeSeconds - 100, ChargeCoulombs = 0 }, read with { ChargeCoulombs = 0 });
            Assert.Equal(written.ChargeCoulombs, read.ChargeCoulombs, 1.8e-7); // Half of the format's 1e-10 Ah.
        }

        Assert.Equal(2, recording.Samples.Count);
        Assert.Equal(
            spectrum.Points.Select(point => point with { TimeSeconds = point.TimeSeconds - 100 }), Assert.Single(recording.Spectra).Points);
        Assert.Equal(0.0314, recording.Cell.AreaSquareCentimetres);
        foreach (var file in (string[])["cell.json", "samples.csv", "spectra.csv", "events.jsonl"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "one", file)), File.ReadAllBytes(Path.Combine(folder.Path, "two", file)));
    }

    /// <summary>As the controller writes a decision; the first halt counts, and lines that are none are passed over.</summary>
    [Fact]
    public void The_first_halt_of_the_events_is_read()
    {
        using var folder = Write(Cell, "time_s,voltage_V,current_A\n1,0.1,1e-5\n");
        Assert.Null(RecordingReader.Read(folder.Path).Halt);
        File.WriteAllLines(Path.Combine(folder.Path, "events.jsonl"),
        [
            """{"time_s":1,"state":"running","commands":[]}""", "no line with \"halted\" in it",
            """{"time_s":7.5,"state":"halted","commands":[{"type":"turn_off"},{"type":"raise_alarm","reason":"dendrite_onset","text":"0.5 % lost"}]}""",
            """{"time_s":9,"state":"halted","commands":[]}""",
        ]);
        Assert.Equal(new RecordedHalt(7.5, "dendrite_onset", "0.5 % lost"), RecordingReader.Read(folder.Path).Halt);
    }

    [Theory]
    [InlineData(Oxidation, 1)]
    [InlineData("plates metal on the working electrode", -1)]
    public void Current_is_oxidation_positive_whatever_the_file_says(string convention, double sign)
    {
        using var folder = Write(Cell.Replace("SIGN", convention, StringComparison.Ordinal), "time_s,voltage_V,current_A,charge_Ah\n1,0.1,1e-5,1e-6\n");
        var sample = Assert.Single(RecordingReader.Read(folder.Path).Samples);
        Assert.Equal(sign * 1e-5, sample.CurrentAmperes);
        Assert.Equal(sign * 3.6e-3, sample.ChargeCoulombs, 1e-12);
        Assert.Equal(sign * 0.1, sample.Volts);
        Assert.True(double.IsNaN(sample.TemperatureCelsius));
    }

    [Theory]
    [InlineData("{", "time_s,current_A,voltage_V\n1,0,0\n", "cell.json")]
    [InlineData("[]", "time_s,current_A,voltage_V\n1,0,0\n", "cell.json:1")]
    [InlineData("""{"area_cm2":-1,"thickness_mm":1}""", "", "area_cm2")]
    [InlineData("""{"area_cm2":"x","thickness_mm":1}""", "", "area_cm2")]
    [InlineData(null, "", "samples.csv:1")]
    [InlineData(null, "time_s,current_A\n1,0\n", "samples.csv:1:1: no column `voltage_V`")]
    [InlineData(null, "time_s,current_A,voltage_V\n1,0,0\n1,\0,2\n", "samples.csv:3")]
    public void An_unreadable_folder_is_one_error_with_the_place(string? cell, string samples, string expected)
    {
        using var folder = Write(cell ?? Cell.Replace("SIGN", Oxidation, StringComparison.Ordinal), samples);
        Assert.Contains(expected, Assert.Throws<RecordingException>(() => RecordingReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Write(string cell, string samples)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cell.json"), cell);
        File.WriteAllText(Path.Combine(folder.Path, "samples.csv"), samples);
        return folder;
    }
}
