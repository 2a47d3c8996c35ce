using CycleRig.Core.Experiments;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Testing;
using Xunit;

namespace CycleRig.Core.Tests.Experiments;

/// <summary>What a rig cannot do is said before anything is armed, with the step and the mend.</summary>
public sealed class PlanCheckTests
{
    private static readonly ChannelDescription Channel = new("ch-1", "out-1", "chamber-1", "press-1", Plans.Instrument, Plans.Cell, null);

    [Fact]
    public void The_papers_protocol_has_no_problem() =>
        Assert.Empty(PlanCheck.Problems(Channel, new("plating", Plans.Plating.Steps, SafetyTerms.Default)));

    [Fact]
    public void Current_above_instrument_and_cell_is_told_with_both_limits()
    {
        var problems = Of(Plate(50, minutes: 1)).ToList();
        Assert.Contains(problems, problem => problem.What.Contains("above the cell's limit of", StringComparison.Ordinal));
        Assert.Contains(Of(Plate(500, minutes: 1)), problem => problem.What.Contains("above the instrument's range of 10 mA", StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Equal("plate", problem.Step));
    }

    [Fact]
    public void Current_that_nobody_judges_for_longer_than_the_blind_limit_is_refused_also_in_pieces()
    {
        Assert.Contains(Of(Plate(0.1, minutes: 11)), Blind);
        Assert.Empty(Of(Plate(0.1, minutes: 9)));
        var pieces = new Loop("again", 3, [Plate(0.1, minutes: 4), new Rest("rest", TimeSpan.FromMinutes(1))]);
        Assert.Single(Of(pieces), Blind);
        Assert.Empty(Of(new Loop("again", 3, [Plate(0.1, minutes: 4), new PotentiostaticImpedance("peis", Plans.Sweep, Voltage.FromMillivolts(10))])));

        static bool Blind(PlanProblem problem) => problem.What.Contains("the blind limit is 10 min", StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_is_longer_than_its_interval_is_refused()
    {
        var plate = Plate(0.1, minutes: 5) with { Sweep = new(Plans.Sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromSeconds(2)) };
        Assert.Contains(Of(plate), problem => problem.What.Contains("longer than `every` of 2 s", StringComparison.Ordinal));
        Assert.Empty(Of(plate with { Sweep = plate.Sweep with { Every = TimeSpan.FromMinutes(1) } }));
    }

    [Fact]
    public void A_pressure_without_a_press_and_conditions_beyond_the_cell_are_refused()
    {
        var settle = (Settle)Plans.Plating.Steps[0];
        var unpressed = Channel with { Press = null };
        Assert.Contains("has no press", Assert.Single(PlanCheck.Problems(unpressed, new("p", [settle], SafetyTerms.Default))).What, StringComparison.Ordinal);
        Assert.Contains("outside the cell's", Assert.Single(Of(settle with { Temperature = Temperature.FromCelsius(90) })).What, StringComparison.Ordinal);
        Assert.Contains("outside the cell's", Assert.Single(Of(settle with { Pressure = Pressure.FromMegapascals(50) })).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sine_that_turns_the_current_around_or_swings_beyond_the_cells_voltage_is_refused()
    {
        var plate = Plate(0.5, minutes: 5) with { Sweep = new(Plans.Sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.6), null) };
        Assert.Contains("lower `amplitude`", Assert.Single(Of(plate)).What, StringComparison.Ordinal);
        Assert.Empty(Of(plate with { Sweep = plate.Sweep with { Amplitude = CurrentDensity.FromMilliamperesPerSquareCentimetre(0.5) } }));
        // Meant were 10 mV.
        Assert.Contains("10 mV is usual", Assert.Single(Of(new PotentiostaticImpedance("peis", Plans.Sweep, new(10)))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Sweeps_after_a_halt_are_held_against_instrument_and_cell()
    {
        Assert.Empty(Probed(Plans.Sweep, 0.05));
        Assert.Contains("the sweep of after_halt_probe from 8 MHz", Assert.Single(Probed(Plans.Sweep with { Highest = new(8e6) }, 0.05)).What, StringComparison.Ordinal);
        // Twice 4 mA/cm² on 3.14 mm² are more than 0.2 mA.
        Assert.Contains("twice its amplitude, above the cell's limit", Assert.Single(Probed(Plans.Sweep, 4)).What, StringComparison.Ordinal);

        static IEnumerable<PlanProblem> Probed(SweepRange sweep, double amplitude) => PlanCheck.Problems(
            Channel, new("p", Plans.Plating.Steps, SafetyTerms.Default with { AfterHalt = new(sweep, CurrentDensity.FromMilliamperesPerSquareCentimetre(amplitude)) }));
    }

    [Fact]
    public void Cycling_back_and_forth_is_held_against_the_net_charge()
    {
        // 0.05 mAh each way on a limit of 0.1 mAh: never more than 0.05 to one side, however often.
        Step[] pass = [Sweeping(Plate(2, minutes: 48)), Sweeping(Plate(-2, minutes: 48))];
        Assert.Empty(Of(new Loop("cycles", 10, [.. pass])));
        Assert.Contains(Of(new Loop("cycles", 3, [pass[0]])), problem => problem.What.Contains("charge limit", StringComparison.Ordinal));
    }

    [Fact]
    public void Net_transfer_beyond_80_percent_of_what_the_foil_holds_is_refused_and_names_the_electrode_that_gives()
    {
        // 1 µm of lithium holds 0.206 mAh/cm²: 0.165 may go, which 0.5 mA/cm² moves in 19.8 min. Cycling gives back.
        var foil = Channel with { Cell = Plans.Cell with { Foil = Length.FromMicrometres(1) } };
        Assert.Empty(Of(Plated(19.7)));
        Assert.Contains("from the counter electrode, more than 80 % of the 0.206", Assert.Single(Of(Plated(19.9))).What, StringComparison.Ordinal);
        var strip = Plated(19.9) with { Label = "strip", Density = CurrentDensity.FromMilliamperesPerSquareCentimetre(0.5) };
        Assert.Contains("from the working electrode", Assert.Single(Of(strip)).What, StringComparison.Ordinal);
        Assert.Empty(Of(new Loop("cycles", 5, [Plated(19.7), strip with { Ends = Plated(19.7).Ends }])));
        // A hold is bounded by the cell's current limit, 0.2 mA: in 9 min that would be 0.95 mAh/cm², but nobody plans it.
        Assert.Empty(Of(new PotentiostaticHold("hold", Voltage.FromMillivolts(10), TimeSpan.FromMinutes(9))));
        var unknown = foil with { Cell = foil.Cell with { Foil = null } };
        Assert.Empty(PlanCheck.Problems(unknown, new("p", [Plated(19.9)], SafetyTerms.Default)));

        IEnumerable<PlanProblem> Of(Step step) => PlanCheck.Problems(foil, new("p", [step], SafetyTerms.Default));

        static Galvanostatic Plated(double minutes) => Plate(0.5, minutes) with
        {
            Sweep = new(Plans.Sweep with { Lowest = new(30) }, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromSeconds(60)),
        };
    }

    [Fact]
    public void Channels_of_one_chamber_or_press_want_the_same_of_it()
    {
        var settle = (Settle)Plans.Plating.Steps[0];
        var rig = new RigDescription(
            "rig", 1, [new("chamber-1", 0, 60, 25, [])], [new("press-1", 1, 10, 5, [])], [Channel, Channel with { Name = "ch-2", Output = "out-2" }]);
        var warm = new Protocol("warm", [settle with { Temperature = Temperature.FromCelsius(40) }], SafetyTerms.Default);
        var hard = new Protocol("hard", [settle with { Pressure = Pressure.FromMegapascals(7) }], SafetyTerms.Default);
        var plain = new Protocol("plain", [settle], SafetyTerms.Default);
        Assert.Empty(RigCheck.Problems(rig, new Dictionary<string, Protocol> { ["ch-1"] = plain, ["ch-2"] = plain }));
        Assert.Contains("chamber chamber-1 is wanted at 30 °C", Clash(warm), StringComparison.Ordinal);
        Assert.Contains("press press-1 is wanted at 5 MPa", Clash(hard), StringComparison.Ordinal);

        string Clash(Protocol other) => Assert.Single(RigCheck.Problems(rig, new Dictionary<string, Protocol> { ["ch-1"] = plain, ["ch-2"] = other })).What;
    }

    private static IEnumerable<PlanProblem> Of(params Step[] steps) => PlanCheck.Problems(Channel, new("p", [.. steps], SafetyTerms.Default));

    private static Galvanostatic Plate(double milliamperes, double minutes) => new(
        "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-milliamperes), new(TimeSpan.FromMinutes(minutes), null, null), null);

    /// <summary>With sweeps of a dozen seconds: at 2 mA/cm² a segment is no longer.</summary>
    private static Galvanostatic Sweeping(Galvanostatic step) => step with
    {
        Label = step.Density.AmperesPerSquareMetre < 0 ? "plate" : "strip",
        Sweep = new(Plans.Sweep with { Lowest = new(30) }, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromSeconds(60)),
    };
}
