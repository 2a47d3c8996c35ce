using CycleRig.Files.Scenarios;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests.Scenarios;

/// <summary>What a population file may not say, and what is said of it then.</summary>
public sealed class PopulationFileTests
{
    private const string Valid = """
        format: 1
        population: small
        geis: {from: 7 MHz, to: 0.5 Hz, points_per_decade: 8, amplitude: 0.05 mA/cm², every: {uniform: [60 s, 120 s]}}
        groups:
          - kind: dendrite
            share: 2
            cells: 2
            surface: untreated
            parameters: {onset_charge: {uniform: [0.1 mAh/cm², 0.6 mAh/cm²]}, initial_crack: {uniform: [1 µm, 50 µm]}}
            chamber: {events: [{event: door, at: {uniform: [30 min, 60 min]}, for: 60 s, chance: 0.5}]}
            stack: {events: [{event: collapse, at: 20 min, size: 0.5, cell: 2}]}
            upsets: [{upset: noisy_spectra, at: 20 min, for: 10 min, size: {log_uniform: [3, 50]}}]
            program:
              - rest: {time: 20 min}
              - plate: {current_density: 0.5 mA/cm², time: {uniform: [2 h, 4 h]}}
        """;

    [Theory]
    [InlineData("onset_charge: {uniform: [0.1 mAh/cm², 0.6 mAh/cm²]}", "onset_charge: {}", 9, "the distribution of `onset_charge` is empty; write one of uniform")]
    [InlineData("{uniform: [2 h, 4 h]}", "{uniform: [4 h, 2 h]}", 15, "the distribution of `time` is empty: its second value is not above its first; write a larger one")]
    [InlineData("{uniform: [2 h, 4 h]}", "{uniform: []}", 15, "the distribution `uniform` is empty; write two in brackets")]
    [InlineData("{uniform: [2 h, 4 h]}", "{uniformly: [2 h, 4 h]}", 15, "`uniformly` is no distribution; write one of uniform, log_uniform, normal, lognormal, weibull")]
    [InlineData("{uniform: [2 h, 4 h]}", "{normal: [2 h, 0 h]}", 15, "the second value of normal is not above 0: the distribution is empty; write a larger one")]
    [InlineData("onset_charge:", "onset_charges:", 9, "`onset_charges` is no parameter of a simulated cell; write `onset_charge`")]
    [InlineData("[1 µm, 50 µm]", "[1 µm, 3 mm]", 9, "a crack of 3000 µm is deeper than the pellet of 1200 µm")]
    [InlineData("chance: 0.5", "chance: 2", 10, "a chance of 2 is none; write a number above 0 and up to 1")]
    [InlineData("cell: 2}", "cell: 3}", 11, "`3` is no whole number from 1 to 2")]
    [InlineData("upset: noisy_spectra", "upset: noise", 12, "`noise` is no upset that can happen here")]
    [InlineData("share: 2", "share: 0", 6, "a share is above 0; write a larger one or leave the group out")]
    [InlineData("population: small", "scenario: small", 2, "this is a scenario; give it without --population")]
    [InlineData("population: small", "population:", 2, "`population` has no value; write `population:` and a name such as `mixed`")]
    [InlineData("initial_crack: {uniform: [1 µm, 50 µm]}", "boundary_share: {uniform: [0.5, 2]}", 9, "2 is not possible for `boundary_share`; write a value from 0 to 1")]
    [InlineData("surface: untreated", "surface: untreated\n    diameter: 8 mm\n    working: Ni\n    counter: Li", 11, "Ni on one side only is not simulated; write Ni for `working` and `counter`, or for neither")]
    [InlineData("parameters: {", "diameter: 8 mm\n    parameters: {sites: 2000, ", 10, "2000 pores under 2 mm are 32000 under 8 mm, and no more than 20000 can be simulated; write `sites` up to 1250 or a smaller diameter")]
    [InlineData("surface: untreated", "surface: untreated\n    diameter: 60 mm", 9, "30 pores under 2 mm are 27000 under 60 mm, and no more than 20000 can be simulated; write `sites` up to 22 or")]
    [InlineData("- plate:", "- plait:", 15, "`plait` is no step of a program; write one of rest, plate, strip, cycle")]
    public void A_bad_population_gives_one_line_with_place_and_mend(string good, string bad, int line, string expected)
    {
        var text = Valid.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Valid, text);
        Mutations.IsRefused(text, line, expected, path => PopulationFile.Read(path));
    }

    /// <summary>A law without an upper end is cut where the electrode has too many.</summary>
    [Fact]
    public void A_drawn_number_of_pores_is_cut_by_the_area()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "population.yaml");
        File.WriteAllText(path, Valid.Replace("parameters: {", "diameter: 8 mm\n    parameters: {sites: {lognormal: [30, 2]}, ", StringComparison.Ordinal));
        Assert.Equal(1250, PopulationFile.Read(path).Groups[0].Parameters.Single(law => law.Parameter == "sites").Law.High);
    }

    [Fact]
    public void A_population_with_one_bit_wrong_is_read_or_refused() => Mutations.AreReadOrRefused(Valid, path => PopulationFile.Read(path));
}
