using System.Globalization;
using CycleRig.Core.Channels;
using CycleRig.Impedance.Files;
using CycleRig.Storage.Exports;
using CycleRig.Storage.Recordings;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class ZViewSpectraTests
{
    [Fact]
    public async Task Each_spectrum_is_a_file_with_the_values_of_the_journal()
    {
        using var journal = new JournalOfRun("zelle ä/1");
        journal.Swept(10, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25), (1e3, 1000.1, 12.5));
        journal.Swept(20.5, SegmentKind.Galvanostatic, -1.5e-5, (1e6, 3, -4), (1e5, 30, double.NaN));
        var (result, _) = await journal.Export(ExportFormat.ZView);
        Assert.Equal(
            ["CycleRig__zelle-ä-1__20261124_0000abcd_00001_PEIS.z", "CycleRig__zelle-ä-1__20261124_0000abcd_00002_GEIS.z"], result.Files.Select(file => file.Name));
        foreach (var (spectrum, file, amplitude) in journal.Spectra.Zip(result.Files, [0.01, 1.5e-6]))
        {
            var lines = (await File.ReadAllTextAsync(journal.At($"out/{file.Name}"), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken)).Split("\r\n")[..^1];
            var end = Array.IndexOf(lines, "End Comments");
            Assert.StartsWith("ZPLOT2 ASCII", lines[0], StringComparison.Ordinal);
            foreach (var (point, line) in spectrum.Points.Zip(lines[(end + 1)..]))
            {
                double[] row = [.. line.Split('\t').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
                Assert.Equal(9, row.Length);
                Assert.Equal((point.FrequencyHz, amplitude, point.CurrentAmperes), (row[0], row[1], row[2]));
                Assert.Equal(point.TimeSeconds - spectrum.StartSeconds, row[3], 1e-7);
                Assert.Equal((point.RealOhms, point.ImaginaryOhms), (row[4], row[5]));
            }

            Assert.Equal(spectrum.Points.Length, lines.Length - end - 1);
        }
    }

    [Fact]
    public async Task The_reader_of_such_files_finds_the_same_spectrum()
    {
        using var journal = new JournalOfRun();
        journal.Swept(10, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25), (1e3, 1000.1, 12.5));
        var (result, _) = await journal.Export(ExportFormat.ZView, "one.z");
        var imported = Assert.Single(SpectrumFile.Read(journal.At(Assert.Single(result.Files).Name)));
        Assert.Empty(imported.Remarks);
        Assert.Equal("ZView .z", imported.Format);
        Assert.Equal([743.5, 1000.1], imported.Data.RealOhms);
        Assert.Equal([-1074.25, 12.5], imported.Data.ImaginaryOhms);
        Assert.Equal("Sweep Frequency, Control Voltage", imported.Header["Experiment Type"]);
    }

    [Fact]
    public async Task A_run_without_spectra_leaves_nothing_and_says_so()
    {
        using var journal = new JournalOfRun();
        journal.Sampled(new Core.Evidence.Sample(1, 0, 0, 30, 5, 0));
        var refused = await Assert.ThrowsAsync<RecordingException>(() => journal.Export(ExportFormat.ZView));
        Assert.Contains("no spectra", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(journal.At("out")));
    }
}
