using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class ZViewFileTests
{
    [Theory]
    [InlineData(SpectrumFixtures.ZView, 147.77, -11.335, 2.67)]
    [InlineData(SpectrumFixtures.ZViewQuoted, 642.62, -85.821, 2.58)]
    public void Both_variants_are_read_with_the_true_sign(string text, double real, double imaginary, double time)
    {
        var spectrum = Assert.Single(Read(text));
        Assert.Equal("ZView .z", spectrum.Format);
        Assert.Equal((300000.0, real, imaginary, time), (spectrum.Data.FrequenciesHz[0], spectrum.Data.RealOhms[0], spectrum.Data.ImaginaryOhms[0], spectrum.Data.TimesSeconds[0]));
        Assert.Equal(["Ampl", "Bias", "GD", "Err", "Range"], spectrum.Columns.Select(column => column.Name));
        Assert.Empty(spectrum.Remarks);
    }

    [Fact]
    public void Autolab_writes_no_times_and_none_are_made_up()
    {
        var spectrum = Assert.Single(Read(SpectrumFixtures.Autolab));
        Assert.Equal("Autolab", spectrum.Format);
        Assert.Empty(spectrum.Data.TimesSeconds);
        Assert.Equal([0.00719, -0.00524], spectrum.Data.ImaginaryOhms);
    }

    [Fact]
    public void A_header_that_is_cut_off_is_refused() => Assert.Contains("End Comments", Assert.Throws<SpectrumFileException>(
        () => Read(SpectrumFixtures.ZView[..SpectrumFixtures.ZView.IndexOf("End Comments", StringComparison.Ordinal)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Fewer_points_than_announced_are_a_remark() => Assert.Equal("the file announces 2 points and holds 1",
        Assert.Single(Assert.Single(Read(SpectrumFixtures.ZView[..SpectrumFixtures.ZView.IndexOf("2.382985E+05", StringComparison.Ordinal)])).Remarks));

    private static IReadOnlyList<ImportedSpectrum> Read(string text) => SpectrumFile.Read("a.z", Encoding.ASCII.GetBytes(text));
}
