using CsCheck;
using CycleRig.Devices.Simulated.Cells;
using Xunit;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>R_end + (R_start - R_end) exp(-(q/q_c)^b), times (P/P0)^-m, and the creep of the electrode's edge.</summary>
public sealed class ContactTests
{
    private static readonly CellRecipe Recipe = new()
    {
        InterfaceStart = 2000, InterfaceEnd = 500, ContactCharge = 0.06, ContactExponent = 0.85, PressureExponent = 0.5, WanderKelvins = 0, ReserveCharge = 1000,
    };

    [Fact]
    public void Contact_improves_with_charge_from_start_to_end() =>
        Gen.Double[0, 0.25].Sample(charge =>
            Assert.Equal(500 + (1500 * Math.Exp(-Math.Pow(charge / 0.06, 0.85))), Contact.OhmSquareCentimetres(Recipe, charge, 5, 0), 1e-9));

    [Fact]
    public void Afterwards_it_falls_by_five_percent_a_decade_of_charge()
    {
        foreach (var charge in (ReadOnlySpan<double>)[0.6, 1.2, 3])
        {
            var fall = 1 - (Contact.OhmSquareCentimetres(Recipe, charge * 10, 5, 0) / Contact.OhmSquareCentimetres(Recipe, charge, 5, 0));
            Assert.InRange(fall, 0.045, 0.06);
        }
    }

    [Fact]
    public void Pressure_acts_by_its_power() =>
        Gen.Select(Gen.Double[0.35, 0.65], Gen.Double[2.5, 10]).Sample((exponent, megapascals) =>
        {
            var recipe = Recipe with { PressureExponent = exponent };
            var ratio = Contact.OhmSquareCentimetres(recipe, 0, megapascals, 0) / 2000;
            // The atmosphere on a pouch, 0.1 MPa, is the difference.
            Assert.Equal(1, ratio / Math.Pow(megapascals / 5, -exponent), 0.02);
        });

    [Fact]
    public void A_cell_without_a_press_has_what_its_kind_has() =>
        Assert.Equal(2000, Contact.OhmSquareCentimetres(Recipe with { AssemblyPressure = 0 }, 0, 0, 0), 1e-9);

    [Fact]
    public void A_leaking_pouch_doubles_the_interface_in_its_time()
    {
        var cell = new SimulatedCell(Recipe with { PouchDoubling = 2 }, 1);
        TestCells.Advance(cell, 10, 0);
        var before = cell.InterfaceOhms;
        for (var hour = 0; hour < 48; hour++)
            cell.Advance(3600, 0, 30, 5);
        Assert.Equal(2, cell.InterfaceOhms / before, 1e-3);
    }

    [Fact]
    public void Creep_over_the_mask_costs_one_to_two_percent_of_bulk_and_two_of_interface_for_each_percent_of_radius_also_at_rest()
    {
        var cell = new SimulatedCell(Recipe with { CreepPerDecade = 0.01 }, 1);
        TestCells.Advance(cell, 600, 0);
        var (bulk, interfaces) = (cell.BulkOhms, cell.InterfaceOhms);
        TestCells.Advance(cell, 5400, 0);
        Assert.Equal(1.01, Contact.Radius(cell.Recipe, 6000), 1e-9);
        Assert.InRange(1 - (cell.BulkOhms / bulk), 0.01, 0.02);
        Assert.Equal(0.02, 1 - (cell.InterfaceOhms / interfaces), 1e-3);
        TestCells.Advance(cell, 54_000, 0);
        // By the logarithm: the next decade of time brings the same again.
        Assert.Equal(1.02, Contact.Radius(cell.Recipe, 60_000), 1e-9);
    }
}
