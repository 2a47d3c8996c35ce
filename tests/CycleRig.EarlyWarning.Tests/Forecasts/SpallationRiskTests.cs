using CycleRig.Core.Cells;
using CycleRig.Core.Quantities;
using CycleRig.EarlyWarning.Forecasts;
using Xunit;

namespace CycleRig.EarlyWarning.Tests.Forecasts;

public sealed class SpallationRiskTests
{
    private static SpallationRisk Of(double milliamperes, double interfaceOhms, Material? material = null) =>
        SpallationRisk.Of(material ?? Material.Llzto, CurrentDensity.FromMilliamperesPerSquareCentimetre(milliamperes), interfaceOhms);

    /// <summary>500 Ω cm² of contact alone is 2 % of the area, 50 times the nominal density: 25 mA/cm² at 0.5.</summary>
    [Fact]
    public void The_local_density_lies_between_no_loss_of_contact_and_all_of_it()
    {
        var risk = Of(-0.5, 500);
        Assert.Equal(0.5, risk.Local.Low.MilliamperesPerSquareCentimetre, 1e-9);
        Assert.Equal(25, risk.Local.High.MilliamperesPerSquareCentimetre, 1e-9);
    }

    /// <summary>What is known of LLZTO: untreated cells spall at 0.5 mA/cm²; acid-treated ones do not at 0.5, and at 5 do near the rim.</summary>
    [Theory]
    [InlineData(0.5, 500, SpallationWord.MayExceed)]
    [InlineData(0.5, 25, SpallationWord.Below)]
    [InlineData(2.5, 10, SpallationWord.Below)]
    [InlineData(5, 10, SpallationWord.MayExceed)]
    [InlineData(10, 5, SpallationWord.Exceeds)]
    public void Llzto_stands_against_5_to_8_milliamperes(double milliamperes, double interfaceOhms, SpallationWord word)
    {
        Assert.Equal(word, Of(milliamperes, interfaceOhms).Word);
        Assert.Contains("hypothesis", Of(milliamperes, interfaceOhms).ToString(), StringComparison.Ordinal);
    }

    /// <summary>An interface better than intimate contact does not spread the current beyond the electrode.</summary>
    [Fact]
    public void Local_density_is_never_below_the_nominal_one() => Assert.Equal(2.5, Of(2.5, 1).Local.High.MilliamperesPerSquareCentimetre, 1e-9);

    /// <summary>Before anything is measured: 2000 Ω cm² untreated is 200 times the nominal density, 25 acid-treated 2.5 times.</summary>
    [Theory]
    [InlineData(Surface.Untreated, 100)]
    [InlineData(Surface.AcidTreated, 1.25)]
    public void The_worst_interface_is_expected_until_one_is_measured(Surface surface, double local) => Assert.Equal(
        local, SpallationRisk.Expected(Material.Llzto, surface, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.5)).Local.High.MilliamperesPerSquareCentimetre, 1e-9);

    [Fact]
    public void Words_have_plain_numbers() => Assert.Equal(
        "with R_int of 2000 Ω cm² a local current density of 10 to 2000 mA/cm², which exceeds the critical 5 to 8 mA/cm² (hypothesis)", Of(10, 2000).ToString());

    [Fact]
    public void Where_no_critical_density_is_known_it_is_said()
    {
        var risk = Of(2.5, 10, Material.SodiumBetaAlumina);
        Assert.Equal(SpallationWord.NotKnown, risk.Word);
        Assert.Null(risk.Critical);
        Assert.EndsWith("the critical one is not known for this material", risk.ToString(), StringComparison.Ordinal);
    }
}
