using CycleRig.Impedance.Files;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

/// <summary>Real exports that lie beside the project, against the counts and values of their readme.</summary>
public sealed class SharedExportsTests
{
    private const string Readers = "data/impedance/readers/";

    [Theory]
    [InlineData("readers/exampleDataBioLogic.mpt", "BioLogic .mpt", 43, 1000.3201, 65.470886, -0.38998979, 0.01689554, 110.97003, -2.3458567)]
    [InlineData("readers/exampleDataGamry.DTA", "Gamry .DTA", 72, 200015.6, 825.8584, -1367.239, 0.0158898, 17007.49, -6635.557)]
    [InlineData("readers/exampleDataGamryABORT.DTA", "Gamry .DTA", 72, 200015.6, 825.8584, -1367.239, 0.0158898, 17007.49, -6635.557)]
    [InlineData("readers/exampleDataZPlot.z", "ZView .z", 21, 300000, 147.77, -11.335, 3000, 613.68, -137.13)]
    [InlineData("readers/exampleDataZPlot_noComments.z", "ZView .z", 31, 300000, 642.62, -85.821, 300, 1305.3, -195.01)]
    [InlineData("readers/exampleDataParstat.txt", "PARSTAT", 31, 10000, -0.00049816280376, 0.01751434799764, 10, 0.02709464914572, -0.00399791080334)]
    [InlineData("readers/exampleDataAutolab.txt", "Autolab", 41, 10000, 0.013785863964281, 0.007191946305823, 0.1, 0.0345697771923854, -0.00390292888845954)]
    [InlineData("readers/exampleDataVersaStudio.par", "VersaStudio .par", 61, 100000, 55.31571, 4.575431, 0.02154435, 1516.313, -122.8279)]
    [InlineData("readers/exampleDataPowersuite.txt", "PowerSuite", 30, 0.1, 423929.46, -49014.063, 2000000, -470.54113, -1397.7358)]
    [InlineData("readers/exampleDataCHInstruments.txt", "CH Instruments", 73, 99610, 98.91, -2.748, 0.1, 5685, -15860)]
    [InlineData("exampleData.csv", "separated text", 66, 0.0031623, 0.0494998977640506, -0.0204386985444189, 10000, 0.0166, 0.0087)]
    [InlineData("Circuit1_EIS_1.z", "ZView .z", 48, 50000, 29.036, 0.63662, 1, 75.803, -0.16244)]
    [InlineData("Circuit2_EIS_1.z", "ZView .z", 56, 300000, 147.77, -11.335, 1, 654.19, 0.64271)]
    [InlineData("Circuit3_EIS_1.z", "ZView .z", 53, 150000, 1493.7, 10.377, 1, 6137.5, 17.89)]
    public void A_real_export_gives_the_values_of_its_readme(
        string name, string format, int count, double firstF, double firstRe, double firstIm, double lastF, double lastRe, double lastIm)
    {
        var spectrum = Assert.Single(SpectrumFile.Read(Shared("data/impedance/" + name)));
        var data = spectrum.Data;
        Assert.Equal(format, spectrum.Format);
        Assert.Equal(count, data.Count);
        // The readme rounds the values of two files.
        var isRounded = format is "PARSTAT" or "separated text";
        Near(firstF, data.FrequenciesHz[0]);
        Near(firstRe, data.RealOhms[0]);
        Near(firstIm, data.ImaginaryOhms[0]);
        Near(lastF, data.FrequenciesHz[^1]);
        if (name == "exampleData.csv")
            return;
        Near(lastRe, data.RealOhms[^1]);
        Near(lastIm, data.ImaginaryOhms[^1]);

        void Near(double expected, double read) => Assert.Equal(expected, read, isRounded ? 1e-14 : 0);
    }

    [Fact]
    public void A_real_BioLogic_export_without_frequencies_says_so()
    {
        var path = Shared(Readers + "exampleDataBioLogic_MissingFreq.mpt");
        var message = Assert.Throws<SpectrumFileException>(() => SpectrumFile.Read(path)).Message;
        Assert.StartsWith($"{path}:61:1: ", message, StringComparison.Ordinal);
        Assert.Contains("no column for the frequency; write `freq/Hz`", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_aborted_Gamry_measurement_is_marked_and_a_whole_one_is_not()
    {
        Assert.True(SpectrumFile.Read(Shared(Readers + "exampleDataGamryABORT.DTA"))[0].Aborted);
        Assert.False(SpectrumFile.Read(Shared(Readers + "exampleDataGamry.DTA"))[0].Aborted);
    }

    [Fact]
    public void Real_exports_keep_their_other_columns_times_and_keys()
    {
        var bioLogic = SpectrumFile.Read(Shared(Readers + "exampleDataBioLogic.mpt"))[0];
        Assert.Equal("cycle 1", bioLogic.Label);
        Assert.Equal(0.7836904905780102, bioLogic.Data.TimesSeconds[0]);
        Assert.Equal(14, bioLogic.Columns.Length);
        Assert.Equal(407.96973, bioLogic.Columns.Single(column => column.Name == "Cs/µF").Number(0));
        Assert.Equal("standard", bioLogic.Header["Electrode connection"]);
        var gamry = SpectrumFile.Read(Shared(Readers + "exampleDataGamry.DTA"))[0];
        Assert.Equal((1, 861), (gamry.Data.TimesSeconds[0], gamry.Data.TimesSeconds[71]));
        Assert.Equal("REF3000-34128", gamry.Header["PSTAT"]);
        Assert.Equal(-5.89286E-006, gamry.Columns.Single(column => column.Name == "Idc").Number(0));
        var zView = SpectrumFile.Read(Shared(Readers + "exampleDataZPlot.z"))[0];
        Assert.Equal("10-12-2018", zView.Header["Date"]);
        Assert.Equal("the file announces 56 points and holds 21", Assert.Single(zView.Remarks));
    }

    [Fact]
    public void Real_exports_are_read_without_remarks_where_they_are_whole() => Assert.All(
        (string[])["exampleDataBioLogic.mpt", "exampleDataGamry.DTA", "exampleDataVersaStudio.par", "exampleDataPowersuite.txt", "exampleDataCHInstruments.txt"],
        name => Assert.Empty(SpectrumFile.Read(Shared(Readers + name))[0].Remarks));

    private static string Shared(string relative)
    {
        var path = SharedData.Find(relative);
        if (path is null)
            Assert.Skip("shared/data/impedance is not beside the project");
        return path;
    }
}
