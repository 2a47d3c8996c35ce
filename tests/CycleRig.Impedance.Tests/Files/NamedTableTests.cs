using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class NamedTableTests
{
    [Fact]
    public void Units_of_names_decimal_commas_comments_and_quotes_are_heeded()
    {
        var spectrum = Read(SpectrumFixtures.Separated);
        Assert.Equal([1500.0, 100.0], spectrum.Data.FrequenciesHz);
        Assert.Equal([0.0655, 0.0755], spectrum.Data.RealOhms);
        Assert.Equal([-0.0015, -0.0025], spectrum.Data.ImaginaryOhms);
        Assert.Equal(["T/°C", "note"], spectrum.Columns.Select(column => column.Name));
        Assert.Equal((25.2, "a;b", null), (spectrum.Columns[0].Number(1), spectrum.Columns[1].Text(1), spectrum.Columns[1].Number(1)));
    }

    [Theory]
    [InlineData("1000,65.5,-1.5\n100,75.5,-2.5\n")]
    [InlineData("1000,0 65,5 -1,5\n100,0 75,5 -2,5\n")]
    [InlineData("1000;65,5;-1,5\n100;75,5;-2,5\n")]
    [InlineData("# frequency_Hz,zre_ohm,zim_ohm\n1000,65.5,-1.5\n100,75.5,-2.5\n")]
    [InlineData("cell: 7\n\nFrequency (Hz) Zre (ohms) Zim (ohms)\n1000 65.5 -1.5\n100 75.5 -2.5\n")]
    [InlineData("f\tre\tim\nkHz\tmOhm\tmOhm\n1\t65500\t-1500\n0.1\t75500\t-2500\n")]
    [InlineData("freq,re,im,x\n1000,65.5,-1.5,\n100,75.5,-2.5,\n,,,\n,,,\n")]
    [InlineData("Zim,Zre,note,freq\n-1.5,65.5,x,1000\n-2.5,75.5,y,100\n")]
    [InlineData("freq,re,im\r1000,65.5,-1.5\r100,75.5,-2.5\r")]
    [InlineData("\"freq\",\"-Z''\",\"Z'\"\n\"1000\",\"1,5\",\"65,5\"\n\"100\",\"2,5\",\"75,5\"\n")]
    public void The_same_points_are_read_however_they_are_written(string text)
    {
        var data = Read(text).Data;
        Assert.Equal([1000.0, 100.0], data.FrequenciesHz);
        Assert.Equal([65.5, 75.5], data.RealOhms);
        Assert.Equal([-1.5, -2.5], data.ImaginaryOhms);
    }

    [Fact]
    public void Modulus_and_phase_are_read_where_Re_and_Im_are_missing()
    {
        var data = Read("freq/Hz,|Z|/kOhm,-Phase/rad\n10,2,0.5\n1,3,-0.25\n").Data;
        Assert.Equal(2000 * Math.Cos(-0.5), data.RealOhms[0], 1e-9);
        Assert.Equal(2000 * Math.Sin(-0.5), data.ImaginaryOhms[0], 1e-9);
        Assert.Equal(3000 * Math.Sin(0.25), data.ImaginaryOhms[1], 1e-9);
    }

    [Fact]
    public void Frequencies_may_rise_fall_and_repeat() =>
        Assert.Equal([1.0, 10, 10, 5], Read("f,re,im\n1,1,1\n10,1,1\n10,2,1\n5,1,1\n").Data.FrequenciesHz);

    [Theory]
    [InlineData("f/Hz,Re(Z)/Ohm.cm2,Im(Z)/Ohm.cm2\n1,2,3\n", "1:1: `Re(Z)/Ohm.cm2` is an impedance times area; divide it by the area")]
    [InlineData("f,|Z|,phase\n1,2,3\n", "1:1: `phase` names no unit; write `Phase/deg` or `Phase/rad`")]
    [InlineData("f,re,im\n1000,0,65,5,-1,5\n", "2:11: `5` is cell 4 of a row under 3 names; decimal commas must not separate cells")]
    [InlineData("1000,0,65,5,-1,5\n", "more than 3 columns and no names")]
    [InlineData("f,re,im\n10,1,1\n-5,1,1\n", "3:1: `-5`: frequencies are numbers above 0")]
    [InlineData("f,re,im\n10,1,1\n9,1e999,1\n", "3:3: `1e999` is no finite number")]
    [InlineData("f,re,im\n10,1,1\n9,1.000,5\n8,x,1\n", "4:3: `x` is no finite number")]
    [InlineData("f,re,im\n10,1,1\n9,1\n8,1,1\n", "3:1: the row has 2 cells, which is too few")]
    [InlineData("f,re,im\n0,1,1\n", "holds no points but those of frequency 0")]
    [InlineData("f,re,im\n10,1,1\n10,1,2\n", "all frequencies are equal")]
    [InlineData("f,re,im\n10,1", "2:1: the table is cut off in its first row")]
    public void What_cannot_be_read_says_line_column_and_what_to_do(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<SpectrumFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Impedance_times_area_beside_an_impedance_is_kept() =>
        Assert.Equal("Re(Z)/Ohm.cm2", Assert.Single(Read("f/Hz,Re(Z)/Ohm.cm2,Re(Z)/Ohm,Im(Z)/Ohm\n2,2,3,4\n1,2,3,4\n").Columns).Name);

    [Fact]
    public void An_open_last_line_is_read_with_a_remark_unless_it_is_short()
    {
        Assert.Contains("may be short", Assert.Single(Read("f,re,im\n10,1,1\n9,1,1").Remarks), StringComparison.Ordinal);
        Assert.Empty(Read("f,re,im\n10,1,1\n9,1,1\n").Remarks);
        Assert.Equal("row 3 is cut off, left out", Assert.Single(Read("f,re,im\n10,1,1\n9,1,-").Remarks));
        Assert.Equal("row 3 is cut off, left out", Assert.Single(Read("f,re,im,x\n10,1,1,2\n9,1,3").Remarks));
    }

    [Fact]
    public void Of_two_spectra_side_by_side_the_first_is_read_with_a_remark()
    {
        var spectrum = Read("f,re,im,f,re,im\n10,1,2,10,3,4\n9,1,2,9,3,4\n");
        Assert.Equal(["f", "re", "im"], spectrum.Columns.Select(column => column.Name));
        Assert.Equal((1.0, 3.0), (spectrum.Data.RealOhms[0], spectrum.Columns[1].Number(0)));
        Assert.Contains("stands more than once", Assert.Single(spectrum.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_column_without_numbers_is_kept_as_text()
    {
        var spectrum = Read("f,re,im,time\n10,1,1,12:00:00\n9,1,1,12:00:05\n");
        Assert.Empty(spectrum.Data.TimesSeconds);
        Assert.Equal("12:00:05", Assert.Single(spectrum.Columns).Text(1));
        Assert.Single(spectrum.Remarks);
    }

    [Fact]
    public void An_imaginary_part_against_its_phase_is_told() =>
        Assert.Contains("differ in sign", Assert.Single(Read("f,re,im,phase/deg\n10,1,1,-45\n9,1,2,-60\n").Remarks), StringComparison.Ordinal);

    private static ImportedSpectrum Read(string text) => Assert.Single(SpectrumFile.Read("a.csv", Encoding.UTF8.GetBytes(text)));
}
