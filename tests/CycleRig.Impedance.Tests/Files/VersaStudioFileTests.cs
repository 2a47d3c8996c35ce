using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class VersaStudioFileTests
{
    [Fact]
    public void Rows_of_direct_current_are_left_out_and_told()
    {
        var spectrum = Assert.Single(Read(SpectrumFixtures.VersaStudio));
        Assert.Equal("Segment 1", spectrum.Label);
        Assert.Equal([100000.0, 77426.37], spectrum.Data.FrequenciesHz);
        Assert.Equal([4.575431, 1.668054], spectrum.Data.ImaginaryOhms);
        Assert.Equal([1.812, 2.147], spectrum.Data.TimesSeconds);
        Assert.Equal("rows with frequency 0 (direct current) left out: 1", Assert.Single(spectrum.Remarks));
        Assert.Equal("-0.0179", spectrum.Columns.Single(column => column.Name == "E Imag").Text(0));
    }

    [Fact]
    public void A_segment_without_its_end_is_read_with_a_remark() => Assert.Contains("ends before its segment",
        Read(SpectrumFixtures.VersaStudio[..SpectrumFixtures.VersaStudio.IndexOf("</Segment1>", StringComparison.Ordinal)])[0].Remarks[0], StringComparison.Ordinal);

    [Fact]
    public void PARSTAT_rows_of_direct_current_are_left_out_and_told()
    {
        var spectrum = Assert.Single(SpectrumFile.Read("a.txt", Encoding.ASCII.GetBytes(SpectrumFixtures.Parstat)));
        Assert.Equal("PARSTAT", spectrum.Format);
        Assert.Equal((2, 30.0), (spectrum.Data.Count, spectrum.Data.TimesSeconds[0]));
        Assert.Equal("rows with frequency 0 (direct current) left out: 2", Assert.Single(spectrum.Remarks));
    }

    private static IReadOnlyList<ImportedSpectrum> Read(string text) => SpectrumFile.Read("a.par", Encoding.UTF8.GetBytes(text));
}
