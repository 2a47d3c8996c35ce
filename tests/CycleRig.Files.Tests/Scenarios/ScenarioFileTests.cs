using CycleRig.Files.Scenarios;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Files.Tests.Scenarios;

/// <summary>What a scenario file may not say, and what is said of it then.</summary>
public sealed class ScenarioFileTests
{
    private const string Valid = """
        format: 1
        scenario: two-cells
        about: Both finish.
        safety: {blind_limit: 5 min}
        steps:
          - settle: {temperature: 30 °C, pressure: 5 MPa}
          - plate: {current_density: 0.5 mA/cm², until: {time: 30 min}, geis: {from: 7 MHz, to: 1 Hz, amplitude: 0.05 mA/cm², every: 60 s}}
        chambers:
          - {name: chamber-1, events: [{event: heater_stuck_on, at: 30 min, for: 5 min, size: 2 K}]}
        presses:
          - {name: press-1, events: [{event: collapse, at: 20 min, size: 0.5, cell: 1}]}
        cells:
          - {id: cell-1, surface: untreated, expect: halted, because: dendrite_onset, parameters: {filaments: 2, initial_crack: 50 µm}}
          - {id: cell-2, surface: untreated, upsets: [{upset: cable_pulled, at: 10 min, for: 20 s}, {upset: sample_gap, rate: 0.1, for: 1 s}]}
        """;

    [Theory]
    [InlineData("upset: cable_pulled", "upset: cable_cut", 14, "`cable_cut` is no upset that can happen here; write one of cable_pulled, half_open")]
    [InlineData("event: heater_stuck_on", "event: leak", 9, "`leak` is no event that can happen here; write one of door")]
    [InlineData("at: 10 min", "at: -10 min", 14, "`-10 min` is before the start; write a time from 0 s on")]
    [InlineData("rate: 0.1", "rate: 1.5", 14, "a rate of 1.5 is no chance per minute; write a number above 0 and up to 1")]
    [InlineData("initial_crack: 50 µm", "initial_crack: 2 mm", 13, "a crack of 2000 µm is deeper than the pellet of 1200 µm; write a shorter crack or a thicker cell")]
    [InlineData("{id: cell-2,", "{id: cell-2, counter: Ni,", 14, "Ni on one side only is not simulated")]
    [InlineData("parameters: {", "diameter: 5 mm, parameters: {sites: 5000, ", 13, "5000 pores under 2 mm are 31250 under 5 mm, and no more than 20000 can be simulated; write `sites` up to 3200")]
    [InlineData("filaments: 2", "filament: 2", 13, "`filament` is no parameter of a simulated cell; write `filaments`")]
    [InlineData("filaments: 2", "filamnets: 2", 13, "`filamnets` is no parameter of a simulated cell; write `filaments`")]
    [InlineData("filaments: 2", "filaments: 200", 13, "200 is not possible for `filaments`; write a value from 0 to 100")]
    [InlineData("at: 10 min", "at: {uniform: [1 min, 10 min]}", 14, "is drawn here, which only population files can; write one value")]
    [InlineData("{id: cell-2,", "{id: cell-2, press: press-9,", 14, "there is no press `press-9`; write one of press-1, none")]
    [InlineData("{id: cell-2,", "{id: cell-2, chamber: chamber-9,", 14, "there is no chamber `chamber-9`; write one of chamber-1")]
    [InlineData("id: cell-2", "id: cell-1", 14, "a second cell is called `cell-1`; write another id")]
    [InlineData("cell: 1}", "cell: 3}", 11, "`3` is no whole number from 1 to 2")]
    [InlineData("size: 2 K", "size: -2 K", 9, "-2 (in SI) is not possible for `size`; write a value from 0.01 to 30")]
    [InlineData("at: 30 min", "at: 1e300 s", 9, "is not possible for `at`; write a value from 0 to")]
    [InlineData("size: 2 K", "size: 2 MPa", 9, "`2 MPa` is a")]
    [InlineData("because: dendrite_onset", "because: bad_luck", 13, "`bad_luck` is no reason; write one of completed")]
    [InlineData("expect: halted", "expect: fine", 13, "`fine` is not known here; write `finished` or `halted` or `tripped` or `shorted`")]
    [InlineData("- {name: press-1,", "- {name: press-1}\n  - {name: press-1,", 12, "a second one is called `press-1`; write another name")]
    [InlineData("- {name: press-1,", "- {name: press-1}\n  - {name: press-2,", 12, "no cell stands in this press")]
    [InlineData("about: Both finish.", "about: Both finish.\nprotocol: nowhere.yaml", 4, "there is no file `nowhere.yaml` from here; write a path from this file, or `steps:`")]
    [InlineData("scenario: two-cells", "population: two-cells", 2, "this is a population; give it with --population")]
    [InlineData("scenario: two-cells", "scenario:", 2, "`scenario` has no value; write `scenario:` and a name such as `slow-leak`")]
    [InlineData("safety:", "unlike: anything\nsafety:", 4, "write one of about, cells, chambers, format, presses, protocol, report, safety, scenario, steps")]
    [InlineData("pressure: 5 MPa", "pressure: 2 MPa", 6, "press-1 trips below 2.5 MPa; settle within its limits or write another trip_below")]
    [InlineData("temperature: 30 °C", "temperature: 95 °C", 6, "chamber-1 trips above 90 °C; settle within its limits or write another trip_above")]
    [InlineData("from: 7 MHz", "from: 8 MHz", 7, "is outside the instrument's")]
    [InlineData("current_density: 0.5 mA/cm²", "current_density: 20 mA/cm²", 7, "is above the cell's limit")]
    public void A_bad_scenario_gives_one_line_with_place_and_mend(string good, string bad, int line, string expected)
    {
        var text = Valid.Replace(good, bad, StringComparison.Ordinal);
        if (bad.Contains("protocol:", StringComparison.Ordinal))
            text = string.Join('\n', text.Split('\n').Where((_, index) => index is not (>= 4 and <= 7)));
        Assert.NotEqual(Valid, text);
        Mutations.IsRefused(text, line, expected, path => ScenarioFile.Read(path));
    }

