using System.Text;
using CycleRig.Impedance.Files;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

/// <summary>Fixtures are made here from the layouts that the instruments write; real exports are read where they lie beside the project.</summary>
public sealed class SpectrumFileTests
{
    [Fact]
    public void An_mpt_is_read_by_column_names_with_its_sign_decimal_comma_and_loops()
    {
        const string text = "EC-Lab ASCII FILE\r\nNb header lines : 4                          \r\n\r\n-Im(Z)/Ohm\tfreq/Hz\tRe(Z)/Ohm\tcycle number\tBlö\t\r\n"
            + "1,5\t1000,0\t65,5\t1\t0\r\n2,5\t100,0\t75,5\t1\t0\r\n3,5\t1000,0\t66,5\t2\t0\r\n4,5\t100,0\t76,5\t2\t0\r\n";
        using var file = new WrittenFile("a.mpt", Encoding.Latin1.GetBytes(text));
        var spectra = SpectrumFile.Read(file.Path);
        Assert.Equal(2, spectra.Count);
        Assert.Equal([1000.0, 100.0], spectra[0].Data.FrequenciesHz);
        Assert.Equal([65.5, 75.5], spectra[0].Data.RealOhms);
        Assert.Equal([-1.5, -2.5], spectra[0].Data.ImaginaryOhms);
        Assert.Equal(-4.5, spectra[1].Data.ImaginaryOhms[1]);
    }

    [Theory]
    [InlineData("1000,65.5,-1.5\n100,75.5,-2.5\n")]
    [InlineData("freq,zreal,zimag\n1000,65.5,-1.5\n100,75.5,-2.5\n")]
    [InlineData("freq;zreal;zimag\r\n1000;65,5;-1,5\r\n100;75,5;-2,5\r\n")]
    [InlineData("frequency_Hz\t-Im(Z)/Ohm\tzre_ohm\n1000\t1.5\t65.5\n100\t2.5\t75.5\n")]
    public void Separated_text_is_read_whatever_its_separator(string text)
    {
        using var file = new WrittenFile("a.csv", Encoding.UTF8.GetBytes(text));
        var spectrum = Assert.Single(SpectrumFile.Read(file.Path)).Data;
        Assert.Equal((1000.0, 65.5, -1.5), (spectrum.FrequenciesHz[0], spectrum.RealOhms[0], spectrum.ImaginaryOhms[0]));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("EC-Lab ASCII FILE\nNb header lines : 90\n\n", "cut off")]
    [InlineData("a,b,c\n1,2,3\n", "no column for the frequency")]
    [InlineData("freq,zreal,zimag\n1000,65.5\n", ":2:1:")]
    [InlineData("freq,zreal,zimag\n1000,65.5,NaN\n", ":2:11: `NaN` is no finite number")]
    [InlineData("freq,zreal,zimag\n-5,1,2\n3,1,2\n", "numbers above 0")]
    [InlineData("freq,zreal,zimag\n", "holds no points")]
    public void What_cannot_be_read_says_where_and_why(string text, string expected)
    {
        using var file = new WrittenFile("a.csv", Encoding.UTF8.GetBytes(text));
        Assert.Contains(expected, Assert.Throws<SpectrumFileException>(() => SpectrumFile.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        using var file = new WrittenFile("a.mpr", [0x42, 0, 1, 2, 0, 3]);
        Assert.Contains("binary", Assert.Throws<SpectrumFileException>(() => SpectrumFile.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    private sealed class WrittenFile : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public WrittenFile(string name, byte[] content)
        {
            Path = System.IO.Path.Combine(_folder.Path, name);
            File.WriteAllBytes(Path, content);
        }

        public string Path { get; }

        public void Dispose() => _folder.Dispose();
    }
}
