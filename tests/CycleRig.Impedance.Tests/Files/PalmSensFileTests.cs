using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class PalmSensFileTests
{
    [Fact]
    public void Each_block_is_a_spectrum_and_capacitive_points_have_negative_Im_under_either_name()
    {
        var spectra = SpectrumFile.Read("a.csv", SpectrumFixtures.Utf16(SpectrumFixtures.PalmSens));
        Assert.Equal(["CH 3", "CH 4"], spectra.Select(spectrum => spectrum.Label));
        Assert.Equal("PalmSens PSTrace", spectra[0].Format);
        Assert.Equal([-694.6, -32139.4], spectra[0].Data.ImaginaryOhms);
        Assert.Equal([694.6, -32139.4], spectra[1].Data.ImaginaryOhms);
        Assert.Equal(["neg. Phase / °", "Idc / uA", "Z / Ohm", "Cs / F"], spectra[0].Columns.Select(column => column.Name));
        Assert.Equal("2025-01-01 12:00:00", spectra[1].Header["Date and time"]);
    }

    [Fact]
    public void Where_the_phase_says_so_the_column_holds_Im_itself()
    {
        const string text = "freq / Hz,neg. Phase / °,Z' / Ohm,Z'' / Ohm\n1000,45,10,-10\n100,60,10,-17.3\n";
        Assert.Equal([-10.0, -17.3], Assert.Single(SpectrumFile.Read("a.csv", Encoding.UTF8.GetBytes(text))).Data.ImaginaryOhms);
    }

    [Fact]
    public void Lines_in_quotes_and_blocks_of_other_techniques_do_no_harm()
    {
        const string text = "\"File date:,2026-09-15 13:11:36\"\r\nCyclic Voltammetry: CV i vs E,\r\nV,µA\r\n-0.4,0.10\r\n0.7,0.50\r\n\"Measurement:,Impedance Spectroscopy [1]\"\r\n"
            + "\"freq / Hz,neg. Phase / °,Z' / Ohm,Z'' / Ohm,Cs / F,\"\r\n\"1000,45,10,10,1E-6,\"\r\n\"100,60,10,17.3,1E-6,\"\r\n";
        var spectrum = Assert.Single(SpectrumFile.Read("a.csv", SpectrumFixtures.Utf16(text)));
        Assert.Equal("Impedance Spectroscopy [1]", spectrum.Label);
        Assert.Equal([-10.0, -17.3], spectrum.Data.ImaginaryOhms);
        Assert.Equal(1e-6, spectrum.Columns[^1].Number(0));
    }
}
