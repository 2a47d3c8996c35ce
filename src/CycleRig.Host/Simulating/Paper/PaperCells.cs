using System.Collections.Immutable;
using CycleRig.Core.Cells;
using CycleRig.Core.Protocols;
using CycleRig.Core.Quantities;
using CycleRig.Core.Scenarios;
using CycleRig.Devices.Simulated.Cells;
using CycleRig.Devices.Simulated.Draws;

namespace CycleRig.Host.Simulating.Paper;

/// <summary>The paper's cells as the scenario describes them, and the protocols that were run on them.</summary>
/// <param name="scenario">Has an untreated and an acid-treated cell.</param>
internal sealed class PaperCells(Scenario scenario)
{
    public const double Celsius = 30;
    public const double Megapascals = 5;

    /// <summary>The density at which the untreated cell was plated, mA/cm².</summary>
    public const double Density = 0.5;

    /// <summary>Seconds in which 1 mAh/cm² flows at 1 mA/cm².</summary>
    public const double OneMilliampereHour = 3600;

    private static readonly SweepRange Range = new(new(7e6), new(0.5), 10, 3);

    /// <summary>Record of the cell of a surface.</summary>
    public Cell Record(Surface surface) => scenario.Rig.Channels.First(channel => channel.Cell.Surface == surface).Cell;

    /// <summary>Parameters of the cell of a surface.</summary>
    public ImmutableArray<ParameterLaw> Parameters(Surface surface) =>
        scenario.Scripts[scenario.Rig.Channels.First(channel => channel.Cell.Surface == surface).Name].Parameters;

    /// <summary>The cell of a surface alone, without an instrument.</summary>
    /// <param name="surface">Its surface.</param>
    /// <param name="seed">Of recipe and life.</param>
    /// <param name="change">Changes to its record.</param>
    /// <param name="more">Parameters after those of the scenario.</param>
    public SimulatedCell Alone(Surface surface, int seed, Func<Cell, Cell>? change = null, params ImmutableArray<ParameterLaw> more) =>
        new(CellKinds.Recipe((change ?? (cell => cell))(Record(surface)), Megapascals, Parameters(surface).AddRange(more), new Draw(seed, "recipe")), seed);

    /// <summary>A spectrum at rest, then plating at a density with impedance every minute.</summary>
    /// <param name="density">Magnitude, mA/cm².</param>
    /// <param name="hours">Of plating.</param>
    public static Protocol Plating(double density, double hours) => new(
        "paper",
        [
            new Rest("rest", TimeSpan.FromMinutes(1)),
            new PotentiostaticImpedance("peis", Range, Voltage.FromMillivolts(10)),
            new Galvanostatic(
                "plate", CurrentDensity.FromMilliamperesPerSquareCentimetre(-density), new(TimeSpan.FromHours(hours), null, null),
                new(Range, CurrentDensity.FromMilliamperesPerSquareCentimetre(0.05), TimeSpan.FromMinutes(1))),
        ],
        SafetyTerms.Default);

    /// <summary>A minute of rest and a spectrum.</summary>
    public static Protocol Spectrum() => new(
        "paper", [new Rest("rest", TimeSpan.FromMinutes(1)), new PotentiostaticImpedance("peis", Range, Voltage.FromMillivolts(10))], SafetyTerms.Default);

    /// <summary>Lets a cell have some time at a current density in steps of a second, and looks at its voltage.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="density">mA/cm²; plating is negative.</param>
    /// <param name="seconds">How long, s.</param>
    /// <param name="each">Told of the voltage after each second, V; true ends it.</param>
    /// <returns>Seconds that passed.</returns>
    public static int Advance(SimulatedCell cell, double density, int seconds, Func<double, bool>? each = null)
    {
        var amperes = density * 1e-3 * cell.Recipe.AreaSquareCentimetres;
        for (var i = 0; i < seconds; i++)
        {
            cell.Advance(1, amperes, Celsius, Megapascals);
            if (each?.Invoke(cell.Volts(amperes)) == true)
                return i + 1;
        }

        return seconds;
    }
}
