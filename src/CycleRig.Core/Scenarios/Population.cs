using System.Collections.Immutable;
using CycleRig.Core.Cells;

namespace CycleRig.Core.Scenarios;

/// <summary>Kinds of recordings and how each is drawn: data, so that a detector can be tried off its model.</summary>
/// <param name="Name">Name, [a-z0-9-]{1,32}.</param>
/// <param name="Groups">The kinds.</param>
public sealed record Population(string Name, ImmutableArray<PopulationGroup> Groups);

/// <summary>A kind of recordings; those of a group of cells ran in one chamber and one press.</summary>
/// <param name="Name">Class in truth.json.</param>
/// <param name="Share">Weight among the groups, by recordings.</param>
/// <param name="Cells">Cells in one chamber and press.</param>
/// <param name="Cell">Record of its cells; each has its own true size within the record's uncertainty.</param>
/// <param name="HasPress">Whether there is a press.</param>
/// <param name="Parameters">Of the cells.</param>
/// <param name="Program">Steps, drawn once for the group.</param>
/// <param name="Sweep">Impedance during the steps.</param>
/// <param name="ChamberEvents">What happens to the chamber.</param>
/// <param name="PressEvents">What happens to the press.</param>
/// <param name="Upsets">What befalls each cell or its instrument.</param>
/// <param name="Rates">The same by chance per minute.</param>
public sealed record PopulationGroup(
    string Name,
    double Share,
    int Cells,
    Cell Cell,
    bool HasPress,
    ImmutableArray<ParameterLaw> Parameters,
    ImmutableArray<ProgramStep> Program,
    SweepLaw Sweep,
    ImmutableArray<HappeningLaw> ChamberEvents,
    ImmutableArray<HappeningLaw> PressEvents,
    ImmutableArray<HappeningLaw> Upsets,
    ImmutableArray<UpsetRate> Rates);

/// <summary>A step of a population's program.</summary>
/// <param name="Sign">-1 plates, 1 strips, 0 rests.</param>
/// <param name="Density">Magnitude of the current density, A/m².</param>
/// <param name="Seconds">Duration, s.</param>
/// <param name="Times">How often it comes.</param>
/// <param name="Cycle">Steps of a cycle, empty for a plain step: they come <see cref="Times"/> times in turn.</param>
public sealed record ProgramStep(int Sign, Distribution Density, Distribution Seconds, int Times, ImmutableArray<ProgramStep> Cycle);

/// <summary>Impedance during a population's steps.</summary>
/// <param name="HighestHertz">Highest frequency, Hz.</param>
/// <param name="LowestHertz">Lowest frequency, Hz.</param>
/// <param name="PointsPerDecade">Points a decade.</param>
/// <param name="Cycles">Periods a point.</param>
/// <param name="Amplitude">Peak amplitude, A/m².</param>
/// <param name="EverySeconds">From one sweep to the next, s.</param>
public sealed record SweepLaw(double HighestHertz, double LowestHertz, int PointsPerDecade, int Cycles, double Amplitude, Distribution EverySeconds);
