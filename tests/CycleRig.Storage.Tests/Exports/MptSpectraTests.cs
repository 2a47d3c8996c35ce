using CycleRig.Core.Channels;
using CycleRig.Core.Evidence;
using CycleRig.Impedance.Files;
using CycleRig.Storage.Exports;
using Xunit;

namespace CycleRig.Storage.Tests.Exports;

public sealed class MptSpectraTests
{
    [Fact]
    public async Task Spectra_have_the_values_of_the_journal_and_the_imaginary_part_reversed()
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        journal.Sampled(new Sample(19.5, 0, 0.125, 30, 5, 0));
        journal.Swept(10, SegmentKind.Peis, 0, (7e6, 743.5, -1074.25), (1e3, 1000.1, 12.5));
        journal.Swept(20, SegmentKind.Galvanostatic, -1.5e-5, (1e6, 3, -4));
        journal.Swept(30, SegmentKind.Geis, 0, (1e6, 5, 0), (1e5, 6, -7));
        await journal.Export(ExportFormat.Mpt, "one.mpt");
        var potentiostatic = TextTable.OfMpt((await File.ReadAllTextAsync(journal.At("one_PEIS.mpt"), TestContext.Current.CancellationToken)).Split("\r\n")[..^1]);
        var galvanostatic = TextTable.OfMpt((await File.ReadAllTextAsync(journal.At("one_GEIS.mpt"), TestContext.Current.CancellationToken)).Split("\r\n")[..^1]);
        Assert.Equal((2, 3), (potentiostatic.Count, galvanostatic.Count));
        SpectrumPoint[] points = [.. journal.Spectra[1].Points, .. journal.Spectra[2].Points];
        for (var row = 0; row < 3; row++)
        {
            Assert.Equal(points[row].FrequencyHz, galvanostatic[row, "freq/Hz"]);
            Assert.Equal(points[row].RealOhms, galvanostatic[row, "Re(Z)/Ohm"]);
            Assert.Equal(-points[row].ImaginaryOhms, galvanostatic[row, "-Im(Z)/Ohm"]);
            Assert.Equal(points[row].CurrentAmperes * 1e3, galvanostatic[row, "<I>/mA"]);
            Assert.Equal(points[row].TimeSeconds - JournalOfRun.Origin, galvanostatic[row, "time/s"], 1e-7);
        }

        Assert.Equal(("0", "-12.5"), (galvanostatic.Text(1, "-Im(Z)/Ohm"), potentiostatic.Text(1, "-Im(Z)/Ohm")));
        Assert.Equal([1, 2, 2], Enumerable.Range(0, 3).Select(row => galvanostatic[row, "cycle number"]));
        Assert.Equal([0.125, double.NaN, double.NaN], Enumerable.Range(0, 3).Select(row => galvanostatic[row, "<Ewe>/V"]));
    }

    [Fact]
    public async Task The_reader_of_such_files_finds_the_same_spectra()
    {
        using var journal = new JournalOfRun(protocol: JournalOfRun.Looped);
        journal.Swept(10, SegmentKind.Galvanostatic, -1.5e-5, (7e6, 743.5, -1074.25), (1e3, 1000.1, 12.5));
        journal.Swept(20, SegmentKind.Galvanostatic, -1.5e-5, (1e6, 3, -4), (1e5, 30, -0.125));
        await journal.Export(ExportFormat.Mpt, "one.mpt");
        var read = SpectrumFile.Read(journal.At("one_GEIS.mpt"));
        Assert.Equal(2, read.Count);
        foreach (var (spectrum, imported) in journal.Spectra.Zip(read))
        {
            Assert.Empty(imported.Remarks);
            Assert.Equal("BioLogic .mpt", imported.Format);
            Assert.Equal(spectrum.Points.Select(point => point.FrequencyHz), imported.Data.FrequenciesHz);
            Assert.Equal(spectrum.Points.Select(point => point.RealOhms), imported.Data.RealOhms);
            Assert.Equal(spectrum.Points.Select(point => point.ImaginaryOhms), imported.Data.ImaginaryOhms);
        }
    }

    [Fact]
    public async Task Without_spectra_there_is_the_file_of_samples_alone()
    {
        using var journal = new JournalOfRun();
        var (result, _) = await journal.Export(ExportFormat.Mpt, "one.mpt");
        Assert.Equal("one.mpt", Assert.Single(result.Files).Name);
    }
}