    [Fact]
    public void A_scenario_without_steps_is_told_that_a_protocol_may_stand_for_them() => Mutations.IsRefused(
        string.Join('\n', Valid.Split('\n').Where((_, index) => index is not (>= 3 and <= 6))), 1,
        "`steps` is missing in the file; write `protocol:` and a path from this file, or `steps:` and steps such as", path => ScenarioFile.Read(path));

    [Fact]
    public void Steps_beside_a_protocol_are_one_too_many()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(SharedData.ProjectRoot(), "examples", "short-plating.yaml"), Path.Combine(folder.Path, "other.yaml"));
        var path = Path.Combine(folder.Path, "scenario.yaml");
        File.WriteAllText(path, Valid.Replace("about: Both finish.", "about: Both finish.\nprotocol: other.yaml", StringComparison.Ordinal));
        var problem = Assert.Single(Assert.Throws<FileProblemsException>(() => ScenarioFile.Read(path)).Problems);
        Assert.Contains("`steps` stands beside `protocol`, which has its own; leave one of them out", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_cells_cannot_do_of_a_named_protocol_is_told_at_its_line_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "loose.yaml"), """
            format: 1
            protocol: loose
            steps:
              - settle: {temperature: 30 °C}
              - settle: {pressure: 1 MPa}
            """);
        var path = Path.Combine(folder.Path, "scenario.yaml");
        File.WriteAllText(path, """
            format: 1
            scenario: loose
            about: Too loose for its press.
            protocol: loose.yaml
            cells:
              - {id: cell-1, surface: untreated}
              - {id: cell-2, surface: untreated}
            """);
        var problem = Assert.Single(Assert.Throws<FileProblemsException>(() => ScenarioFile.Read(path)).Problems);
        Assert.Equal(
            $"{Path.Combine(folder.Path, "loose.yaml")}:5:5: step `2-settle` on channel ch-1, ch-2: press-1 trips below 2.5 MPa; settle within its limits or write another trip_below",
            problem.ToString());
    }

    [Fact]
    public void A_scenario_with_one_bit_wrong_is_read_or_refused() => Mutations.AreReadOrRefused(Valid, path => ScenarioFile.Read(path));
}
