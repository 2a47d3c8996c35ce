using System.Text;
using CycleRig.Impedance.Files;
using Xunit;

namespace CycleRig.Impedance.Tests.Files;

public sealed class InstrumentFiguresTests
{
    [Fact]
    public void Columns_of_harmonics_become_verdicts_of_the_points()
    {
        var loops = SpectrumFile.Read("a.mpt", Encoding.Latin1.GetBytes(SpectrumFixtures.BioLogic));
        Assert.Equal([0.12, -1], InstrumentFigures.Of(loops[0]).Select(figure => figure.VoltageHarmonicsPercent));
        Assert.Equal([0.13, 0.14], InstrumentFigures.Of(loops[1]).Select(figure => figure.VoltageHarmonicsPercent));
    }

    [Fact]
    public void A_file_without_such_columns_says_nothing() =>
        Assert.Empty(InstrumentFigures.Of(Assert.Single(SpectrumFile.Read("n.csv", Encoding.ASCII.GetBytes(SpectrumFixtures.Nameless)))));
}
