using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class ZahnerFileTests
{
    [Fact]
    public void Modulus_and_phase_become_Re_and_Im_and_each_table_is_a_spectrum()
    {
        var spectra = SpectrumFile.Read("a.txt", Encoding.ASCII.GetBytes(SpectrumFixtures.Zahner));
        Assert.Equal(2, spectra.Count);
        Assert.Equal("Zahner", spectra[0].Format);
        Assert.Equal([1e5, 1e3], spectra[0].Data.FrequenciesHz);
        Assert.Equal(20 * Math.Cos(Math.PI / 3), spectra[0].Data.RealOhms[0], 1e-12);
        Assert.Equal(-20 * Math.Sin(Math.PI / 3), spectra[0].Data.ImaginaryOhms[0], 1e-12);
        Assert.Equal((51.0, 0.0), (spectra[1].Data.RealOhms[1], spectra[1].Data.ImaginaryOhms[1]));
        Assert.Equal(0.998, spectra[0].Columns.Single(column => column.Name == "Significance").Number(1));
        Assert.Equal("3.0000V", spectra[0].Header["Potential"]);
    }

    [Fact]
    public void The_layout_of_Zahner_Analysis_is_read_too()
    {
        const string text = "Measurement: c:\\data\\cell.isx\nPotential: 3 V, Ampl: 10 mV\n\nnumber\tfrequency (Hz)\timpedance (Ω)\tphase / deg (°)\tsignificance\n"
            + "1\t1000\t100\t-90\t1\n2\t10\t200\t0\t1\n";
        var spectrum = Assert.Single(SpectrumFile.Read("a.txt", Encoding.UTF8.GetBytes(text)));
        Assert.Equal("Zahner", spectrum.Format);
        Assert.Equal((-100.0, 200.0), (spectrum.Data.ImaginaryOhms[0], spectrum.Data.RealOhms[1]));
    }

    [Fact]
    public void A_row_that_does_not_begin_with_its_number_does_not_end_the_table()
    {
        const string text = "Number,Frequency/Hz,Impedance/Ohm,Phase/deg\n0,1000,100,-90\nx,100,200,0\n2,10,300,0\n";
        Assert.Equal(3, Assert.Single(SpectrumFile.Read("a.csv", Encoding.UTF8.GetBytes(text))).Data.Count);
    }

    [Fact]
    public void Logarithmic_tables_are_refused() => Assert.Contains("no column for the frequency", Assert.Throws<SpectrumFileException>(
        () => SpectrumFile.Read("a.txt", "LOGF\tLOGO\tLOGZm\tPhim\n5,1\t5,9\t1,2\t-3,0\n"u8)).Message, StringComparison.Ordinal);
}
