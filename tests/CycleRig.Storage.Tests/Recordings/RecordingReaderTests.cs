using CycleRig.Core.Evidence;
using CycleRig.Core.Quantities;
using CycleRig.Storage.Journals;
using CycleRig.Storage.Recordings;
using Xunit;

namespace CycleRig.Storage.Tests.Recordings;

public sealed class RecordingReaderTests
{
    private const string Cell = """{"id":"a","area_cm2":0.0314,"thickness_mm":1.2,"sign_convention":"positive current SIGN"}""";

    private static readonly CellFacts Facts = new(
        "cell-1", "LLZTO", "Li", "Li", new(3e-6), new(0.0012), new(0.002), new(303.15), new(5e6), new(0.39), TimeSpan.FromSeconds(1),
        new(new(7e6), new(0.5), 10, 71, new(0.5), "peak", TimeSpan.FromSeconds(120), 3, TimeSpan.FromSeconds(0.1), "descending", null),
        "chamber-1", null, [new(TimeSpan.FromHours(2), new(-5), StepKind.Plate), new(null, default, StepKind.Rest)], new CurrentDensity(5));

    [Fact]
    public void A_run_of_the_journal_is_read_back_from_its_recording()
    {
        using var folder = new TemporaryFolder();
        var run = new Guid("01930000-0000-7000-8000-000000000001");
        Sample[] samples = [new(0.5, -1.5e-5, -0.1, 30.01, 5, -3.6e-4), new(1.5, -1.5e-5, -0.11, 30.02, 4.99, -7.2e-4)];
        var spectrum = new Spectrum(3, 10, [new(7e6, 100, -12.5, 10.1, -1e-5, 30, 5), new(1e6, 200, -1e-7, 10.2, -1e-5, 30, 5)]);
        using (var journal = Journal.Open(Path.Combine(folder.Path, "data")))
        {
            journal.Append(JournalRecord.RunStarted("ch-1", run, DateTimeOffset.UnixEpoch, "cell-1", CellFactsJson.Write(Facts)));
            journal.Append(JournalRecord.Samples("ch-1", run, DateTimeOffset.UnixEpoch, samples));
            journal.Append(JournalRecord.OfSpectrum("ch-1", run, DateTimeOffset.UnixEpoch, spectrum));
            journal.Append(JournalRecord.RunEnded("ch-1", run, 20, DateTimeOffset.UnixEpoch, "completed"));
            journal.Flush();
            RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "one"));
            RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "two"));
            Assert.Throws<RecordingException>(() => RecordingExport.Export(journal.Reader, run, Path.Combine(folder.Path, "one")));
        }

        var recording = RecordingReader.Read(Path.Combine(folder.Path, "one"));
        Assert.Equal(samples.Select(WithoutCharge), recording.Samples.Select(WithoutCharge));
        foreach (var (written, read) in samples.Zip(recording.Samples))
            Assert.Equal(written.ChargeCoulombs, read.ChargeCoulombs, 1.8e-7); // Half of the format's 1e-10 Ah.
        Assert.Equal(spectrum.Points, Assert.Single(recording.Spectra).Points);
        Assert.Equal(Facts.Steps, recording.Cell.Steps);
        Assert.Equal(Facts.Geis, recording.Cell.Geis);
        Assert.Equal(3e-6, recording.Cell.Area.SquareMetres, 1e-18);
        Assert.Equal(0.0012, recording.Cell.Thickness.Metres, 1e-15);
        Assert.Empty(recording.Remarks);
        foreach (var file in (string[])["cell.json", "samples.csv", "spectra.csv", "events.jsonl"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "one", file)), File.ReadAllBytes(Path.Combine(folder.Path, "two", file)));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder.Path, "one", "events.jsonl")).Length);
    }

    [Theory]
    [InlineData("is oxidation at the working electrode", 1)]
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

    [Fact]
    public void Flawed_rows_are_put_in_order_and_remarked_on()
    {
        using var folder = Write(
            Cell.Replace("SIGN", "is oxidation at the working electrode", StringComparison.Ordinal),
            "time_s,current_A,voltage_V\n1,0,0.1\n3,0,0.3\n2,0,nan\nNaN,0,1\n3,0,9\n4,0\n");
        File.WriteAllText(
            Path.Combine(folder.Path, "spectra.csv"),
            "spectrum,start_s,time_s,frequency_Hz,zre_ohm,zim_ohm\n5,1,2,10,1,-1\n5,1,1.5,100,1,-1\n7,9,9,1e3,NaN,0\n7,9,9,1e3,2,0\n");
        var recording = RecordingReader.Read(folder.Path);
        Assert.Equal([1, 2, 3, 4], recording.Samples.Select(sample => sample.TimeSeconds));
        Assert.Equal(0.3, recording.Samples[2].Volts);
        Assert.Equal([5, 7], recording.Spectra.Select(spectrum => spectrum.Index));
        Assert.Equal([100, 10], recording.Spectra[0].Points.Select(point => point.FrequencyHz));
        Assert.Single(recording.Spectra[1].Points);
        Assert.Contains(recording.Remarks, remark => remark.Contains("samples.csv:4: times are out of order", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", "time_s,current_A,voltage_V\n1,0,0\n", "cell.json:1")]
    [InlineData("[]", "time_s,current_A,voltage_V\n1,0,0\n", "cell.json:1")]
    [InlineData("""{"area_cm2":1,"thickness_mm":1}""", "time_s,current_A,voltage_V\n1,0,0\n", "sign_convention")]
    [InlineData("""{"area_cm2":-1,"thickness_mm":1,"sign_convention":"positive current is oxidation at the working electrode"}""", "", "area_cm2")]
    [InlineData("""{"area_cm2":"x","thickness_mm":1,"sign_convention":"positive current is oxidation at the working electrode"}""", "", "area_cm2")]
    [InlineData(null, "", "samples.csv:1")]
    [InlineData(null, "time_s,current_A\n1,0\n", "samples.csv:1: no column voltage_V")]
    [InlineData(null, "time_s,current_A,voltage_V\n1,0,0\n1,\0,2\n", "samples.csv:3")]
    [InlineData(null, "time_s,current_A,voltage_V\na,b,c\n", "samples.csv:2")]
    public void An_unreadable_folder_is_one_error_with_file_and_line(string? cell, string samples, string expected)
    {
        using var folder = Write(cell ?? Cell.Replace("SIGN", "is oxidation at the working electrode", StringComparison.Ordinal), samples);
        Assert.Contains(expected, Assert.Throws<RecordingException>(() => RecordingReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_an_error() =>
        Assert.Throws<RecordingException>(() =>
        {
            using var folder = new TemporaryFolder();
            RecordingReader.Read(folder.Path);
        });

    private static Sample WithoutCharge(Sample sample) => sample with { ChargeCoulombs = 0 };

    private static TemporaryFolder Write(string cell, string samples)
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cell.json"), cell);
        File.WriteAllText(Path.Combine(folder.Path, "samples.csv"), samples);
        return folder;
    }
}
