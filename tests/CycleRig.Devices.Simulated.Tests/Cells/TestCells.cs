using CycleRig.Core.Cells;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;

namespace CycleRig.Devices.Simulated.Tests.Cells;

/// <summary>Cells of the paper's size, drawn from a seed.</summary>
internal static class TestCells
{
    public const double Area = Math.PI / 100; // cm², of 2 mm

    private static readonly CellLimits Limits = new(new(-5), new(5), new(1), new(1000), new(263), new(373), new(0), new(2e7));

    public static Cell Record(Surface surface, Electrode electrode = Electrode.Lithium, Material? material = null, double millimetres = 2) => new(
        "cell-1", material ?? Material.Llzto, CycleRig.Core.Quantities.Area.OfDisc(new(millimetres / 1000)), new(millimetres / 1000), new(5e-5), new(1.2e-3), new(1e-5), electrode, electrode,
        surface, Limits);

    public static SimulatedCell Untreated(int seed, params ParameterLaw[] parameters) => New(Record(Surface.Untreated), seed, parameters);

    public static SimulatedCell AcidTreated(int seed, params ParameterLaw[] parameters) => New(Record(Surface.AcidTreated), seed, parameters);

    public static SimulatedCell New(Cell record, int seed, params ParameterLaw[] parameters) =>
        new(CellKinds.Recipe(record, 5, parameters, new(seed, "recipe")), seed);

    /// <summary>Some seconds at a current density, mA/cm², plating negative, at 30 °C and 5 MPa.</summary>
    public static void Advance(SimulatedCell cell, double seconds, double density, double celsius = 30, double megapascals = 5)
    {
        var amperes = Amperes(cell, density);
        for (var i = 0; i < seconds; i++)
            cell.Advance(1, amperes, celsius, megapascals);
    }

    public static double Amperes(SimulatedCell cell, double density) => density * 1e-3 * cell.Recipe.AreaSquareCentimetres;
}
