using System.Collections.Immutable;
using CycleRig.Core.Evidence;

namespace CycleRig.EarlyWarning.Detection;

/// <summary>All that the detector remembers of a channel; part of the checkpoint, bounded.</summary>
public sealed record DetectorState
{
    public static DetectorState Initial { get; } = new();

    /// <summary>Valid spectra so far.</summary>
    public int Sweeps { get; init; }

    /// <summary>Mean of the cell's state, <see cref="CellFilter.Size"/> values.</summary>
    public ImmutableArray<double> Mean { get; init; } = [];

    /// <summary>Its covariance, row by row.</summary>
    public ImmutableArray<double> Covariance { get; init; } = [];

    /// <summary>Changes that may have begun, oldest first within a kind.</summary>
    public ImmutableArray<Signature> Signatures { get; init; } = [];

    /// <summary>What the newest spectrum was measured at.</summary>
    public SweepConditions Last { get; init; }

    /// <summary>What the first spectrum was measured at.</summary>
    public SweepConditions First { get; init; }

    /// <summary>Lowest R_int of late, ln Ω: above it the interface has voids or has lost pressure.</summary>
    public double LogInterfaceMin { get; init; }

    /// <summary>Variance of the change of ln R_int from sweep to sweep beyond its noise.</summary>
    public double InterfaceVariance { get; init; }

    /// <summary>How much more R_bulk scatters than its fits claim, as a ratio of variances; at least 1, and more while little is known.</summary>
    public double Scatter { get; init; } = 4;

    /// <summary>Sweeps since R_bulk stepped at once; at first as if long ago.</summary>
    public int SweepsSinceStep { get; init; } = 1000;

    /// <summary>The clock of growth: charge that has passed under sweeps, A h of either sign; hours as long as no sweep has seen a current.</summary>
    public double Passed { get; init; }

    /// <summary>Charge that has passed under sweeps, of either sign, A h.</summary>
    public double Throughput { get; init; }

    /// <summary>Whether a sweep has seen a current.</summary>
    public bool HasPlated { get; init; }

    /// <summary>Sweeps per hour, newest spacing counting a twelfth.</summary>
    public double SweepsPerHour { get; init; }

    /// <summary>Halting statistics seen one after the other.</summary>
    public int Above { get; init; }

    /// <summary>When the first of them was seen, s.</summary>
    public double AboveSinceSeconds { get; init; }

    /// <summary>Spectra in a row, in the order of their times, that were older than the last one that counted; and the time of the newest of them, s.</summary>
    public int Older { get; init; }

    public double OlderSeconds { get; init; }

    /// <summary>Sweeps in a row under current in which R_bulk was by three tenths less than expected, and when the first of them was, s.</summary>
    public int Fallen { get; init; }

    public double FallenSinceSeconds { get; init; }

    /// <summary>Both resistances as the newest whole sweep that could be believed told them; null before it.</summary>
    public ResistancePair? Pair { get; init; }

    /// <summary>Whole sweeps in a row in which both had fallen from there as beside a shunt, and when the first of them was, s.</summary>
    public int Shunts { get; init; }

    public double ShuntSinceSeconds { get; init; }

    /// <summary>Whole sweeps in a row in which the thermometer stood still to the last digit, and the least that it has moved by from sweep to sweep, K.</summary>
    public int Standing { get; init; }

    public double LeastKelvins { get; init; } = 1e3;

    /// <summary>Where the thermometer jumped to in the newest spectrum, which was not judged for it, °C; null where it did not.</summary>
    public double? JumpedCelsius { get; init; }

    /// <summary>The cell as a thermometer for its neighbours; null where nobody listens.</summary>
    public CellThermometer? Thermometer { get; init; }

    /// <summary>What its neighbours say of its temperature; null where it has none.</summary>
    public ChamberMode? Common { get; init; }

    /// <summary>When R_int was seen last, by a whole sweep, s.</summary>
    public double WholeSeconds { get; init; }

    /// <summary>Newest level.</summary>
    public WarningLevel Level { get; init; }
}
