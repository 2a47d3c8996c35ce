using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class BioLogicFileTests
{
    [Theory]
    [InlineData('.')]
    [InlineData(',')]
    public void Each_cycle_is_a_spectrum_in_either_locale(char mark)
    {
        var spectra = Read(SpectrumFixtures.BioLogic.Replace('.', mark));
        Assert.Equal(["cycle 1, Ns 0", "cycle 2, Ns 0"], spectra.Select(spectrum => spectrum.Label));
        Assert.Equal([1e5, 1e3], spectra[1].Data.FrequenciesHz);
        Assert.Equal([11.0, 21.0], spectra[1].Data.RealOhms);
        Assert.Equal([-2.1, -6.1], spectra[1].Data.ImaginaryOhms);
        Assert.Equal([9.5, 10.5], spectra[1].Data.TimesSeconds);
        Assert.All(spectra, spectrum => Assert.Empty(spectrum.Remarks));
    }

    [Fact]
    public void Other_columns_and_a_masked_date_are_kept_as_written()
    {
        var spectrum = Read(SpectrumFixtures.BioLogic)[1];
        Assert.Equal(["|Z|/Ohm", "Phase(Z)/deg", "<Ewe>/V", "THD Ewe/%", "cycle number", "Ns"], spectrum.Columns.Select(column => column.Name));
        var distortion = spectrum.Columns[3];
        Assert.Equal((2, "1.3E-001", 0.14), (distortion.Count, distortion.Text(0), distortion.Number(1)));
        Assert.Equal("XX/XX/XXXX XX:XX:XX", spectrum.Header["Acquisition started on"]);
    }

    [Fact]
    public void Without_a_column_of_cycles_the_header_says_where_loops_start()
    {
        const string text = "BT-Lab ASCII FILE\nNb header lines : 6\nNumber of loops : 2\nLoop 0 from point number 0 to 1\nLoop 1 from point number 2 to 3\n"
            + "freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\n1000\t1\t2\n100\t3\t4\n1000\t5\t6\n100\t7\t8\n";
        var spectra = Read(text);
        Assert.Equal(["loop 0", "loop 1"], spectra.Select(spectrum => spectrum.Label));
        Assert.Equal([5.0, 7.0], spectra[1].Data.RealOhms);
    }

    [Fact]
    public void A_file_without_header_has_its_names_in_the_first_line() =>
        Assert.Equal("BioLogic .mpt", Read("freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\n1000\t1\t2\n100\t3\t4\n")[0].Format);

    [Fact]
    public void A_last_row_that_is_cut_off_is_left_out_with_a_remark()
    {
        var whole = SpectrumFixtures.BioLogic.TrimEnd();
        var rowStart = whole.LastIndexOf('\n') + 1;
        for (var length = rowStart + 1; length < whole.Length - 1; length++)
        {
            var last = Read(whole[..length])[^1];
            Assert.Single(last.Data.FrequenciesHz);
            Assert.Equal("row 10 is cut off, left out", Assert.Single(last.Remarks));
        }

        Assert.Equal(2, Read(whole)[^1].Data.Count);
    }

    [Fact]
    public void A_file_that_is_cut_off_in_its_header_or_first_row_is_refused()
    {
        var first = SpectrumFixtures.BioLogic.IndexOf("1.0000000E+005", StringComparison.Ordinal);
        for (var length = 1; length < first + 30; length++)
            Assert.StartsWith("a.mpt:", Assert.Throws<SpectrumFileException>(() => Read(SpectrumFixtures.BioLogic[..length])).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ImportedSpectrum> Read(string text) => SpectrumFile.Read("a.mpt", Encoding.Latin1.GetBytes(text));
}
