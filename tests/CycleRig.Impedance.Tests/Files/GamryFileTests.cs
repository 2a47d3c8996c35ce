using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class GamryFileTests
{
    [Fact]
    public void Uncorrected_values_are_the_data_and_corrected_ones_are_kept()
    {
        var spectrum = Assert.Single(Read(SpectrumFixtures.Gamry));
        Assert.Equal([200015.6, 158953.1], spectrum.Data.FrequenciesHz);
        Assert.Equal([825.5, 1100.5], spectrum.Data.RealOhms);
        Assert.Equal([-1367.25, -1502.125], spectrum.Data.ImaginaryOhms);
        Assert.Equal([1.0, 3.0], spectrum.Data.TimesSeconds);
        Assert.Equal(825.25, spectrum.Columns.Single(column => column.Name == "ZrealDrCor").Number(0));
        Assert.Equal(-1502.5, spectrum.Columns.Single(column => column.Name == "ZimagDrCor").Number(1));
        Assert.Equal(("1.00000E-004", "**/**/****"), (spectrum.Header["IACREQ"], spectrum.Header["DATE"]));
        Assert.False(spectrum.Aborted);
    }

    [Fact]
    public void An_abort_behind_the_rows_marks_the_spectrum_and_what_follows_is_passed_over()
    {
        var spectrum = Assert.Single(Read(SpectrumFixtures.Gamry + "EXPERIMENTABORTED\tTOGGLE\tT\tExperiment Aborted\nFRACURVE\tTABLE\t1\n\tPt\tT\n\t#\ts\n\t0\t1\n"));
        Assert.True(spectrum.Aborted);
        Assert.Equal(2, spectrum.Data.Count);
    }

    [Fact]
    public void Each_table_is_a_spectrum_and_units_of_their_line_count()
    {
        const string table = "ZCURVE1\tTABLE\t3\n\tPt\tFreq\tZreal\tZimag\n\t#\tkHz\tkohm\tkohm\n\t0\t2,5\t1\t-2\n\t1\t0,5\t3\t-4\n";
        var spectra = Read(SpectrumFixtures.Gamry + table);
        Assert.Equal(["", "1"], spectra.Select(spectrum => spectrum.Label));
        Assert.Equal([2500.0, 500.0], spectra[1].Data.FrequenciesHz);
        Assert.Equal([-2000.0, -4000.0], spectra[1].Data.ImaginaryOhms);
        Assert.Empty(spectra[0].Remarks);
    }

    [Fact]
    public void A_file_without_impedance_is_refused() =>
        Assert.Contains("no table ZCURVE", Assert.Throws<SpectrumFileException>(() => Read(SpectrumFixtures.Gamry[..SpectrumFixtures.Gamry.IndexOf("ZCURVE", StringComparison.Ordinal)])).Message, StringComparison.Ordinal);

    private static IReadOnlyList<ImportedSpectrum> Read(string text) => SpectrumFile.Read("a.DTA", Encoding.Latin1.GetBytes(text));
}
